import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeDots, dotsIn, dotsLeft, misplacedDots, refuseDots, roundDefaults, tieRound, votersOf } from '#shared/issue/round.ts'
import { refuseField } from '#shared/record/specs.ts'
import { anyDots, anyRound, aRound } from './build.ts'

const refuse = (dots: Record<string, number>, overrides: Parameters<typeof aRound>[0] = {}, voter = 'mem_a') => refuseDots({ round: aRound(overrides), voter, dots })

describe('dots', () => {
  it('are three, one to an issue, unless the round says otherwise', () => {
    expect(refuse({ i1: 1, i2: 1, i3: 1 }, roundDefaults)).toBeUndefined()
    expect(refuse({ i1: 1, i2: 1, i3: 1, i4: 1 }, roundDefaults)).toBe('dots-spent')
    expect(refuse({ i1: 2 }, roundDefaults)).toBe('cap-exceeded')
    expect(refuse({ i1: 3, i2: 2 }, { dots: 5, cap: 3 })).toBeUndefined()
  })

  it('come from voters of the round, while it is open', () => {
    expect(refuse({ i1: 1 }, {}, 'mem_z')).toBe('not-a-voter')
    expect(refuse({ i1: 1 }, { state: 'closed' })).toBe('round-closed')
    expect(refuse({}, { state: 'closed' }, 'mem_z')).toBe('not-a-voter')
  })

  it('go to issues on the frozen list, whole and at least one', () => {
    expect(refuse({ i9: 1 })).toBe('not-on-list')
    expect([0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY].map(count => refuse({ i1: count }))).toEqual(Array.from({ length: 5 }).fill('bad-dots'))
  })

  it('given and left are what the voter has', () => {
    fc.assert(fc.property(anyRound, anyDots, (round, dots) => {
      if (refuseDots({ round, voter: 'mem_a', dots }))
        expect(misplacedDots(round, dots)).toBeDefined()
      else
        expect(dotsIn(dots) + dotsLeft(round, dots)).toBe(round.dots)
      expect(dotsLeft(round, dots)).toBeGreaterThanOrEqual(0)
    }))
  })

  it('one more and one fewer are as before, and an issue without dots is absent', () => {
    fc.assert(fc.property(anyDots, fc.constantFrom('i1', 'i2'), (dots, issue) => {
      const more = changeDots(dots, issue, 1)
      expect(dotsIn(more)).toBe(dotsIn(dots) + 1)
      expect(changeDots(more, issue, -1)).toEqual(dots)
      expect(refuseField('ballot', 'dots', changeDots(dots, issue, -1))).toBeUndefined()
    }))
    expect(changeDots({ i1: 1 }, 'i1', -1)).toEqual({})
    expect(changeDots(undefined, 'i1', -1)).toEqual({})
  })
})

describe('the voters of a team', () => {
  const seats = {
    s1: { kind: 'human' as const, title: 'A', accountability: 'x', holder: 'mem_b' },
    s2: { kind: 'human' as const, title: 'B', accountability: 'x', holder: 'mem_a' },
    s3: { kind: 'human' as const, title: 'C', accountability: 'x', holder: 'mem_b' },
    s4: { kind: 'agent' as const, title: 'D', accountability: 'x', owner: 'mem_owner' },
    s5: { kind: 'human' as const, title: 'E', accountability: 'x', holder: 'mem_viewer' },
    s6: { kind: 'human' as const, title: 'F', accountability: 'x', holder: 'mem_left' },
    s7: { kind: 'human' as const, title: 'G', accountability: 'x', holder: 'mem_archived', archived: true },
    s8: { kind: 'human' as const, title: 'H', accountability: 'x' },
    s9: { kind: 'human' as const, title: 'I', accountability: 'x', holder: 'mem_invited' },
    out: { kind: 'human' as const, title: 'J', accountability: 'x', holder: 'mem_out' },
  }
  const member = (id: string) => ({ name: id, role: id === 'mem_viewer' ? 'viewer' as const : 'member' as const, state: id === 'mem_left' ? 'left' as const : id === 'mem_invited' ? 'invited' as const : 'active' as const })
  const team = { name: 'T', ...Object.fromEntries(['s1', 's2', 's3', 's4', 's5', 's6', 's7', 's8', 's9', 'gone'].map(id => [`seat/${id}`, true as const])) }

  it('are the active members in its human seats, each once: no agents, no viewers', () => {
    expect(votersOf(team, id => seats[id as keyof typeof seats], member)).toEqual(['mem_a', 'mem_b'])
    expect(votersOf(team, id => seats[id as keyof typeof seats], () => undefined)).toEqual([])
  })
})

it('a re-vote among ties has the same voters and dots, and names the round it breaks the tie of', () => {
  const closed = aRound({ state: 'closed', closedAt: 5, closedBy: 'mem_b', dots: 5, cap: 2 })
  const again = tieRound('round_1', closed, ['i2', 'i3'], { openedBy: 'mem_b', openedAt: 9 })
  expect(again).toEqual(aRound({ issues: ['i2', 'i3'], dots: 5, cap: 2, openedBy: 'mem_b', openedAt: 9, tieOf: 'round_1' }))
  expect(again).not.toHaveProperty('closedAt')
})
