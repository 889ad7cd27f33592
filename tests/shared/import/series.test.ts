import { describe, expect, it } from 'vitest'
import { planImport } from '#shared/import/plan.ts'
import { codes, options } from './builders.ts'

const wide = (text: string, more = {}) => planImport('kpi-wide', text, { ...options, ...more })
const long = (text: string, more = {}) => planImport('kpi-long', text, { ...options, ...more })
const values = (plan: ReturnType<typeof wide>) => plan.scores.map(({ period, value }) => [period, value])

describe('numbers with a column for each series', () => {
  const weeks = 'Date,Sold,Returned %\n2026-11-02,"1,540",-\n2026-11-09,-5.0,2.5%\n2026-11-16,0,3%\n'

  it('each column is a KPI of the chosen seat, each cell a score of its week', () => {
    const plan = wide(weeks)
    expect(plan.kpis).toMatchObject([
      { key: 'kpi:seat_a/Sold/week', title: 'Sold', seatId: 'seat_a', cadence: 'week', unit: 'number', decimals: 0 },
      { title: 'Returned %', unit: 'percent', decimals: 1 },
    ])
    expect(values(plan)).toEqual([['2026-W45', 1540], ['2026-W46', -5], ['2026-W47', 0], ['2026-W46', 2.5], ['2026-W47', 3]])
  })

  it('blank cells are counted and are not zero', () => expect(codes(wide(weeks))).toEqual([[1, 'blank', 'Returned %']]))

  it('month ends are noticed: months are proposed and said once', () => {
    const months = 'Date,A,B\n2026-08-31,1,2\n2026-09-30,1,2\n2026-10-31,1,2\n'
    expect(wide(months).kpis.map(({ cadence }) => cadence)).toEqual(['month', 'month'])
    expect(wide(months).problems).toEqual([{ row: 1, code: 'not-weekly', about: 'month', text: 'A, B' }])
    expect(values(wide(months, { cadence: 'week' }))[0]).toEqual(['2026-W36', 1])
    expect(codes(wide(months, { cadence: 'week' }))).toEqual([[1, 'not-weekly', 'month']])
  })

  it('of two dates in a period the last counts, whatever their order; the first is listed and kept as a note', () => {
    const plan = wide('Date,A\n2026-11-18,3\n2026-11-10,2\n2026-11-16,1\n', { cadence: 'week' })
    expect(plan.scores).toContainEqual({ row: 2, kpiKey: 'kpi:seat_a/A/week', period: '2026-W47', value: 3, note: '2026-11-16: 1' })
    expect(codes(plan)).toContainEqual([4, 'same-period', '2026-W47'])
  })

  it('what is no number, no date or no number at all is listed', () => {
    const plan = wide('Date,A,B\nsoon,1,1\n2026-11-09,=1+1,1\n2026-11-16,-,\n')
    expect(codes(plan)).toEqual([
      [2, 'unreadable-date', 'soon'],
      [4, 'blank', '2026-11-16'],
      [3, 'not-a-number', 'A: =1+1'],
      [1, 'blank', 'A'],
      [1, 'blank', 'B'],
    ])
    expect(values(plan)).toEqual([['2026-W46', 1]])
  })

  it('blank and repeated headings get a number', () => {
    const plan = wide('Date,A,,A\n2026-11-09,1,2,3\n')
    expect(plan.kpis.map(({ title }) => title)).toEqual(['A', '#3', 'A #4'])
    expect(codes(plan)).toEqual([[1, 'blank', '#3'], [1, 'repeated-id', 'A #4']])
  })

  it('weeks follow the company’s own week', () => {
    const calendar = { timeZone: 'UTC', weekStart: 0, yearStart: 1 }
    expect(values(wide('Date,A\n2026-11-15,1\n', { calendar }))).toEqual([['2026-W47', 1]])
  })

  it('without a chosen seat it says that one is needed', () => {
    expect(codes(wide(weeks, { seatId: undefined }))).toContainEqual([1, 'no-seat', ''])
  })
})

describe('numbers with a row for each score', () => {
  it('gathers the KPIs of each seat', () => {
    const plan = long('KPI,Seat,Period,Value\nSold,Baker,2026-W46,1\nsold,baker,2026-W47,2\nSold,Till,2026-W47,3\nOpen,,2026-W47,4')
    expect(plan.kpis.map(({ title, seatName, seatId }) => [title, seatName, seatId])).toEqual([['Sold', 'Baker', 'seat_a'], ['Sold', 'Till', 'seat_a'], ['Open', undefined, 'seat_a']])
    expect(values(plan)).toEqual([['2026-W46', 1], ['2026-W47', 2], ['2026-W47', 3], ['2026-W47', 4]])
  })

  it('each KPI has a cadence of its own; a period of another is listed', () => {
    const plan = long('kpi,period,value\nA,2026-10,1\nA,2026-W44,2\nB,2026-Q3,3')
    expect(plan.kpis.map(({ cadence }) => cadence)).toEqual(['month', 'quarter'])
    expect(codes(plan)).toContainEqual([3, 'other-cadence', '2026-W44'])
  })

  it('rows without a KPI, a date or a number are listed one by one', () => {
    const plan = long('kpi,date,value\n,2026-11-09,1\nA,never,1\nA,2026-11-09,n/a\nA,2026-11-09,many')
    expect(codes(plan)).toEqual([[2, 'blank', 'kpi'], [3, 'unreadable-date', 'never'], [5, 'not-a-number', 'A: many'], [4, 'blank', 'A']])
    expect(plan.scores).toEqual([])
  })

  it('a KPI with neither a named nor a chosen seat is listed', () => {
    expect(codes(long('kpi,period,value\nA,2026-W47,1', { seatId: undefined }))).toEqual([[2, 'no-seat', 'A']])
  })
})
