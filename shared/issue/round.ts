import type { Dots } from '../record/ballot.ts'
import type { Member } from '../record/member.ts'
import type { Round } from '../record/round.ts'
import type { Seat } from '../record/seat.ts'
import type { Team } from '../record/team.ts'

export type DotsRefusal = 'not-a-voter' | 'round-closed' | 'bad-dots' | 'not-on-list' | 'cap-exceeded' | 'dots-spent' | 'place-taken'

/** A new round's settings; a team may choose 1 … 12 of either. */
export const roundDefaults = { dots: 3, cap: 1 }

/** Places there are to give, where a round counts the first three. */
export const places = 3

/** Why this voter cannot put these dots in this round now. */
export function refuseDots({ round, voter, dots }: { round: Round, voter: string, dots: Dots }): DotsRefusal | undefined {
  if (!round.voters.includes(voter))
    return 'not-a-voter'
  return round.state === 'closed' ? 'round-closed' : misplacedDots(round, dots)
}

/** What is voted on: the list, each issue once, without what was taken off it. */
export const listOf = (round: Round) => [...new Set(round.issues)].filter(issue => !round[`removed/${issue}`])

/** What of a ballot counts: dots on an issue that was taken off the list are free again. */
export function countedDots(round: Round, dots: Dots | undefined): Dots {
  return Object.fromEntries(Object.entries(dots ?? {}).filter(([issue]) => !round[`removed/${issue}`]))
}

/** Why these dots fit no ballot of this round, open or closed. */
export function misplacedDots(round: Round, dots: Dots): DotsRefusal | undefined {
  if (Object.values(dots).some(count => !Number.isInteger(count) || count < 1))
    return 'bad-dots'
  const list = new Set(round.issues)
  if (Object.keys(dots).some(issue => !list.has(issue)))
    return 'not-on-list'
  const counts = Object.values(countedDots(round, dots))
  switch (round.count ?? 'dots') {
    case 'dots': return counts.some(count => count > round.cap) ? 'cap-exceeded' : dotsIn(countedDots(round, dots)) > round.dots ? 'dots-spent' : undefined
    case 'approval': return counts.some(count => count > 1) ? 'cap-exceeded' : undefined
    case 'topThree': return counts.some(place => place > places) ? 'bad-dots' : new Set(counts).size < counts.length ? 'place-taken' : undefined
    case 'ranked': return undefined
  }
}

export function dotsIn(dots: Dots | undefined): number {
  return Object.values(dots ?? {}).reduce((sum, count) => sum + count, 0)
}

/** How many dots a voter has still to give; places, or issues to say something of, where the round counts those. */
export function dotsLeft(round: Round, dots: Dots | undefined): number {
  const counted = countedDots(round, dots)
  const given = Object.keys(counted).length
  switch (round.count ?? 'dots') {
    case 'dots': return Math.max(0, round.dots - dotsIn(counted))
    case 'topThree': return Math.max(0, Math.min(places, listOf(round).length) - given)
    case 'approval':
    case 'ranked': return listOf(round).length - given
  }
}

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
  const { team, voters, dots, cap, count, meeting, demo } = round
  return { team, voters, dots, cap, ...count && { count }, ...meeting && { meeting }, ...demo && { demo }, ...opened, state: 'open', issues: [...issues], tieOf: roundId }
}
