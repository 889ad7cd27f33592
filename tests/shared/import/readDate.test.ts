import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cadenceOfDays, dayOrderOf, periodFor, readWhen } from '#shared/import/readDate.ts'
import { addDays, dateOfDay } from '#shared/kpi/civil.ts'
import { isoCalendar } from '#shared/kpi/period.ts'

describe('dates in a file', () => {
  it.each([
    ['2026-02-03', { day: '2026-02-03' }],
    ['2026/2/3', { day: '2026-02-03' }],
    ['2026-02-03T10:00:00Z', { day: '2026-02-03' }],
    ['3.2.2026', { day: '2026-02-03' }],
    ['2026-w5', { period: '2026-W05' }],
    ['2026 Q1', { period: '2026-Q1' }],
    ['2026-02', { period: '2026-02' }],
    ['2026', { period: '2026' }],
  ])('%s is read', (text, when) => expect(readWhen(text, undefined)).toEqual(when))

  it.each(['', 'soon', '2026-02-30', '2025-W53', '31.2.2026', '20260203'])('"%s" is no day or period', text => expect(readWhen(text, 'day-first')).toBeUndefined())

  it('a slashed date is read only where the file shows its order', () => {
    expect(readWhen('3/4/2026', dayOrderOf(['3/4/2026']))).toBeUndefined()
    expect(readWhen('3/4/2026', dayOrderOf(['3/4/2026', '13/4/2026']))).toEqual({ day: '2026-04-03' })
    expect(readWhen('3/4/2026', dayOrderOf(['3/4/2026', '4/13/2026']))).toEqual({ day: '2026-03-04' })
    expect(dayOrderOf(['13/4/2026', '4/13/2026'])).toBeUndefined()
  })

  it('the gap in the middle names the cadence, whatever the order and the holes', () => {
    const steps = [[1, 'day'], [7, 'week'], [30, 'month'], [91, 'quarter'], [365, 'year']] as const
    fc.assert(fc.property(fc.constantFrom(...steps), fc.integer({ min: 3, max: 9 }), fc.integer({ min: 10_000, max: 20_000 }), ([step, cadence], count, start) => {
      const days = Array.from({ length: count }, (_, index) => dateOfDay(start + index * step))
      const hole = [addDays(days[0] ?? '', -5000), ...days].reverse()
      expect(cadenceOfDays(hole)).toBe(cadence)
    }))
    expect(cadenceOfDays(['2026-01-01'])).toBeUndefined()
  })

  it('a named period is placed in its own cadence only', () => {
    expect(periodFor({ period: '2026-02' }, 'month', isoCalendar)).toBe('2026-02')
    expect(periodFor({ period: '2026-02' }, 'week', isoCalendar)).toBeUndefined()
    expect(periodFor({ day: '2024-12-31' }, 'week', isoCalendar)).toBe('2025-W01')
  })
})
