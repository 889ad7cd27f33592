import { describe, expect, it } from 'vitest'
import { stateFields } from '#shared/issue/state.ts'
import { asksWhetherItWorked, hasWorked, workedAfter } from '#shared/issue/worked.ts'

const solvedAt = Date.UTC(2026, 9, 1)
const later = solvedAt + workedAfter
const solved = { state: 'solved', kpi: 'kpi_late', solvedAt } as const

describe('whether it worked', () => {
  it('is asked of a solved issue about a KPI from four weeks on, until somebody says so', () => {
    expect([later - 1, later, later + workedAfter].map(now => asksWhetherItWorked(solved, now))).toEqual([false, true, true])
    expect([solved, { ...solved, workedAt: later }].map(hasWorked)).toEqual([false, true])
    expect(asksWhetherItWorked({ ...solved, workedAt: later }, later + 1)).toBe(false)
  })

  it('is not asked of one about no KPI, of one that is open or put away', () => {
    const others = [{ ...solved, kpi: undefined }, { ...solved, state: 'discussed' as const }, { ...solved, archived: true }, { ...solved, solvedAt: undefined }]
    expect(others.filter(issue => asksWhetherItWorked(issue, later))).toEqual([])
  })

  it('is asked anew of one that was reopened and solved again', () => {
    const again = { ...solved, workedAt: later, ...stateFields({ state: 'open', reopened: 1 }, 'solved', later + 1) }
    expect([hasWorked(again), asksWhetherItWorked(again, later + 1), asksWhetherItWorked(again, later + 1 + workedAfter)]).toEqual([false, false, true])
  })
})
