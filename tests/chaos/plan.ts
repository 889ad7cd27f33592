import * as fc from 'fast-check'

/** A number below the given one, from the step's own store of chance. */
export type Dice = (below: number) => number

/** What happens in one step, and to which of the six phones. */
export interface Step { what: What, who: number, rolls: number[], wait: number }

const weights = { edit: 66, request: 14, frames: 3, line: 4, device: 9, server: 2, elsewhere: 5 }
export type What = keyof typeof weights

export const cast = ['Ada', 'Adi', 'Ben', 'Cem', 'Vic'] as const
export type Name = typeof cast[number]
export const roles = { Ada: 'admin', Adi: 'admin', Ben: 'manager', Cem: 'member', Vic: 'viewer' } as const

/** Who has the six phones; a name twice is one person with two. */
const rosters: Name[][] = [
  ['Ada', 'Adi', 'Ben', 'Ben', 'Cem', 'Vic'],
  ['Ada', 'Ben', 'Ben', 'Vic', 'Cem', 'Cem'],
  ['Ada', 'Ada', 'Adi', 'Ben', 'Vic', 'Cem'],
  ['Ada', 'Ben', 'Vic', 'Cem', 'Cem', 'Cem'],
  ['Ada', 'Ada', 'Ben', 'Ben', 'Vic', 'Cem'],
]

/** All the choices of a run: the same seed gives the same ones, whatever the machine makes of them. */
export interface Plan {
  phones: Name[]
  steps: Step[]
  /** The steps before which a backup is taken and put back; none where a run has no restore. */
  backup?: number
  restore?: number
  /** The step before which the last phone's person is removed from the company while offline. */
  leave?: number
  /** A phone is away between two steps for longer than tombstones live; records end while it is. */
  away?: { who: number, from: number, burial: number, until: number }
}

const number = fc.nat(999_999)
const step = fc.record({
  what: fc.oneof(...Object.entries(weights).map(([what, weight]) => ({ weight, arbitrary: fc.constant(what as What) }))),
  who: fc.nat(5),
  rolls: fc.array(number, { minLength: 12, maxLength: 12 }),
  wait: fc.nat(11),
})

export function planOf(seed: number, steps: number): Plan {
  const [made] = fc.sample(fc.noBias(fc.tuple(fc.array(step, { minLength: steps, maxLength: steps }), number)), { seed, numRuns: 1 })
  const [all, chance] = made as [Step[], number]
  const phones = rosters[chance % rosters.length] as Name[]
  return {
    phones,
    steps: all,
    ...chance % 4 === 1 && { backup: Math.floor(steps * 0.3), restore: Math.floor(steps * 0.7) },
    ...chance % 3 === 1 && { leave: Math.floor(steps * 0.6) },
    ...chance % 5 > 0 && { away: { who: chance % 6, from: Math.floor(steps * 0.4), burial: Math.floor(steps * 0.5), until: Math.floor(steps * 0.58) } },
  }
}

/** The step's numbers in turn; they start over where a step asks for more. */
export function diceOf({ rolls }: Step): Dice {
  let at = 0
  return below => (rolls[at++ % rolls.length] as number) % below
}
