import type { CivilDate } from '../kpi/civil.ts'
import type { Calendar, Period } from '../kpi/period.ts'
import type { Held } from '../lifecycle/around.ts'
import type { Sheet } from '../record/sheet.ts'
import type { MeetingSlot, Team } from '../record/team.ts'
import { reportsFor } from '../chart/mine.ts'
import { countedEntry } from '../kpi/cell.ts'
import { nextMeeting, zoneOf } from '../kpi/due.ts'
import { quarterOf } from '../kpi/quarter.ts'
import { localDate } from '../kpi/zone.ts'
import { sheetId } from '../record/ids.ts'
import { reportedPeriod } from './report.ts'

/** So long before a team meets, the numbers it will miss are asked for. */
export const remindAhead = 2 * 3_600_000

/** A meeting that is near: when it starts, and on which day where the team's clock stands. */
export interface Near { at: number, day: CivilDate }

/** A number a meeting reports that nobody has given, nor said why there is none. */
export interface Missing { kpi: string, period: Period }

/** The next meeting of a slot, where it starts within {@link remindAhead}; `zone` is the org's. */
export function nearMeeting(slot: MeetingSlot | undefined, now: number, zone: string): Near | undefined {
  const at = slot && nextMeeting(slot, now + 1, zone)
  return at !== undefined && at - now <= remindAhead ? { at, day: localDate(at, zoneOf(slot, zone)) } : undefined
}

/** What the seats this person reports for leave open in a team's meeting of that day. */
export function missingFor(member: string, { team, day, calendar }: { team: Team, day: CivilDate, calendar: Calendar }, known: { seat: readonly Held<'seat'>[], kpi: readonly Held<'kpi'>[], sheetOf: (id: string) => Sheet | undefined }): Missing[] {
  const seats = new Map(known.seat.map(({ id, d }) => [id, d]))
  const isAgent = (writer: string) => seats.get(writer)?.kind === 'agent'
  return known.kpi.flatMap(({ id, d }) => {
    const seat = seats.get(d.seat)
    const period = reportedPeriod(d.cadence, day, calendar)
    const asked = seat && team[`seat/${d.seat}`] && !d.archived && reportsFor(seat, member)
    return asked && !countedEntry(known.sheetOf(sheetId(id, quarterOf(period))), period, isAgent) ? [{ kpi: id, period }] : []
  })
}
