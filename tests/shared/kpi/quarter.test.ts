import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { addDays } from '#shared/kpi/civil.ts'
import { isoCalendar, lastPeriods, periodOf } from '#shared/kpi/period.ts'
import { quarterOf, quartersOf, recentQuarters } from '#shared/kpi/quarter.ts'

it('the recent sheets hold every period of the newest 26 weeks, and nothing older than two years', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 4000 }).map(days => addDays('2022-01-01', days)), (today) => {
    const recent = recentQuarters(today)
    const weeks = lastPeriods(periodOf('week', today, isoCalendar), 26, isoCalendar)
    const days = lastPeriods(today, 182, isoCalendar)
    expect([...quartersOf(weeks), ...quartersOf(days), quarterOf(today.slice(0, 4))].filter(sheet => !recent.includes(sheet))).toEqual([])
    expect(new Set(recent).size).toBe(recent.length)
    expect(recent.filter(sheet => Number(sheet.slice(0, 4)) < Number(today.slice(0, 4)) - 1)).toEqual([])
    expect(recent[0]).toBe(quarterOf(weeks.at(-1) ?? ''))
  }))
})
