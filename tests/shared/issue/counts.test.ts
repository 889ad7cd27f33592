import type { Dots } from '#shared/record/ballot.ts'
import type { Count } from '#shared/record/roundCount.ts'
import process from 'node:process'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countedDots, dotsLeft, listOf, misplacedDots } from '#shared/issue/round.ts'
import { tally } from '#shared/issue/tally.ts'
import { describeWithRealData, realData } from '../../support/realData.ts'
import { aBallot, aRound } from './build.ts'

const raised = () => ({ raisedAt: 1 })
const issues = ['i1', 'i2', 'i3', 'i4']
const voters = Array.from({ length: 12 }, (_, n) => `mem_${n}`)
const anyRanks = fc.dictionary(fc.constantFrom(...issues), fc.integer({ min: 1, max: 4 }))
function points(count: Count, ballots: Dots[], more: object = {}) {
  const { lines } = tally(aRound({ count, voters, ...more }), ballots.map((dots, n) => aBallot(voters[n] as string, dots)), raised)
  return Object.fromEntries(lines.map(({ issue, votes }) => [issue, votes]))
}

describe('a round', () => {
  it('by approval takes one yes for as many issues as one likes', () => {
    const round = aRound({ count: 'approval', dots: 1 })
    expect([misplacedDots(round, { i1: 1, i2: 1, i3: 1, i4: 1 }), misplacedDots(round, { i1: 2 })]).toEqual([undefined, 'cap-exceeded'])
    expect(points('approval', [{ i1: 1, i2: 1 }, { i1: 1 }])).toEqual({ i1: 2, i2: 1, i3: 0, i4: 0 })
  })

  it('of three places gives each once, worth three, two and one', () => {
    const round = aRound({ count: 'topThree' })
    expect([misplacedDots(round, { i1: 1, i2: 2, i3: 3 }), misplacedDots(round, { i1: 1, i2: 1 }), misplacedDots(round, { i1: 4 })]).toEqual([undefined, 'place-taken', 'bad-dots'])
    expect(points('topThree', [{ i1: 1, i2: 2, i3: 3 }, { i2: 1 }])).toEqual({ i1: 3, i2: 5, i3: 1, i4: 0 })
    expect([dotsLeft(round, undefined), dotsLeft(round, { i1: 3 }), dotsLeft(aRound({ count: 'topThree', issues: ['i1', 'i2'] }), { i1: 1 })]).toEqual([3, 2, 1])
  })

  it('by rank puts first whoever wins every duel, also where most first ranks are another\'s', () => {
    expect(points('ranked', [{ i1: 1, i2: 2, i3: 3 }, { i1: 1, i2: 2, i3: 3 }, { i3: 1, i2: 2, i1: 3 }, { i3: 1, i2: 2, i1: 3 }, { i2: 1, i3: 2, i1: 3 }])).toMatchObject({ i2: 2 })
  })

  it('by rank says nothing of a pair in which an issue is left out', () => {
    expect(points('ranked', [{ i1: 1 }, { i2: 5, i1: 1 }, { i3: 1 }])).toEqual({ i1: 1, i2: 0, i3: 0, i4: 0 })
  })

  it('by rank: is counted in a moment of a large company\'s long list too', () => {
    const list = Array.from({ length: 200 }, (_, n) => `issue_${n}`)
    const many = Array.from({ length: 500 }, (_, n) => `mem_${n}`)
    const round = aRound({ count: 'ranked', issues: list, voters: many })
    const ballots = many.map((voter, v) => aBallot(voter, Object.fromEntries(list.map((issue, n) => [issue, ((n * 7 + v * 13) % 200) + 1]))))
    const before = process.cpuUsage().user
    tally(round, ballots, raised)
    expect((process.cpuUsage().user - before) / 1000).toBeLessThan(800)
  })

  it('by rank: who beats all others in duels is alone in front, and nobody who loses to all is', () => {
    fc.assert(fc.property(fc.array(anyRanks, { maxLength: 12 }), (ballots) => {
      const beats = (one: string, other: string) => ballots.filter(ranks => (ranks[one] ?? Number.NaN) < (ranks[other] ?? Number.NaN)).length
      const winner = issues.find(one => issues.every(other => other === one || beats(one, other) > beats(other, one)))
      const { lines } = tally(aRound({ count: 'ranked', voters }), ballots.map((dots, n) => aBallot(voters[n] as string, dots)), raised)
      if (winner)
        expect([lines[0]?.issue, lines[1]?.place]).toEqual([winner, 2])
      const loser = issues.find(one => issues.every(other => other === one || beats(one, other) < beats(other, one)))
      if (loser)
        expect(lines.at(-1)?.issue).toBe(loser)
    }))
  })

  it('frees what lay on an issue that was taken off, counts nothing for it, and takes it back whole', () => {
    const anyBallot = fc.dictionary(fc.constantFrom(...issues), fc.integer({ min: 1, max: 3 }))
    fc.assert(fc.property(fc.constantFrom<Count>('dots', 'approval', 'topThree', 'ranked'), fc.subarray(issues), anyBallot, (count, off, dots) => {
      const whole = aRound({ count, dots: 5, cap: 3 })
      const round = { ...whole, ...Object.fromEntries(off.map(issue => [`removed/${issue}`, true])) }
      fc.pre(!misplacedDots(whole, dots))
      expect(misplacedDots(round, dots)).toBeUndefined()
      expect(Object.keys(countedDots(round, dots)).some(issue => off.includes(issue))).toBe(false)
      if (count === 'dots')
        expect(dotsLeft(round, dots)).toBeGreaterThanOrEqual(dotsLeft(whole, dots))
      const { lines } = tally(round, [aBallot('mem_a', dots)], raised)
      expect(lines.map(({ issue }) => issue).sort()).toEqual(listOf(round).sort())
      expect(tally(whole, [aBallot('mem_a', dots)], raised).lines).toEqual(tally({ ...whole, ...Object.fromEntries(off.map(issue => [`removed/${issue}`, undefined])) } as typeof whole, [aBallot('mem_a', dots)], raised).lines)
    }))
  })
})

describeWithRealData('published elections', () => {
  const csv = (...path: string[]) => realData('votes-k8s', 'elections', 'steering', ...path).trim().split(/\r?\n/).map(line => line.split(','))
  const published: [year: string, ballots: number, files: [string, string]][] = [
    ['2018', 307, ['BALLOTS.csv', 'RESULTS.md']],
    ['2019', 377, ['BALLOTS.csv', 'RESULTS.md']],
    ['2020', 312, ['BALLOTS.csv', 'RESULTS.md']],
    ['2022', 219, ['ballots.csv', 'results.md']],
    ['2024', 233, ['ballots.csv', 'results.md']],
  ]

  it.each(published)('of %s, by %i ranked ballots, come out in the order they were published in', (year, count, [ballotFile, resultFile]) => {
    const [names = [], ...rows] = csv(year, ballotFile)
    const people = rows.map((_, n) => `mem_${n}`)
    const ballots = rows.map((row, n) => aBallot(people[n] as string, Object.fromEntries(row.flatMap((rank, at) => /^\d+$/.test(rank) ? [[`c${at}`, Number(rank)]] : []))))
    const result = tally(aRound({ count: 'ranked', voters: people, issues: names.map((_, at) => `c${at}`) }), ballots, raised)
    expect(rows).toHaveLength(count)
    const places = realData('votes-k8s', 'elections', 'steering', year, resultFile).split('\n').filter(line => /^\d+\. /.test(line)).slice(0, names.length)
    const fold = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '')
    const order = result.lines.map(({ issue }) => names[Number(issue.slice(1))] ?? '')
    expect(places).toHaveLength(names.length)
    places.forEach((line, at) => expect(fold(line)).toContain(fold((order[at] ?? '').replace(/ \(.*/, ''))))
  })

  it('by approval come out with the votes and the ties that were published', () => {
    const totals = (file: string) => [...realData('votes-peps', 'peps', file).matchAll(/^\| [^|\n]+\| (\d+) +\|$/gm)].map(([, votes]) => Number(votes))
    const run = (file: string, cast: number) => {
      const given = totals(file)
      const people = Array.from({ length: cast }, (_, n) => `mem_${n}`)
      // Only totals were published: any ballots with these totals must come to them.
      const ballots = people.map((voter, n) => aBallot(voter, Object.fromEntries(given.flatMap((votes, at) => n < votes ? [[`c${at}`, 1]] : []))))
      const result = tally(aRound({ count: 'approval', voters: people, issues: given.map((_, at) => `c${at}`) }), ballots, raised)
      return { given, result }
    }
    const first = run('pep-8100.rst', 69)
    expect(first.result.votes).toBe(340)
    expect(first.result.lines.map(({ votes }) => votes)).toEqual([...first.given].sort((one, other) => other - one))
    expect(first.result.ties.some(tied => first.result.lines.find(({ issue }) => issue === tied[0])?.votes === 21)).toBe(true)
    const second = run('pep-8101.rst', 100).result.lines.map(({ votes }) => votes)
    expect(second.slice(4, 7)).toEqual([38, 37, 37])
    const fourth = run('pep-8103.rst', 100).result
    expect(fourth.ties.some(tied => fourth.lines.find(({ issue }) => issue === tied[0])?.votes === 48)).toBe(true)
  })
})
