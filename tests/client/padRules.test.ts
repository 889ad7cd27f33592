import type { ScoreCell } from '#shared/kpi/scorecard.ts'
import type { KpiRow } from '../../client/composables/useRows.ts'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { goalDraft, readGoal } from '../../client/composables/goalForm.ts'
import { erase, isOutlier, missingStops, readNumber, toggleSign, typedNumber } from '../../client/composables/padRules.ts'

function cell(period: string, value?: number, status: ScoreCell['status'] = 'onTrack'): ScoreCell {
  return {
    period,
    entry: value === undefined ? undefined : { writer: 'mem_1', entry: { value, at: 1, source: 'hand' } },
    others: [],
    goal: undefined,
    status: value === undefined && status === 'onTrack' ? 'noData' : status,
  }
}
const cells = (...values: (number | undefined)[]) => values.map((value, index) => cell(`2026-W${10 + index}`, value))
const row = (id: string, all: ScoreCell[]) => ({ id, cells: all, current: all.at(-1), period: all.at(-1)?.period }) as KpiRow

describe('what the pad asks for', () => {
  it('is every running period without a number first, then what is overdue, the newest first', () => {
    const rows = [
      row('a', [cell('2026-W10', undefined, 'stale'), cell('2026-W11', undefined, 'stale'), cell('2026-W12', 5)]),
      row('b', [cell('2026-W10', 1), cell('2026-W11', undefined, 'unavailable'), cell('2026-W12')]),
    ]
    expect(missingStops(rows).map(stop => `${stop.id} ${stop.period}`)).toEqual(['b 2026-W12', 'a 2026-W11', 'a 2026-W10'])
  })
})

describe('an outlier', () => {
  it('is five times the median, on either side of zero', () => {
    const usual = cells(10, 12, 9, undefined, 10)
    expect([49, 50, -50, 0].map(value => isOutlier(value, usual))).toEqual([false, true, true, false])
  })

  it('is unknown under four numbers, and where the usual is zero', () => {
    expect(isOutlier(1000, cells(1, 1, 1))).toBe(false)
    expect(isOutlier(1000, cells(0, 0, 0, 0, 0))).toBe(false)
  })
})

describe('typing', () => {
  it('turning the sign twice changes nothing', () => {
    fc.assert(fc.property(fc.integer({ min: -999, max: 999 }), (value) => {
      expect(readNumber(toggleSign(toggleSign(String(value))))).toEqual(readNumber(String(value)))
    }))
  })

  it('erases one character, also outside the first plane', () => {
    expect([erase('12'), erase('𝟙𝟚'), erase('')]).toEqual(['1', '𝟙', ''])
  })

  it('reads back what it wrote, in any language', () => {
    fc.assert(fc.property(fc.constantFrom('en-GB', 'de-DE', 'ar-EG', 'fr-FR', 'hi-IN'), fc.integer({ min: -1_000_000, max: 1_000_000 }), (tag, thousandths) => {
      vi.spyOn(navigator, 'languages', 'get').mockReturnValue([tag])
      const value = thousandths / 100
      expect(readNumber(typedNumber(value))).toMatchObject({ value })
      vi.restoreAllMocks()
    }))
  })

  it('takes a unit pasted with the number', () => {
    expect([readNumber('31.5 %'), readNumber('€40,000')]).toMatchObject([{ value: 31.5 }, { value: 40000 }])
  })
})

describe('a goal being typed', () => {
  it('is read back as it was, whatever its kind', () => {
    const number = fc.integer({ min: -1000, max: 1000 })
    const goal = fc.oneof(
      fc.record({ kind: fc.constantFrom('atLeast', 'atMost', 'above', 'below', 'equal'), target: number }),
      fc.tuple(fc.constantFrom('between', 'outside'), number, fc.nat(50)).map(([kind, low, more]) => ({ kind, low, high: low + more })),
      fc.record({ kind: fc.constant('yesNo'), target: fc.boolean() }),
      fc.constant({ kind: 'none' }),
    )
    fc.assert(fc.property(goal, (wanted) => {
      expect(readGoal(goalDraft(wanted as Parameters<typeof goalDraft>[0]))).toEqual({ goal: wanted })
    }))
  })

  it('is refused without its numbers, or with the bounds turned round', () => {
    expect(readGoal({ kind: 'atLeast', a: '', b: '', yes: true })).toEqual({ refused: 'kpi.needNumber' })
    expect(readGoal({ kind: 'between', a: '3', b: '1', yes: true })).toEqual({ refused: 'kpi.needOrder' })
  })
})
