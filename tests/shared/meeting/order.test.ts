import type { Dots } from '#shared/record/ballot.ts'
import type { Round } from '#shared/record/round.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { votedOrder } from '#shared/meeting/order.ts'

const aRound = (id: string, issues: string[], openedAt: number, more: Partial<Round> = {}) => ({ id, d: { team: 't', state: 'closed' as const, issues, voters: ['v'], dots: 12, cap: 12, openedBy: 'v', openedAt, ...more } })
const aBallot = (round: string, dots: Dots) => ({ round, voter: 'v', dots })
const issue = () => undefined
const orderOf = (...of: Parameters<typeof votedOrder>) => votedOrder(...of).map(line => line.issue)

describe('the order a meeting talks in', () => {
  it('is that of its last vote; without one there is none', () => {
    const rounds = [aRound('r1', ['a', 'b'], 1), aRound('r2', ['c', 'd'], 2)]
    expect(orderOf(rounds, [aBallot('r1', { b: 2 }), aBallot('r2', { d: 1 })], issue)).toEqual(['d', 'c'])
    expect(orderOf([], [], issue)).toEqual([])
  })

  it('puts what tied in the order of its re-vote, where it stood, also where that tied again', () => {
    const rounds = [aRound('r1', ['a', 'b', 'c', 'd'], 1), aRound('r2', ['a', 'b', 'c'], 2, { tieOf: 'r1' }), aRound('r3', ['a', 'b'], 3, { tieOf: 'r2' })]
    const ballots = [aBallot('r1', { a: 2, b: 2, c: 2, d: 1 }), aBallot('r2', { c: 3, a: 1, b: 1 }), aBallot('r3', { b: 1 })]
    expect(orderOf(rounds, ballots, issue)).toEqual(['c', 'b', 'a', 'd'])
  })

  it('shows what the first vote gave, and stands whatever order the rounds came in', () => {
    const rounds = [aRound('r1', ['a', 'b', 'c'], 1), aRound('r2', ['b', 'c'], 2, { tieOf: 'r1' })]
    fc.assert(fc.property(fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 3 })), fc.dictionary(fc.constantFrom('b', 'c'), fc.integer({ min: 1, max: 3 })), (first, again) => {
      const ballots = [aBallot('r1', first), aBallot('r2', again)]
      const lines = votedOrder(rounds, ballots, issue)
      expect(lines.map(line => line.issue).sort()).toEqual(['a', 'b', 'c'])
      expect(lines.every(line => line.votes === (first[line.issue] ?? 0))).toBe(true)
      expect(votedOrder([...rounds].reverse(), [...ballots].reverse(), issue)).toEqual(lines)
    }))
  })
})
