import type { Existing } from '#shared/import/apply.ts'
import { describe, expect, it } from 'vitest'
import { applyPlan } from '#shared/import/apply.ts'
import { planImport } from '#shared/import/plan.ts'
import { aContext, aDoc, after, aSeatDoc, codes, newIds, nothing, options } from './builders.ts'

const company: Existing = { ...nothing, seats: [aSeatDoc('seat_a', { title: 'Till' }), aSeatDoc('seat_b', { title: 'Bakery' })] }
const wide = (text: string) => planImport('kpi-wide', text, options)
const long = (text: string, seatId?: string) => planImport('kpi-long', text, { ...options, seatId })
const apply = (plan: ReturnType<typeof wide>, existing = company, now = 1_000_000) => applyPlan(plan, existing, aContext({ now, newId: newIds(String(now)) }))
const weeks = 'Date,Sold\n2026-03-24,1\n2026-03-31,2\n'

describe('applying a plan of scores', () => {
  it('a KPI comes before its sheets, a sheet for each quarter, entries under the importing member', () => {
    expect(apply(wide(weeks)).add).toEqual([
      { kind: 'kpi', id: 'kpi_1000000_1', body: { seat: 'seat_a', title: 'Sold', unit: 'number', decimals: 0, better: 'neither', cadence: 'week', rollUp: 'last', importKey: 'kpi:seat_a/Sold/week' } },
      { kind: 'sheet', id: 'sheet:kpi_1000000_1:2026-Q1', body: { 'kpi': 'kpi_1000000_1', 'quarter': '2026-Q1', 'cell/2026-W13/mem_me': { value: 1, at: 1_000_000, source: 'import' } } },
      { kind: 'sheet', id: 'sheet:kpi_1000000_1:2026-Q2', body: { 'kpi': 'kpi_1000000_1', 'quarter': '2026-Q2', 'cell/2026-W14/mem_me': { value: 2, at: 1_000_000, source: 'import' } } },
    ])
  })

  it('the same file again, later, writes nothing', () => {
    const existing = after(company, apply(wide(weeks)))
    expect(apply(wide(weeks), existing, 2_000_000)).toMatchObject({ add: [], set: [], unchanged: 3 })
  })

  it('a longer file adds only what is new', () => {
    const existing = after(company, apply(wide(weeks)))
    const { add, set } = apply(wide(`${weeks}2026-04-07,3\n`), existing, 2_000_000)
    expect(add).toEqual([])
    expect(set).toEqual([{ kind: 'sheet', id: 'sheet:kpi_1000000_1:2026-Q2', fields: { 'cell/2026-W15/mem_me': { value: 3, at: 2_000_000, source: 'import' } } }])
  })

  it('a corrected number is written over the imported one, not over one typed by hand', () => {
    const imported = after(company, apply(wide(weeks)))
    const corrected = wide(weeks.replace(',2', ',5'))
    expect(apply(corrected, imported, 2_000_000).set).toHaveLength(1)
    const typed = { ...imported, sheets: imported.sheets.map(sheet => sheet.d.quarter === '2026-Q2' ? aDoc('sheet', sheet.id, { ...sheet.d, 'cell/2026-W14/mem_me': { value: 4, at: 3, source: 'hand' } }) : sheet) }
    const { set, problems } = apply(corrected, typed, 2_000_000)
    expect([set, codes({ problems })]).toEqual([[], [[3, 'typed-by-hand', '2026-W14']]])
  })

  it('a KPI keeps what people have set since', () => {
    const imported = after(company, apply(wide(weeks)))
    const renamed = { ...imported, kpis: imported.kpis.map(kpi => aDoc('kpi', kpi.id, { ...kpi.d, title: 'Loaves', seat: 'seat_b' })) }
    expect(apply(wide(weeks), renamed).set).toEqual([])
  })

  it('a KPI that now comes otherwise takes no scores of the old cadence, and says so', () => {
    const imported = after(company, apply(wide(weeks)))
    const monthly = { ...imported, kpis: imported.kpis.map(kpi => aDoc('kpi', kpi.id, { ...kpi.d, cadence: 'month' })) }
    const { set, problems } = apply(wide(`${weeks}2026-04-07,3\n`), monthly)
    expect([set, codes({ problems })]).toEqual([[], [[1, 'other-cadence', 'month']]])
  })

  it('a seat is found by its title, id or import key', () => {
    for (const name of ['bakery', 'seat_b'])
      expect(apply(long(`kpi,seat,period,value\nSold,${name},2026-W47,1`)).add[0]?.body).toMatchObject({ seat: 'seat_b' })
  })

  it('a title that two seats have names neither', () => {
    const twice = { ...company, seats: [...company.seats, aSeatDoc('seat_c', { title: 'Bakery' })] }
    expect(apply(long('kpi,seat,period,value\nSold,Bakery,2026-W47,1'), twice)).toMatchObject({ add: [], problems: [{ code: 'unknown-seat' }] })
  })

  it('a seat nobody knows is listed; its numbers go to the chosen seat, or nowhere', () => {
    const text = 'kpi,seat,period,value\nSold,Cellar,2026-W47,1'
    expect(apply(long(text, 'seat_a')).add[0]?.body).toMatchObject({ seat: 'seat_a' })
    expect(apply(long(text))).toMatchObject({ add: [], problems: [{ row: 2, code: 'unknown-seat', about: 'Cellar', text: 'Sold' }] })
  })
})
