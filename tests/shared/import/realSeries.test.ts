import { expect, it } from 'vitest'
import { applyPlan } from '#shared/import/apply.ts'
import { planImport } from '#shared/import/plan.ts'
import { recogniseFormat } from '#shared/import/recognise.ts'
import { missingField, refuseField } from '#shared/record/specs.ts'
import { describeWithRealData, realData } from '../../support/realData.ts'
import { aContext, after, aSeatDoc, counts, nothing, options } from './builders.ts'

const company = { ...nothing, seats: [aSeatDoc('seat_a')] }

function planOf(...path: string[]) {
  const text = realData(...path)
  expect(recogniseFormat(path.at(-1) ?? '', text)).toBe('kpi-wide')
  return planImport('kpi-wide', text, options)
}

/** The scores of one column, in the order of time. */
function scoresOf(plan: ReturnType<typeof planOf>, title: string) {
  const key = plan.kpis.find(kpi => kpi.title === title)?.key
  return plan.scores.filter(score => score.kpiKey === key)
}

const sum = (scores: { value: number }[]) => scores.reduce((total, { value }) => total + value, 0)

describeWithRealData('weekly fund flows', () => {
  const plan = planOf('kpi-fundflows', 'data', 'weekly.csv')
  const equity = scoresOf(plan, 'Total Equity')

  it('159 weeks of 8 series, the last one in the first week of 2025', () => {
    expect([plan.rows, plan.kpis.length, equity.length, equity.at(-1)?.period]).toEqual([159, 8, 159, '2025-W01'])
    expect(plan.kpis.every(({ cadence, decimals }) => cadence === 'week' && decimals === 0)).toBe(true)
  })

  it('the last 13 of Total Equity sum to 361,228', () => expect(sum(equity.slice(-13))).toBe(361_228))

  it('negatives are data and blanks in 4 columns are none', () => {
    expect(Math.min(...scoresOf(plan, 'Total').map(({ value }) => value))).toBe(-37_421)
    expect(counts(plan)).toEqual({ blank: 4 })
  })

  it('every sheet is one the records accept, and a second run writes nothing', () => {
    const writes = applyPlan(plan, company, aContext())
    for (const { kind, body } of writes.add) {
      expect(missingField(kind, { ...body })).toBeUndefined()
      expect(Object.entries(body).filter(([field, value]) => refuseField(kind, field, value))).toEqual([])
    }
    expect(applyPlan(plan, after(company, writes), aContext())).toMatchObject({ add: [], set: [] })
  })
})

describeWithRealData('series that come otherwise', () => {
  it('215 month ends are noticed and read as months', () => {
    const plan = planOf('kpi-fundflows', 'data', 'monthly.csv')
    expect([plan.rows, plan.kpis[0]?.cadence, scoresOf(plan, 'Total Equity').length]).toEqual([215, 'month', 215])
    expect(plan.problems[0]).toMatchObject({ code: 'not-weekly', about: 'month' })
  })

  it('2,120 Fridays without a gap, the last 13 with a mean of 84.7954', () => {
    const plan = planOf('kpi-oil', 'data', 'wti-weekly.csv')
    expect([plan.scores.length, plan.problems.length, plan.scores.filter(({ period }) => period.endsWith('W53')).length]).toEqual([2120, 0, 7])
    expect(sum(plan.scores.slice(-13)) / 13).toBeCloseTo(84.7954, 4)
  })

  it('10,226 days are read as days, a negative price among them', () => {
    const plan = planOf('kpi-oil', 'data', 'wti-daily.csv')
    expect([plan.kpis[0]?.cadence, plan.scores.length]).toEqual(['day', 10_226])
    expect(plan.scores).toContainEqual(expect.objectContaining({ period: '2020-04-20', value: -36.98 }))
  })

  it('a file of another shape is not taken for ours', () => {
    const text = realData('org-ukgov', 'data', 'dgu', 'csv-from-triplestore', 'committee_on_climate_change-2011-09-30-junior.csv')
    expect(recogniseFormat('junior.csv', text)).toBeUndefined()
  })
})
