import type { Dots } from '../record/ballot.ts'
import type { Member } from '../record/member.ts'
import type { Round } from '../record/round.ts'
import type { Seat } from '../record/seat.ts'
import type { Team } from '../record/team.ts'

export type DotsRefusal = 'not-a-voter' | 'round-closed' | 'bad-dots' | 'not-on-list' | 'cap-exceeded' | 'dots-spent'

/** A new round's settings; a team may choose 1 … 12 of either. */
export const roundDefaults = { dots: 3, cap: 1 }

/** Why this voter cannot put these dots in this round now. */
export function refuseDots({ round, voter, dots }: { round: Round, voter: string, dots: Dots }): DotsRefusal | undefined {
  if (!round.voters.includes(voter))
    return 'not-a-voter'
  return round.state === 'closed' ? 'round-closed' : misplacedDots(round, dots)
}

/** Why these dots fit no ballot of this round, open or closed. */
export function misplacedDots(round: Round, dots: Dots): DotsRefusal | undefined {
  const counts = Object.values(dots)
  if (counts.some(count => !Number.isInteger(count) || count < 1))
    return 'bad-dots'
  if (Object.keys(dots).some(issue => !round.issues.includes(issue)))
    return 'not-on-list'
  if (counts.some(count => count > round.cap))
    return 'cap-exceeded'
  return dotsIn(dots) > round.dots ? 'dots-spent' : undefined
}

export function dotsIn(dots: Dots | undefined): number {
  return Object.values(dots ?? {}).reduce((sum, count) => sum + count, 0)
}

/** How many dots a voter has still to give. */
export const dotsLeft = (round: Round, dots: Dots | undefined) => Math.max(0, round.dots - dotsIn(dots))

/** The dots after one more (`by` 1) or one fewer (-1) on an issue; one without dots is absent. */
export function changeDots(dots: Dots | undefined, issue: string, by: 1 | -1): Dots {
  const { [issue]: before = 0, ...others } = dots ?? {}
  return before + by > 0 ? { ...others, [issue]: before + by } : others
}

/** Who votes in a team: the active members, viewers apart, who hold its human seats; in bytewise order. */
export function votersOf(team: Team, seat: (id: string) => Seat | undefined, member: (id: string) => Member | undefined): string[] {
  const held = Object.keys(team)
    .filter(key => key.startsWith('seat/') && team[key as `seat/${string}`])
    .map(key => seat(key.slice(5)))
    .flatMap(found => found?.kind === 'human' && !found.archived && found.holder ? [found.holder] : [])
  return [...new Set(held)].filter((id) => {
    const holder = member(id)
    return holder?.state === 'active' && holder.role !== 'viewer'
  }).sort()
}

/** A re-vote among issues of a closed round, by the same voters with the same dots. */
export function tieRound(roundId: string, round: Round, issues: readonly string[], opened: Pick<Round, 'openedBy' | 'openedAt'>): Round {
  const { team, voters, dots, cap, demo } = round
  return { team, voters, dots, cap, ...demo && { demo }, ...opened, state: 'open', issues: [...issues], tieOf: roundId }
}
