import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '#shared/kpi/civil.ts'
import { endOfDay, instantOf, isTimeZone, localDate, startOfDay } from '#shared/kpi/zone.ts'
import { calendars, dates } from './build.ts'

const at = (date: string, time: string, zone: string) => new Date(instantOf(date, time, zone)).toISOString()

describe('a wall clock time', () => {
  it('is the instant that zone shows it', () => {
    expect(at('2026-11-22', '23:30', 'America/Los_Angeles')).toBe('2026-11-23T07:30:00.000Z')
    expect(at('2026-07-01', '00:00', 'Asia/Kolkata')).toBe('2026-06-30T18:30:00.000Z')
    expect(at('2026-07-01', '09:15', 'UTC')).toBe('2026-07-01T09:15:00.000Z')
  })

  it('that a clock change skips is as long after the skip', () => {
    expect(at('2026-03-29', '02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z')
    expect(at('2026-03-08', '02:30', 'America/Los_Angeles')).toBe('2026-03-08T10:30:00.000Z')
    expect(at('2026-03-29', '03:00', 'Europe/Berlin')).toBe('2026-03-29T01:00:00.000Z')
  })

  it('that a clock change shows twice is the first of the two', () => {
    expect(at('2026-10-25', '02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z')
    expect(at('2026-11-01', '01:30', 'America/Los_Angeles')).toBe('2026-11-01T08:30:00.000Z')
    expect(at('2026-04-05', '01:45', 'Australia/Lord_Howe')).toBe('2026-04-04T14:45:00.000Z')
  })

  it('of a day the zone never had is in the next', () => {
    expect(localDate(instantOf('2011-12-30', '12:00', 'Pacific/Apia'), 'Pacific/Apia')).toBe('2011-12-31')
  })
})

describe('a day in a zone', () => {
  it('starts on that day and ends where the next one starts', () => {
    const recent = dates.filter(date => date > '2012')
    fc.assert(fc.property(recent, calendars, (date, { timeZone }) => {
      const start = startOfDay(date, timeZone)
      expect(localDate(start, timeZone)).toBe(date)
      expect(localDate(start - 1, timeZone)).toBe(addDays(date, -1))
      expect(endOfDay(date, timeZone)).toBe(startOfDay(addDays(date, 1), timeZone))
    }))
  })

  it('starts at one o\'clock where midnight is skipped', () => {
    expect(at('2018-11-04', '00:00', 'America/Sao_Paulo')).toBe('2018-11-04T03:00:00.000Z')
    expect(localDate(startOfDay('2018-11-04', 'America/Sao_Paulo'), 'America/Sao_Paulo')).toBe('2018-11-04')
  })

  it('is 23 or 25 hours long when the clock changes', () => {
    const hours = (date: string) => (endOfDay(date, 'Europe/Berlin') - startOfDay(date, 'Europe/Berlin')) / 3_600_000
    expect(['2026-03-28', '2026-03-29', '2026-10-25'].map(hours)).toEqual([24, 23, 25])
  })
})

describe('a time zone', () => {
  it('is known by its IANA name', () => {
    expect(['Europe/Berlin', 'UTC', 'Middle/Earth', '', '+01:00'].map(isTimeZone)).toEqual([true, true, false, false, false])
  })
})
