import type { Existing } from '#shared/import/apply.ts'
import type { Format, ImportPlan } from '#shared/import/plan.ts'
import { expect, it } from 'vitest'
import { buildChart, levelSizes, walk } from '#shared/chart/tree.ts'
import { applyPlan } from '#shared/import/apply.ts'
import { planImport } from '#shared/import/plan.ts'
import { recogniseFormat } from '#shared/import/recognise.ts'
import { missingField, refuseField } from '#shared/record/specs.ts'
import { describeWithRealData, realData } from '../../support/realData.ts'
import { aContext, after, counts, newIds, nothing, options } from './builders.ts'

const ukgov = ['org-ukgov', 'data', 'dgu', 'csv-from-triplestore']

function planOf(format: Format, ...path: string[]): ImportPlan {
  const text = realData(...path)
  expect(recogniseFormat(path.at(-1) ?? '', text)).toBe(format)
  return planImport(format, text, options)
}

function chartOf({ seats }: Existing) {
  const chart = buildChart(seats.map(({ id, d }) => ({ id, ...d })))
  const nodes = [...walk(chart.roots)]
  const widest = nodes.reduce((most, { children }) => Math.max(most, children.length), 0)
  return { levels: levelSizes(chart), unplaced: chart.unplaced.length, widest, managers: nodes.filter(({ children }) => children.length).length }
}

function applied(plan: ImportPlan) {
  const writes = applyPlan(plan, nothing, aContext())
  for (const { kind, body } of writes.add) {
    expect(missingField(kind, { ...body })).toBeUndefined()
    expect(Object.entries(body).filter(([field, value]) => refuseField(kind, field, value))).toEqual([])
  }
  return after(nothing, writes)
}

/** A second run writes nothing. */
function expectSettled(plan: ImportPlan, existing: Existing) {
  expect(applyPlan(plan, existing, aContext())).toMatchObject({ add: [], set: [], missing: [], unchanged: plan.seats.length + plan.people.length })
}

describeWithRealData('a company as a map of roles', () => {
  it('175 seats of 167 people in five levels', () => {
    const plan = planOf('role-map', 'org-sourcegraph', 'data', 'team.yml')
    expect([plan.rows, plan.seats.length, plan.people.length, plan.problems.length]).toEqual([175, 175, 167, 0])
    const existing = applied(plan)
    expect(chartOf(existing)).toEqual({ levels: [1, 13, 66, 81, 14], unplaced: 0, widest: 16, managers: 39 })
    expectSettled(plan, existing)
  })

  it('269 seats of 265 people in an earlier version', () => {
    const plan = planOf('role-map', 'org-sourcegraph', 'at-2022-06-07-a2a91a59d5', 'data', 'team.yml')
    expect([plan.seats.length, plan.people.length, plan.problems.length]).toEqual([269, 265, 0])
    expect(chartOf(applied(plan))).toMatchObject({ levels: [1, 12, 51, 112, 93], managers: 57 })
  })

  it('a broken version keeps all 273 seats and lists the 17 that have no place yet', () => {
    const plan = planOf('role-map', 'org-sourcegraph', 'at-2022-04-05-7d6670feb9', 'data', 'team.yml')
    expect(counts(plan)).toEqual({ 'unknown-manager': 16, 'no-manager': 1 })
    const existing = applied(plan)
    const chart = buildChart(existing.seats.map(({ id, d }) => ({ id, ...d })))
    expect([[...walk([...chart.roots, ...chart.unplaced])].length, chart.roots.length, chart.unplaced.length]).toEqual([273, 1, 17])
    expectSettled(plan, existing)
  })

  it('the next version updates instead of duplicating: 27 new, 31 missing, 27 renamed, 68 under another seat', () => {
    const before = applied(planOf('role-map', 'org-sourcegraph', 'at-2022-04-05-7d6670feb9', 'data', 'team.yml'))
    const plan = planOf('role-map', 'org-sourcegraph', 'at-2022-06-07-a2a91a59d5', 'data', 'team.yml')
    const writes = applyPlan(plan, before, aContext({ newId: newIds('later') }))
    const seats = writes.set.filter(({ kind }) => kind === 'seat')
    expect(writes.add.filter(({ kind }) => kind === 'seat')).toHaveLength(27)
    expect(writes.missing).toHaveLength(31)
    expect(seats.filter(({ fields }) => 'title' in fields)).toHaveLength(27)
    expect(seats.filter(({ fields }) => 'reportsTo' in fields)).toHaveLength(68)
    expect(chartOf(after(before, writes)).levels[0]).toBe(1)
    expectSettled({ ...plan }, { ...after(before, writes), seats: after(before, writes).seats.filter(({ id }) => !writes.missing.some(gone => gone.id === id)) })
  })
})

describeWithRealData('government organograms', () => {
  it('313 posts in seven levels: 87 named, 8 vacant, 1 eliminated, 217 not named', () => {
    const plan = planOf('organogram', ...ukgov, 'department_of_health-2011-09-30-senior.csv')
    const { seats } = plan
    expect([seats.length, plan.people.length, plan.problems.length]).toEqual([313, 87, 0])
    expect([seats.filter(seat => seat.holderKey === null).length, seats.filter(seat => seat.archived).length, seats.filter(seat => seat.holderKey === undefined).length]).toEqual([9, 1, 217])
    const existing = applied(plan)
    const all = { ...existing, seats: existing.seats.map(seat => ({ ...seat, d: { ...seat.d, archived: false } })) }
    expect(chartOf(all).levels).toEqual([1, 2, 17, 102, 177, 12, 2])
    expectSettled(plan, existing)
  })

  it('89 posts with one top and 3 reporting to themselves', () => {
    const plan = planOf('organogram', ...ukgov, 'department_for_international_development-2013-09-30-senior.csv')
    expect([plan.seats.length, counts(plan)]).toEqual([89, { 'reports-to-itself': 3 }])
    expect(plan.seats.filter(seat => seat.reportsToKey === null).map(seat => seat.key.split(':')[1])).toEqual(['A1'])
  })

  it('4 posts without a top, the chief reporting to himself', () => {
    const plan = planOf('organogram', ...ukgov, 'committee_on_climate_change-2011-09-30-senior.csv')
    expect([plan.seats.length, counts(plan)]).toEqual([4, { 'reports-to-itself': 1 }])
    expect(chartOf(applied(plan))).toMatchObject({ levels: [], unplaced: 1 })
  })

  it('repeated ids and unknown managers are kept and listed, zeros in front too', () => {
    const plan = planOf('organogram', ...ukgov, 'ministry_of_defence-2012-09-30-senior.csv')
    expect([plan.rows, plan.seats.length, new Set(plan.seats.map(seat => seat.key)).size]).toEqual([535, 535, 535])
    expect(counts(plan)).toEqual({ 'unknown-manager': 11, 'repeated-id': 10 })
    expect(plan.seats.filter(seat => seat.key.includes(':00')).length).toBeGreaterThan(0)
    expectSettled(plan, applied(plan))
  })

  it('2,256 seats in six levels, 2,036 without a name, 96 under one', () => {
    const plan = planOf('posts', 'org-ukgov-big', 'app', 'data', 'dwp.csv')
    expect([plan.seats.length, plan.seats.filter(seat => seat.holderKey === null).length]).toEqual([2256, 2036])
    const existing = applied(plan)
    expect(chartOf(existing)).toMatchObject({ levels: [1, 9, 135, 1042, 1068, 1], widest: 96, unplaced: 0 })
    expectSettled(plan, existing)
  })

  it('1,369 seats, 54 under one', () => {
    const plan = planOf('posts', 'org-ukgov-big', 'app', 'data', 'dh.csv')
    const existing = applied(plan)
    const all = { ...existing, seats: existing.seats.map(seat => ({ ...seat, d: { ...seat.d, archived: false } })) }
    expect([plan.seats.length, chartOf(all).levels.length, chartOf(all).widest]).toEqual([1369, 6, 54])
  })
})
