import type { MeetingSlot, Team } from '../record/team.ts'
import type { Calendar, Period } from './period.ts'
import { addDays, onOrAfter } from './civil.ts'
import { periodRange } from './period.ts'
import { endOfDay, instantOf, isTimeZone, localDate } from './zone.ts'

/** Where no team meets, a number is due this long after its period ended. */
const grace = 48 * 3_600_000

/** When a period's number is due: the first meeting that starts after the period ended; else 48 hours after its end. */
export function dueAt(period: Period, calendar: Calendar, slots: readonly MeetingSlot[] = []): number {
  const { last } = periodRange(period, calendar)
  if (!slots.length)
    return endOfDay(last, calendar.timeZone) + grace
  return Math.min(...slots.map(slot => nextMeeting(slot, endOfDay(last, calendar.timeZone), calendar.timeZone)))
}

/** When the first meeting of a slot starts that starts at this instant or later; `zone` is the org's, where the slot has none of its own. */
export function nextMeeting(slot: MeetingSlot, from: number, zone: string): number {
  const own = zoneOf(slot, zone)
  const today = onOrAfter(localDate(from, own), slot.weekday)
  const start = instantOf(today, slot.time, own)
  return start >= from ? start : instantOf(addDays(today, 7), slot.time, own)
}

/** Where a slot's clock stands: in its own zone where this device knows that one, else in the org's. */
export function zoneOf(slot: Pick<MeetingSlot, 'timeZone'> | undefined, zone: string): string {
  return slot?.timeZone !== undefined && isTimeZone(slot.timeZone) ? slot.timeZone : zone
}

/** {@link dueAt} for one row of many: works each period out once. */
export function dueTimes(calendar: Calendar, slots: readonly MeetingSlot[] = []): (period: Period) => number {
  const known = new Map<Period, number>()
  return (period) => {
    const due = known.get(period) ?? dueAt(period, calendar, slots)
    known.set(period, due)
    return due
  }
}

/** The meeting slots of the teams a seat is in. */
export function slotsOf(seatId: string, teams: readonly Team[]): MeetingSlot[] {
  return teams.flatMap(team => team[`seat/${seatId}`] && !team.archived && team.slot ? [team.slot] : [])
}
