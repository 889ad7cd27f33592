import type { RowInput } from '#shared/kpi/scorecard.ts'
import type { Entry } from '#shared/record/sheet.ts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellKey, chosenKey } from '#shared/kpi/cell.ts'
import { lastPeriods } from '#shared/kpi/period.ts'
import { average, rollUp } from '#shared/kpi/rollUp.ts'
import { scorecardLength, scoreRow } from '#shared/kpi/scorecard.ts'
import { aCalendar, aKpi, anEntry, sheetsOf } from './build.ts'

const weeks = lastPeriods('2027-W02', scorecardLength, aCalendar())
function row(scores: Record<string, Entry>, overrides: Partial<RowInput> = {}, writer = 'mem_a') {
  return scoreRow({
    kpi: aKpi({ 'goal/0': { kind: 'atLeast', target: 10 } }),
    sheetOf: sheetsOf(scores, writer),
    periods: weeks,
    calendar: aCalendar(),
    isAgent: id => id.startsWith('seat_'),
    agentSeat: false,
    dueAt: period => period < '2027-W01' ? 0 : 100,
    now: 50,
    ...overrides,
  })
}
const scores = (values: Record<string, number>) => Object.fromEntries(Object.entries(values).map(([week, value]) => [week, anEntry({ value })]))

describe('a row', () => {
  it('shows 13 periods across sheets, oldest first, with week 53 among them', () => {
    const { cells } = row(scores({ '2026-W43': 12, '2026-W53': 3, '2027-W01': 11 }))
    expect(cells.map(cell => cell.period)).toEqual(weeks)
    expect(weeks).toContain('2026-W53')
    expect(cells.flatMap(({ period, entry, status }) => entry ? [[period, status]] : [])).toEqual([['2026-W43', 'onTrack'], ['2026-W53', 'offTrack'], ['2027-W01', 'onTrack']])
  })

  it('totals and averages what is there: missing is not zero', () => {
    const { total, average } = row(scores({ '2026-W52': 0, '2027-W01': 9 }))
    expect([total, average]).toEqual([9, 4.5])
    expect([row({}).total, row({}).average]).toEqual([undefined, undefined])
  })

  it('leaves out what somebody said cannot be reported', () => {
    const { total, average, cells } = row({ ...scores({ '2027-W01': 9 }), '2027-W02': anEntry({ value: null, unavailable: 'closed' }) })
    expect([total, average, cells.at(-1)?.status]).toEqual([9, 9, 'unavailable'])
  })

  it('counts its streak over periods not due yet', () => {
    expect(row(scores({ '2026-W51': 1, '2026-W52': 2, '2026-W53': 3, '2027-W01': 4 })).streak).toBe(4)
    expect(row(scores({ '2026-W51': 1, '2026-W53': 3 }), { now: 200 }).streak).toBe(0)
  })

  it('keeps what else was reported beside what counts', () => {
    const [period = ''] = weeks
    const sheet = { kpi: 'kpi_1', quarter: '2026-Q4', ...{ [cellKey(period, 'mem_a')]: anEntry({ value: 1 }), [cellKey(period, 'mem_b')]: anEntry({ value: 2 }) }, [chosenKey(period)]: 'mem_b' }
    const [cell] = row({}, { sheetOf: () => sheet }).cells
    expect([cell?.entry?.writer, cell?.others.map(({ writer }) => writer)]).toEqual(['mem_b', ['mem_a']])
  })

  it('judges each period by the goal of its time', () => {
    const kpi = aKpi({ 'goal/0': { kind: 'atLeast', target: 1 }, 'goal/2027-W02': { kind: 'atLeast', target: 100 } })
    const { cells } = row(scores({ '2027-W01': 5, '2027-W02': 5 }), { kpi })
    expect(cells.slice(-2).map(cell => cell.status)).toEqual(['onTrack', 'offTrack'])
  })
})

describe('an agent seat\'s row', () => {
  it('is not self-reporting where a person typed its last value', () => {
    const typed = scores({ '2027-W01': 5 })
    expect(row(typed, { agentSeat: true }).notSelfReporting).toBe(true)
    expect(row(typed, { agentSeat: false }).notSelfReporting).toBe(false)
    expect(row(typed, { agentSeat: true }, 'seat_x').notSelfReporting).toBe(false)
    expect(row({}, { agentSeat: true }).notSelfReporting).toBe(false)
  })

  it('is judged by its last value, not by a later period that cannot be reported', () => {
    const sheet = { 'kpi': 'kpi_1', 'quarter': '2027-Q1', 'cell/2027-W01/seat_x': anEntry({ source: 'agent' }), 'cell/2027-W02/mem_a': anEntry({ value: null, unavailable: 'down' }) }
    expect(row({}, { agentSeat: true, sheetOf: quarter => quarter === '2027-Q1' ? sheet : undefined }).notSelfReporting).toBe(false)
  })
})

describe('a roll-up', () => {
  it('is the sum, average, last, lowest or highest of the numbers there are', () => {
    expect((['sum', 'average', 'last', 'min', 'max'] as const).map(kind => rollUp(kind, [4, -2, 1]))).toEqual([3, 1, 1, -2, 4])
    expect((['sum', 'average', 'last', 'min', 'max'] as const).map(kind => rollUp(kind, []))).toEqual([undefined, undefined, undefined, undefined, undefined])
  })

  it('lies between lowest and highest where it averages, and is the number itself where there is one', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1 }), (values) => {
      const mean = average(values) ?? Number.NaN
      expect(mean >= Math.min(...values) && mean <= Math.max(...values)).toBe(true)
      expect(rollUp('sum', values.slice(0, 1))).toBe(values[0])
    }))
  })
})
