import type { Kpi } from '#shared/record/kpi.ts'
import type { Said } from './build.ts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { draftOf, isUndecided } from '#shared/drift/draft.ts'
import { driftsOf } from '#shared/drift/runs.ts'
import { driftId, driftIn, madeAt, newId } from '#shared/record/ids.ts'
import { refuseField } from '#shared/record/specs.ts'
import { aDraft, ago, aGoalKpi, cellsOf } from './build.ts'

/** What the first drift of a KPI drafts. */
function draft(said: readonly Said[], more: Partial<Kpi> = {}) {
  const kpi = aGoalKpi(more)
  const cells = cellsOf(said, kpi)
  const [drift] = driftsOf(kpi, cells)
  return drift && draftOf(aDraft({ kpi, cells, at: drift.at }))
}

describe('three off track in a row', () => {
  it('draft an issue whose id names the third period', () => {
    expect(draft([12, 9, 8])).toBeUndefined()
    expect(draft([12, 9, 8, 7, 6])?.id).toBe(driftId('kpi_1', ago(1)))
  })

  it('draft the same whoever notices and when: later numbers change nothing in it', () => {
    const said = [12, 13, 9, 8, 7, 6, 5]
    const cells = cellsOf(said)
    expect(draft(said)).toEqual(draftOf(aDraft({ cells: cells.slice(0, -2), at: ago(2) })))
  })

  it('draft a whole issue, held back, with the strip of 13 periods up to the third in its text', () => {
    const found = draft([12, 13, 14, 12, 12, 12, 12, undefined, 'cannot', 12, 12, 12, 12, 9, 8, 7, 6])
    expect(found?.body).toMatchObject({ seat: 'seat_1', kpi: 'kpi_1', raisedBy: 'kpi_1', raisedAt: Date.UTC(2026, 10, 9), draft: true, state: 'open' })
    const lines = found?.body.detail?.split('\n') ?? []
    expect(lines[0]).toBe('✓ ✓ ✓ ✓ ! – ✓ ✓ ✓ ✓ ▼ ▼ ▼')
    expect(lines).toHaveLength(15)
    expect(lines.slice(-3)).toEqual(['2026-W44 ▼ 9', '2026-W45 ▼ 8', '2026-W46 ▼ 7'])
    for (const [field, value] of Object.entries(found?.body ?? {}))
      expect(refuseField('issue', field, value)).toBeUndefined()
  })

  it('of a demo KPI draft a demo issue, which goes with it', () => {
    expect(draft([9, 9, 9], { demo: true })?.body.demo).toBe(true)
  })
})

describe('a draft', () => {
  it('is undecided until somebody confirms, dismisses or archives it', () => {
    const body = draft([9, 9, 9])?.body
    expect(body && [body, { ...body, draft: undefined }, { ...body, dismissed: 'Known' }, { ...body, archived: true }].map(isUndecided)).toEqual([true, false, false, false])
  })
})

describe('ids', () => {
  it('a draft\'s id names its KPI and period, and no other id does', () => {
    expect(driftIn(driftId('kpi_1', '2026-W47'))).toEqual({ kpi: 'kpi_1', period: '2026-W47' })
    expect(['iss_1', 'issue:drift:kpi_1', 'issue:drift:a:b:c', 'issue:drift::b', 'sheet:kpi_1:2026-Q4'].map(driftIn)).toEqual(Array.from({ length: 5 }).fill(undefined))
  })

  it('a fresh id says when it was made, any other says nothing', () => {
    fc.assert(fc.property(fc.nat({ max: 4_000_000_000_000 }), now => madeAt(newId('kpi', now, () => {})) === now))
    expect(['kpi_1', 'seat_ceo', '', 'sheet:kpi_1:2026-Q4'].map(madeAt)).toEqual([undefined, undefined, undefined, undefined])
  })
})
