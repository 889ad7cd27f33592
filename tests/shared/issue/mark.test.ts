import type { Dots } from '#shared/record/ballot.ts'
import type { Round } from '#shared/record/round.ts'
import type { Count } from '#shared/record/roundCount.ts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { freedDots, keepFreed, markOf, nextPlace, placeIssue, placesIn, tapIssue } from '#shared/issue/mark.ts'
import { countedDots, listOf, misplacedDots } from '#shared/issue/round.ts'
import { aRound } from './build.ts'

const issues = ['i1', 'i2', 'i3', 'i4']
const ways: Count[] = ['approval', 'topThree', 'ranked']
const anyTap = fc.oneof(
  fc.record({ do: fc.constant('tap' as const), issue: fc.constantFrom(...issues) }),
  fc.record({ do: fc.constant('place' as const), issue: fc.constantFrom(...issues), place: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ do: fc.constantFrom('take off' as const, 'put back' as const), issue: fc.constantFrom(...issues) }),
)
const off = (round: Round, issue: string, on: true | undefined) => ({ ...round, [`removed/${issue}`]: on }) as Round
const taps = (round: Round, ...tapped: string[]) => tapped.reduce<Dots>((dots, issue) => tapIssue(round, dots, issue), {})

describe('a tap on an issue', () => {
  it('says yes to it, and takes the yes back', () => {
    const round = aRound({ count: 'approval' })
    expect([taps(round, 'i2', 'i1'), taps(round, 'i2', 'i1', 'i2')]).toEqual([{ i1: 1, i2: 1 }, { i1: 1 }])
  })

  it('gives the next free of three places, which is the one that was taken back', () => {
    const round = aRound({ count: 'topThree' })
    expect(taps(round, 'i3', 'i1', 'i2')).toEqual({ i3: 1, i1: 2, i2: 3 })
    expect(taps(round, 'i3', 'i1', 'i2', 'i1', 'i4')).toEqual({ i3: 1, i4: 2, i2: 3 })
    expect(misplacedDots(round, taps(round, 'i1', 'i2', 'i3', 'i4'))).toBe('bad-dots')
  })

  it('ranks in the order of taps, and closes the gap behind what is taken back', () => {
    const round = aRound({ count: 'ranked' })
    expect(taps(round, 'i3', 'i1', 'i2')).toEqual({ i3: 1, i1: 2, i2: 3 })
    expect(taps(round, 'i3', 'i1', 'i2', 'i3')).toEqual({ i1: 1, i2: 2 })
  })
})

describe('a place', () => {
  it('is swapped with whichever had it, or taken from it', () => {
    const round = aRound({ count: 'topThree' })
    expect(placeIssue(round, { i1: 1, i2: 2 }, 'i2', 1)).toEqual({ i1: 2, i2: 1 })
    expect(placeIssue(round, { i1: 1 }, 'i4', 1)).toEqual({ i4: 1 })
    expect(placeIssue(round, { i1: 1 }, 'i1', 3)).toEqual({ i1: 3 })
  })

  it('of a rank is counted without what was taken off the list', () => {
    const round = off(aRound({ count: 'ranked' }), 'i1', true)
    const dots = { i1: 1, i2: 2, i3: 3 }
    expect([markOf(round, dots, 'i2'), markOf(round, dots, 'i3'), markOf(round, dots, 'i1')]).toEqual([1, 2, 0])
    expect(keepFreed(round, placeIssue(round, dots, 'i3', 1))).toEqual({ i3: 1, i2: 2 })
    expect(tapIssue(round, dots, 'i4')).toEqual({ i2: 1, i3: 2, i4: 3 })
    expect([placesIn(round), placesIn(aRound({ count: 'topThree', issues: ['i1', 'i2'] }))]).toEqual([3, 2])
  })

  it('is never given twice, and ranks have no gap, however one taps while the list changes', () => {
    fc.assert(fc.property(fc.constantFrom(...ways), fc.array(anyTap, { minLength: 8, maxLength: 20, size: 'max' }), (count, steps) => {
      let round = aRound({ count })
      let dots: Dots = {}
      for (const step of steps) {
        if (step.do === 'take off' || step.do === 'put back') {
          const next = off(round, step.issue, step.do === 'take off' ? true : undefined)
          round = misplacedDots(next, dots) ? round : next
          continue
        }
        if (!listOf(round).includes(step.issue) || ('place' in step && (count === 'approval' || step.place > Object.keys(countedDots(round, dots)).length || !dots[step.issue])))
          continue
        const next = keepFreed(round, 'place' in step ? placeIssue(round, dots, step.issue, step.place) : tapIssue(round, dots, step.issue))
        if (misplacedDots(round, next)) {
          expect(nextPlace(round, dots)).toBeGreaterThan(placesIn(round))
          continue
        }
        dots = next
        const read = Object.keys(countedDots(round, dots)).map(issue => markOf(round, dots, issue)).sort()
        if (count === 'ranked')
          expect(read).toEqual(read.map((_, index) => index + 1))
      }
    }))
  })
})

describe('what lay on an issue that was taken off', () => {
  it('is counted as free, and stays on the ballot while it would fit if the issue came back', () => {
    const round = off(aRound({ cap: 2 }), 'i1', true)
    expect([freedDots(round, { i1: 2, i2: 1 }), freedDots(aRound(), { i1: 2 }), freedDots({ ...round, count: 'topThree' }, { i1: 3 })]).toEqual([2, 0, 1])
    expect(keepFreed(round, { i1: 2, i2: 1 })).toEqual({ i1: 2, i2: 1 })
    expect(keepFreed(round, { i1: 2, i2: 1, i3: 1 })).toEqual({ i2: 1, i3: 1 })
  })
})
