import type { Ballot } from '#shared/record/ballot.ts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dotsIn } from '#shared/issue/round.ts'
import { tally, tiedAt } from '#shared/issue/tally.ts'
import { aBallot, anyVote, aRound } from './build.ts'

const raised: Record<string, { urgency?: number, raisedAt: number }> = { i1: { raisedAt: 40 }, i2: { raisedAt: 30 }, i3: { raisedAt: 20, urgency: 0 }, i4: { raisedAt: 50, urgency: 1 } }
const count = (ballots: Ballot[], round = aRound()) => tally(round, ballots, id => raised[id])
const order = (ballots: Ballot[], round = aRound()) => count(ballots, round).lines.map(line => line.issue)

describe('a tally', () => {
  it('is the same whatever order ballots arrive in, and when they arrive again', () => {
    const arrivals = anyVote.chain(([round, ballots]) => fc.tuple(fc.constant(round), fc.constant(ballots), fc.shuffledSubarray(ballots, { minLength: ballots.length })))
    fc.assert(fc.property(arrivals, ([round, ballots, again]) => {
      expect(count(again, round)).toEqual(count(ballots, round))
      expect(count([...ballots, ...again], round)).toEqual(count(ballots, round))
    }))
  })

  it('has as many votes as the ballots have dots, and a line for every issue of the list', () => {
    fc.assert(fc.property(anyVote, ([round, ballots]) => {
      const { votes, lines, cast } = count(ballots, round)
      expect(votes).toBe(ballots.reduce((sum, { dots }) => sum + dotsIn(dots), 0))
      expect(votes).toBeLessThanOrEqual(cast * round.dots)
      expect(lines.map(line => line.issue).sort()).toEqual([...round.issues].sort())
    }))
  })

  it('never counts what is late, and lists it by voter', () => {
    fc.assert(fc.property(anyVote, ([round, ballots]) => {
      const { late: _, ...counted } = count(ballots, round)
      const { late: none, ...without } = count(ballots.map(({ late, ...ballot }) => ballot), round)
      expect(counted).toEqual(without)
      expect(none).toEqual([])
    }))
    expect(count([aBallot('mem_b', { i1: 1 }, { i2: 1 }), aBallot('mem_a', undefined, { i3: 1 })]).late).toEqual([{ voter: 'mem_a', dots: { i3: 1 } }, { voter: 'mem_b', dots: { i2: 1 } }])
  })

  it('counts nothing from strangers nor from a ballot that breaks the limits', () => {
    const { votes, cast } = count([aBallot('mem_z', { i1: 1 }), aBallot('mem_a', { i1: 2 }), aBallot('mem_b', { i9: 1 }), aBallot('mem_c', { i1: 1 })])
    expect([votes, cast]).toEqual([1, 1])
  })

  it('counts no ballot without dots as cast', () => {
    expect(count([aBallot('mem_a', {}), aBallot('mem_b')]).cast).toBe(0)
  })
})

describe('the order of issues', () => {
  it('is votes, then urgency, then the oldest, then the id', () => {
    expect(order([])).toEqual(['i4', 'i3', 'i2', 'i1'])
    expect(order([aBallot('mem_a', { i1: 1 })])).toEqual(['i1', 'i4', 'i3', 'i2'])
    expect(order([aBallot('mem_a', { i1: 1, i2: 1 }), aBallot('mem_b', { i1: 1 })])).toEqual(['i1', 'i2', 'i4', 'i3'])
    const alike = tally(aRound(), [], () => ({ raisedAt: 1 }))
    expect(alike.lines.map(line => line.issue)).toEqual(['i1', 'i2', 'i3', 'i4'])
  })

  it('puts an issue that is not here yet last among equals', () => {
    expect(tally(aRound({ issues: ['i0', 'i3'] }), [], id => raised[id]).lines.map(line => line.issue)).toEqual(['i3', 'i0'])
  })

  it('never puts fewer votes above more, and shares a place exactly among equals', () => {
    fc.assert(fc.property(anyVote, ([round, ballots]) => {
      const { lines } = count(ballots, round)
      lines.forEach((line, index) => {
        expect(line.place).toBe(lines.filter(({ votes }) => votes > line.votes).length + 1)
        expect(line.votes).toBeLessThanOrEqual(lines[index - 1]?.votes ?? Infinity)
        expect(line.voters).toBeLessThanOrEqual(line.votes)
      })
    }))
  })
})

describe('a tie', () => {
  it('is two or more issues with the same votes, where there are any', () => {
    const result = count([aBallot('mem_a', { i1: 1, i2: 1, i3: 1 }), aBallot('mem_b', { i1: 1, i2: 1, i4: 1 })])
    expect(result.ties).toEqual([['i2', 'i1'], ['i4', 'i3']])
    expect([tiedAt(result, 1), tiedAt(result, 2), tiedAt(result, 3)]).toEqual([['i2', 'i1'], [], ['i4', 'i3']])
    expect(count([]).ties).toEqual([])
    expect(tiedAt(count([]), 1)).toEqual([])
    expect(count([aBallot('mem_a', { i1: 1 })]).ties).toEqual([])
  })
})
