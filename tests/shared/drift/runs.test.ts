import type { Said } from './build.ts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { driftsOf } from '#shared/drift/runs.ts'
import { newId } from '#shared/record/ids.ts'
import { ago, aGoalKpi, cellsOf, now } from './build.ts'

const found = (said: readonly Said[], kpi = aGoalKpi()) => driftsOf(kpi, cellsOf(said, kpi))
const drifts = (said: readonly Said[], kpi = aGoalKpi()) => found(said, kpi).map(({ at: _, ...drift }) => drift)
const kinds = (said: readonly Said[], kpi = aGoalKpi()) => drifts(said, kpi).map(({ what }) => what)
const someSaid = fc.array(fc.oneof(fc.integer({ min: 7, max: 13 }), fc.constantFrom<Said>('cannot', undefined)), { maxLength: 20 })

describe('off track three in a row', () => {
  it('drifts, counted from the first of the row, whether the running period has its number or not', () => {
    expect(drifts([12, 9, 8, 9])).toEqual([{ what: 'offTrack', since: ago(2), times: 3 }])
    expect(drifts([12, 9, 8, 9, undefined])).toEqual([{ what: 'offTrack', since: ago(3), times: 3 }])
    expect(kinds([9, 8])).toEqual([])
  })

  it('ends with a period on track, a gap, or one that cannot be reported', () => {
    expect([kinds([9, 8, 12, 9]), kinds([9, 9, undefined, 8, 9]), kinds([9, 9, 'cannot', 8, 9])]).toEqual([[], ['missing'], []])
  })

  it('is by the goal of each period: one that is dated repaints nothing earlier', () => {
    const atLeast = (target: number) => ({ kind: 'atLeast' as const, target })
    const later = { 'goal/0': atLeast(5) }
    expect(kinds([9, 8, 9], aGoalKpi(later))).toEqual([])
    expect(kinds([9, 8, 9], aGoalKpi({ ...later, [`goal/${ago(2)}` as const]: atLeast(10) }))).toEqual(['offTrack'])
    expect(kinds([9, 8, 9], aGoalKpi({ ...later, [`goal/${ago(1)}` as const]: atLeast(10) }))).toEqual([])
    expect(kinds([9, 8, 9], aGoalKpi({ [`once/${ago(1)}` as const]: atLeast(1) }))).toEqual([])
  })
})

describe('a missing number', () => {
  it('is one whose due time has passed: not the running period, not one somebody said cannot be reported', () => {
    expect(drifts([12, undefined, 12, undefined, undefined])).toEqual([{ what: 'missing', since: ago(3), times: 2 }])
    expect(kinds([12, 'cannot', 12, 13])).toEqual([])
    expect(kinds([12, 13, undefined])).toEqual([])
  })

  it('is not asked for before the first number, nor before the KPI was made', () => {
    expect(kinds([undefined, undefined, undefined, 12])).toEqual([])
    expect(cellsOf([])).toEqual([])
    const made = newId('kpi', now - 28 * 86_400_000, () => {})
    expect(driftsOf(aGoalKpi(), cellsOf([], aGoalKpi(), 'mem_a', made))).toMatchObject([{ what: 'missing', since: ago(4), times: 4 }])
    expect(driftsOf(aGoalKpi(), cellsOf([], aGoalKpi(), 'mem_a', newId('kpi', now, () => {})))).toEqual([])
  })
})

describe('a hint', () => {
  it('is four values in a row, each worse than the one before, while on track', () => {
    expect(drifts([15, 14, 13, 12])).toEqual([{ what: 'worsening', since: ago(3), times: 4 }])
    expect([kinds([14, 13, 12]), kinds([15, 14, 14, 12, 11]), kinds([15, 14, undefined, 12, 11]), kinds([15, 12, 11, 9])]).toEqual([[], [], ['missing'], []])
  })

  it('of worsening goes by which way is good, else by the room left to the goal', () => {
    const atMost = { kind: 'atMost' as const, target: 20 }
    expect(kinds([12, 13, 14, 15], aGoalKpi({ 'better': 'down', 'goal/0': atMost }))).toEqual(['worsening'])
    expect(kinds([15, 14, 13, 12], aGoalKpi({ 'better': 'down', 'goal/0': atMost }))).toEqual([])
    expect(kinds([15, 16, 17, 18], aGoalKpi({ 'better': 'neither', 'goal/0': { kind: 'between', low: 10, high: 20 } }))).toEqual(['worsening'])
    expect(kinds([15, 14, 13, 12], aGoalKpi({ 'better': 'neither', 'goal/0': { kind: 'between', low: 10, high: 20 } }))).toEqual(['worsening'])
  })

  it('is the same value four times, zero too; not yes four times, nor the very goal hit four times', () => {
    expect(drifts([11, 12, 12, 12, 12])).toEqual([{ what: 'flat', since: ago(3), times: 4 }])
    expect(kinds([0, 0, 0, 0])).toEqual(['offTrack', 'flat'])
    expect(kinds([12, 12, 12])).toEqual([])
    expect(kinds([1, 1, 1, 1], aGoalKpi({ 'unit': 'yesNo', 'goal/0': { kind: 'yesNo', target: true } }))).toEqual([])
    expect(kinds([5, 5, 5, 5], aGoalKpi({ 'goal/0': { kind: 'equal', target: 5 } }))).toEqual([])
    expect(kinds([0, 0, 0, 0], aGoalKpi({ 'goal/0': { kind: 'atMost', target: 0 } }))).toEqual([])
  })
})

describe('a drift is named', () => {
  const named = (said: readonly Said[]) => found(said).map(({ what, at }) => [what, at])

  it('by the third period of a row off track and the fourth of a hint, however long the row gets; by the newest that is missing', () => {
    expect(named([12, 9, 8, 7])).toEqual([['offTrack', ago(0)]])
    expect(named([12, 9, 8, 7, 6, 5, 4])).toEqual([['offTrack', ago(3)]])
    expect(named([16, 15, 14, 13, 12])).toEqual([['worsening', ago(1)]])
    expect(named([12, undefined, undefined, 12])).toEqual([['missing', ago(1)]])
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 30 }), (run) => {
      expect(found([12, ...run])[0]?.at).toBe(ago(run.length - 3))
    }))
  })

  it('anew once the row was broken', () => {
    expect(named([9, 8, 7, 12, 9, 8, 7])).toEqual([['offTrack', ago(0)]])
  })
})

describe('whatever was said', () => {
  it('is never off track and worsening on track at once, and no run is longer than what was said', () => {
    fc.assert(fc.property(someSaid, (said) => {
      const names = kinds(said)
      expect(new Set(names).size).toBe(names.length)
      expect(names.includes('offTrack') && names.includes('worsening')).toBe(false)
      for (const { times } of drifts(said))
        expect(times).toBeLessThanOrEqual(said.length)
    }))
  })

  it('off track is found exactly where the newest three that are due are off track', () => {
    fc.assert(fc.property(someSaid, (said) => {
      const due = said.at(-1) === undefined ? said.slice(0, -1) : said
      const last = due.slice(-3)
      const expected = last.length === 3 && last.every(value => typeof value === 'number' && value < 10)
      expect(kinds(said).includes('offTrack')).toBe(expected)
    }))
  })
})
