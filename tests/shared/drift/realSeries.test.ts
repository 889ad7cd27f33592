import type { Entry } from '#shared/record/sheet.ts'
import { expect, it } from 'vitest'
import { draftOf } from '#shared/drift/draft.ts'
import { driftsOf } from '#shared/drift/runs.ts'
import { watchedCells } from '#shared/drift/watch.ts'
import { planImport } from '#shared/import/plan.ts'
import { dueTimes } from '#shared/kpi/due.ts'
import { addPeriods, lastPeriods, periodRange } from '#shared/kpi/period.ts'
import { quarterOf } from '#shared/kpi/quarter.ts'
import { endOfDay } from '#shared/kpi/zone.ts'
import { driftId } from '#shared/record/ids.ts'
import { describeWithRealData, realData } from '../../support/realData.ts'
import { options } from '../import/builders.ts'
import { anEntry, sheetsOf } from '../kpi/build.ts'
import { aDraft, aGoalKpi, calendar } from './build.ts'

const kpi = aGoalKpi({ 'title': 'Total Equity', 'goal/0': { kind: 'atLeast', target: 0 } })

describeWithRealData('13 years of weekly fund flows, held to no outflow', () => {
  const plan = planImport('kpi-wide', realData('kpi-fundflows', 'data', 'weekly.csv'), options)
  const key = plan.kpis.find(({ title }) => title === 'Total Equity')?.key
  const scores = plan.scores.filter(score => score.kpiKey === key)
  const values = new Map(scores.map(({ period, value }) => [period, value]))
  const dues = dueTimes(calendar)

  /** What was known when a period had just ended. */
  function at(current: string) {
    const known = scores.filter(({ period }) => period <= current).map(({ period, value }): [string, Entry] => [period, anEntry({ value, source: 'import' })])
    const sheetOf = sheetsOf(Object.fromEntries(known))
    const sheets = [...new Set(known.map(([period]) => quarterOf(period)))].flatMap(quarter => sheetOf(quarter) ?? [])
    const now = endOfDay(periodRange(current, calendar).last, calendar.timeZone)
    return watchedCells({ id: 'kpi_1', kpi, sheets, current, calendar, isAgent: () => false, agentSeat: false, dueAt: dues, now })
  }

  it('draft an issue for each row of three weeks of outflow, week by week, and no other', () => {
    const weeks = scores.map(({ period }) => period)
    const back = (period: string, count: number) => values.get(addPeriods(period, -count, calendar)) ?? 0
    const isOut = (period: string) => [0, 1, 2].every(count => back(period, count) < 0)
    const expected = weeks.filter(period => isOut(period) && back(period, 3) >= 0).map(period => driftId('kpi_1', period))
    const drafted = new Set(weeks.flatMap((period) => {
      const cells = at(period)
      return driftsOf(kpi, cells).filter(({ what }) => what === 'offTrack').map(drift => draftOf(aDraft({ kpi, cells, at: drift.at })).id)
    }))
    expect(expected.length).toBeGreaterThan(3)
    expect([...drafted].sort()).toEqual(expected.sort())
  })

  it('are missing exactly where a week of the last 13 is due and was never published', () => {
    for (const week of ['2024-W20', '2025-W01', '2025-W02', '2025-W05']) {
      const due = lastPeriods(week, 13, calendar).slice(0, -1)
      const gaps = due.filter(period => !values.has(period))
      expect(driftsOf(kpi, at(week)).find(({ what }) => what === 'missing')).toEqual({ what: 'missing', since: gaps[0], times: gaps.length, at: gaps.at(-1) })
    }
    expect(driftsOf(kpi, at('2025-W01'))).toContainEqual({ what: 'missing', since: '2024-W41', times: 8, at: '2024-W48' })
  })
})
