import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, dayNumber } from '#shared/kpi/civil.ts'
import { addPeriods, cadenceOf, comparePeriods, lastPeriods, periodOf, periodRange } from '#shared/kpi/period.ts'
import { quarterOf, quartersOf } from '#shared/kpi/quarter.ts'
import { localDate } from '#shared/kpi/zone.ts'
import { aCalendar, calendars, dates, someCadence } from './build.ts'

describe('a period', () => {
  it('holds every day that is in it, and only those', () => {
    fc.assert(fc.property(someCadence, dates, calendars, (cadence, date, calendar) => {
      const period = periodOf(cadence, date, calendar)
      const { first, last } = periodRange(period, calendar)
      expect(first <= date && date <= last).toBe(true)
      expect([periodOf(cadence, first, calendar), periodOf(cadence, last, calendar)]).toEqual([period, period])
      expect(periodOf(cadence, addDays(first, -1), calendar)).not.toBe(period)
      expect(periodOf(cadence, addDays(last, 1), calendar)).not.toBe(period)
    }))
  })

  it('says its cadence by its name', () => {
    fc.assert(fc.property(someCadence, dates, calendars, (cadence, date, calendar) => {
      expect(cadenceOf(periodOf(cadence, date, calendar))).toBe(cadence)
    }))
  })

  it.each(['', '0', '2025-W53', '2026-W00', '2026-13', '2026-Q5', '2026-02-30', '26-W01', '2026-W1', '2026-w01', '__proto__'])('is not named by %j', (text) => {
    expect(cadenceOf(text)).toBeUndefined()
    expect(() => periodRange(text, aCalendar())).toThrow(RangeError)
    expect(() => quarterOf(text)).toThrow(RangeError)
  })

  it('is followed by the one that starts the day after it', () => {
    fc.assert(fc.property(someCadence, dates, calendars, (cadence, date, calendar) => {
      const period = periodOf(cadence, date, calendar)
      const next = addPeriods(period, 1, calendar)
      expect(periodRange(next, calendar).first).toBe(addDays(periodRange(period, calendar).last, 1))
    }))
  })

  it('comes back after as many steps forward as back, and steps add up', () => {
    const steps = fc.integer({ min: -60, max: 60 })
    fc.assert(fc.property(someCadence, dates, calendars, steps, steps, (cadence, date, calendar, one, other) => {
      const period = periodOf(cadence, date, calendar)
      const there = addPeriods(period, one, calendar)
      expect(addPeriods(there, -one, calendar)).toBe(period)
      expect(addPeriods(there, other, calendar)).toBe(addPeriods(period, one + other, calendar))
    }))
  })

  it('compares in the order of time, and so does its text', () => {
    fc.assert(fc.property(someCadence, dates, dates, calendars, (cadence, one, other, calendar) => {
      const [left, right] = [periodOf(cadence, one, calendar), periodOf(cadence, other, calendar)]
      const inTime = Math.sign(dayNumber(periodRange(left, calendar).first) - dayNumber(periodRange(right, calendar).first))
      expect(comparePeriods(left, right, calendar)).toBe(inTime)
      expect(left < right ? -1 : Number(left > right)).toBe(inTime)
    }))
  })

  it('compares with another cadence by the day it starts', () => {
    expect(comparePeriods('2026-W01', '2026-01')).toBe(-1)
    expect(comparePeriods('2026-02', '2026-W05')).toBe(1)
    expect(comparePeriods('2026', '2026-01-01')).toBe(0)
    expect(comparePeriods('2026', '2026-01-01', aCalendar({ yearStart: 4 }))).toBe(1)
  })
})

describe('a week', () => {
  it('is named by the ISO week of its fourth day, whatever day it starts on', () => {
    fc.assert(fc.property(dates, calendars, (date, calendar) => {
      const week = periodOf('week', date, calendar)
      const { first, last } = periodRange(week, calendar)
      expect(periodOf('week', addDays(first, 3), aCalendar())).toBe(week)
      expect(dayNumber(last) - dayNumber(first)).toBe(6)
      expect((dayNumber(first) + 4) % 7).toSatisfy((day: number) => (day + 7) % 7 === calendar.weekStart)
    }))
  })

  it.each([
    [0, '2026-11-15', '2026-11-21'],
    [1, '2026-11-16', '2026-11-22'],
    [2, '2026-11-17', '2026-11-23'],
    [3, '2026-11-18', '2026-11-24'],
    [4, '2026-11-19', '2026-11-25'],
    [5, '2026-11-13', '2026-11-19'],
    [6, '2026-11-14', '2026-11-20'],
  ])('2026-W47 with week start %i runs from %s to %s', (weekStart, first, last) => {
    expect(periodRange('2026-W47', aCalendar({ weekStart }))).toEqual({ first, last })
  })

  it('numbered 53 is there in 2020 and 2026, and next is week 1', () => {
    expect(periodOf('week', '2020-12-31', aCalendar())).toBe('2020-W53')
    expect(periodOf('week', '2021-01-03', aCalendar())).toBe('2020-W53')
    expect(periodRange('2026-W53', aCalendar())).toEqual({ first: '2026-12-28', last: '2027-01-03' })
    expect(addPeriods('2020-W53', 1, aCalendar())).toBe('2021-W01')
    expect(addPeriods('2026-W53', 1, aCalendar())).toBe('2027-W01')
    expect(addPeriods('2025-W52', 1, aCalendar())).toBe('2026-W01')
    expect(lastPeriods('2027-W01', 3, aCalendar())).toEqual(['2026-W52', '2026-W53', '2027-W01'])
  })

  it('of 31 December 2024 belongs to 2025', () => {
    expect(periodOf('week', '2024-12-31', aCalendar())).toBe('2025-W01')
  })

  it('is still Sunday\'s at 23:30 on that Sunday in Los Angeles', () => {
    const instant = Date.parse('2026-11-23T07:30:00Z')
    const today = localDate(instant, 'America/Los_Angeles')
    expect(today).toBe('2026-11-22')
    expect(periodOf('week', today, aCalendar())).toBe('2026-W47')
    expect(periodOf('week', localDate(instant, 'Europe/Berlin'), aCalendar())).toBe('2026-W48')
  })
})

describe('a business year', () => {
  const april = aCalendar({ yearStart: 4 })

  it('is named by the year it starts in, and so are its quarters', () => {
    expect(periodOf('quarter', '2026-04-01', april)).toBe('2026-Q1')
    expect(periodOf('quarter', '2027-03-31', april)).toBe('2026-Q4')
    expect(periodRange('2026-Q4', april)).toEqual({ first: '2027-01-01', last: '2027-03-31' })
    expect(periodOf('year', '2027-03-31', april)).toBe('2026')
    expect(periodRange('2026', april)).toEqual({ first: '2026-04-01', last: '2027-03-31' })
    expect(addPeriods('2026-Q4', 1, april)).toBe('2027-Q1')
  })
})

describe('a sheet', () => {
  it('holds the 13 weeks of a quarter of the ISO year, the fourth also week 53', () => {
    expect(['01', '13', '14', '26', '27', '39', '40', '52', '53'].map(week => quarterOf(`2026-W${week}`).slice(5))).toEqual(['Q1', 'Q1', 'Q2', 'Q2', 'Q3', 'Q3', 'Q4', 'Q4', 'Q4'])
    expect(quarterOf('2025-W01')).toBe('2025-Q1')
  })

  it('holds a month of days and a year of slower periods', () => {
    expect(quartersOf(['2026-11-22', '2026-11-23', '2026-12-01', '2026-11', '2026-Q4', '2026'])).toEqual(['2026-11', '2026-12', '2026'])
  })

  it('holds so much that 13 days, weeks or months lie in three at most', () => {
    fc.assert(fc.property(fc.constantFrom('day', 'week', 'month'), dates, calendars, (cadence, date, calendar) => {
      const periods = lastPeriods(periodOf(cadence, date, calendar), 13, calendar)
      expect(new Set(periods).size).toBe(13)
      expect(quartersOf(periods).length).toBeLessThanOrEqual(3)
    }))
  })
})
