import type { MeetingSlot } from '#shared/record/team.ts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOfOurTime } from '#shared/kpi/civil.ts'
import { dueAt, dueTimes, slotsOf } from '#shared/kpi/due.ts'
import { addPeriods, periodOf, periodRange } from '#shared/kpi/period.ts'
import { quarterOf } from '#shared/kpi/quarter.ts'
import { endOfDay, localDate } from '#shared/kpi/zone.ts'
import { aCalendar, calendars, dates, someCadence } from './build.ts'

const berlin = aCalendar({ timeZone: 'Europe/Berlin' })
const slot = (overrides: Partial<MeetingSlot> = {}): MeetingSlot => ({ weekday: 2, time: '09:00', minutes: 90, ...overrides })
const due = (...given: Parameters<typeof dueAt>) => new Date(dueAt(...given)).toISOString()

describe('a period is due', () => {
  it('at the start of the first meeting after it ends', () => {
    expect(due('2026-W47', berlin, [slot()])).toBe('2026-11-24T08:00:00.000Z')
    expect(due('2026-W47', berlin, [slot({ weekday: 0 })])).toBe('2026-11-29T08:00:00.000Z')
    expect(due('2026-11', berlin, [slot()])).toBe('2026-12-01T08:00:00.000Z')
  })

  it('at midnight where the meeting starts the moment it ends', () => {
    expect(due('2026-W47', berlin, [slot({ weekday: 1, time: '00:00' })])).toBe('2026-11-22T23:00:00.000Z')
  })

  it('at the earliest meeting of the teams its seat is in', () => {
    expect(due('2026-W47', berlin, [slot({ weekday: 4 }), slot({ weekday: 3, time: '16:30' })])).toBe('2026-11-25T15:30:00.000Z')
  })

  it('by the company\'s clock where a team meets by one this device does not know', () => {
    expect(due('2026-W47', berlin, [slot({ timeZone: 'Middle/Earth' })])).toBe('2026-11-24T08:00:00.000Z')
  })

  it('at a moment that can be told, of every day and instant a record may hold', () => {
    for (const day of ['1900-01-01', '2999-12-31'].filter(isOfOurTime)) {
      for (const cadence of ['day', 'week', 'month', 'quarter', 'year'] as const) {
        const period = periodOf(cadence, day, berlin)
        expect([-30, 30].map(by => quarterOf(addPeriods(period, by, berlin)) && due(addPeriods(period, by, berlin), berlin))).toHaveLength(2)
      }
    }
    expect(['0000-01-01', '1899-12-31', '3000-01-01', '9999-W52', '9999'].filter(isOfOurTime)).toEqual([])
  })

  it('48 hours after its end where no team meets', () => {
    expect(due('2026-W47', berlin)).toBe('2026-11-24T23:00:00.000Z')
    expect(due('2026-W43', berlin)).toBe('2026-10-27T23:00:00.000Z')
    expect(due('2026-10-24', berlin)).toBe('2026-10-26T22:00:00.000Z')
  })

  it('never before it ends, and within a week of it where a team meets', () => {
    const slots = fc.record({ weekday: fc.integer({ min: 0, max: 6 }), time: fc.constantFrom('00:00', '02:30', '23:30'), minutes: fc.constant(60) })
    fc.assert(fc.property(someCadence, dates.filter(date => date > '2012'), calendars, slots, (cadence, date, calendar, meeting) => {
      const period = periodOf(cadence, date, calendar)
      const end = endOfDay(periodRange(period, calendar).last, calendar.timeZone)
      const instant = dueAt(period, calendar, [meeting])
      expect(instant).toBeGreaterThanOrEqual(end)
      expect(instant - end).toBeLessThanOrEqual(7 * 86_400_000 + 3_600_000)
      expect(new Date(`${localDate(instant, calendar.timeZone)}T00:00:00Z`).getUTCDay()).toBe(meeting.weekday)
      expect(dueTimes(calendar, [meeting])(period)).toBe(instant)
    }))
  })
})

it('a seat\'s meetings are those of its teams that are not archived', () => {
  const teams = [
    { 'name': 'In', 'slot': slot(), 'seat/s1': true as const },
    { name: 'Out', slot: slot({ weekday: 1 }) },
    { 'name': 'Gone', 'slot': slot({ weekday: 3 }), 'seat/s1': true as const, 'archived': true },
    { 'name': 'No slot', 'seat/s1': true as const },
  ]
  expect(slotsOf('s1', teams)).toEqual([slot()])
})
