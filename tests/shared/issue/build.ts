import type { Ballot, Dots } from '#shared/record/ballot.ts'
import type { Round } from '#shared/record/round.ts'
import * as fc from 'fast-check'
import { misplacedDots } from '#shared/issue/round.ts'

export const aRound = (overrides: Partial<Round> = {}): Round => ({ team: 'team_1', state: 'open', issues: ['i1', 'i2', 'i3', 'i4'], voters: ['mem_a', 'mem_b', 'mem_c'], dots: 3, cap: 1, openedBy: 'mem_a', openedAt: 1000, ...overrides })
export const aBallot = (voter: string, dots?: Dots, late?: Dots): Ballot => ({ round: 'round_1', voter, dots, late })

const settings = fc.record({ dots: fc.integer({ min: 1, max: 5 }), cap: fc.integer({ min: 1, max: 3 }) })
export const anyRound = settings.map(chosen => aRound(chosen))
export const anyDots: fc.Arbitrary<Dots> = fc.dictionary(fc.constantFrom('i1', 'i2', 'i3', 'i4'), fc.integer({ min: 1, max: 3 }))

/** A round with one ballot for each of some voters, all within its limits, some with late dots too. */
export const anyVote = anyRound.chain((round) => {
  const dots = anyDots.filter(given => !misplacedDots(round, given))
  const ballot = fc.record({ dots: fc.option(dots, { nil: undefined }), late: fc.option(dots, { nil: undefined }) })
  return fc.tuple(fc.constant(round), fc.subarray([...round.voters]).chain(voters => fc.tuple(...voters.map(voter => ballot.map(({ dots, late }) => aBallot(voter, dots, late))))))
})
