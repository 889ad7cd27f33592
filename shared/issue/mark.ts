import type { Dots } from '../record/ballot.ts'
import type { Round } from '../record/round.ts'
import { countedDots, dotsIn, listOf, misplacedDots, places } from './round.ts'

/** What a tap on an issue makes of a ballot: one dot, a yes, the next free place or rank; or what it had is taken back. */
export function tapIssue(round: Round, dots: Dots, issue: string): Dots {
  const now = round.count === 'ranked' ? inRow(round, dots) : dots
  const { [issue]: before, ...others } = now
  if (before === undefined)
    return { ...now, [issue]: nextPlace(round, now) }
  return round.count === 'ranked' ? inRow(round, others) : others
}

/** A place given to an issue: whichever had it takes this one's, or has none where this one had none. */
export function placeIssue(round: Round, dots: Dots, issue: string, place: number): Dots {
  const now = round.count === 'ranked' ? inRow(round, dots) : dots
  const { [issue]: before, ...others } = now
  if (before === place)
    return dots
  const holder = Object.keys(countedDots(round, others)).find(other => others[other] === place)
  if (holder === undefined)
    return { ...others, [issue]: place }
  const { [holder]: _, ...rest } = others
  return { ...rest, ...before !== undefined && { [holder]: before }, [issue]: place }
}

/** The dots, or the place or rank, an issue has on a ballot as its voter reads it; ranks are counted without what was taken off. */
export function markOf(round: Round, dots: Dots, issue: string): number {
  const counted = countedDots(round, dots)
  const own = counted[issue]
  if (own === undefined || round.count !== 'ranked')
    return own ?? 0
  return 1 + Object.values(counted).filter(rank => rank < own).length
}

/** The place a tap would give now: one beyond the last where none is free. */
export function nextPlace(round: Round, dots: Dots): number {
  const taken = Object.values(countedDots(round, dots))
  switch (round.count ?? 'dots') {
    case 'dots':
    case 'approval': return 1
    case 'topThree': return Array.from({ length: places }, (_, index) => index + 1).find(place => !taken.includes(place)) ?? places + 1
    case 'ranked': return Math.max(0, ...taken) + 1
  }
}

/** How many places a round has: no more than there are issues. */
export const placesIn = (round: Round) => round.count === 'ranked' ? listOf(round).length : Math.min(places, listOf(round).length)

/** How many dots lie on issues that were taken off the list; how many issues, where the round counts no dots. */
export function freedDots(round: Round, dots: Dots): number {
  const counted = countedDots(round, dots)
  return (round.count ?? 'dots') === 'dots' ? dotsIn(dots) - dotsIn(counted) : Object.keys(dots).length - Object.keys(counted).length
}

/** A ballot as it is sent: what lies on issues taken off the list stays on it while, put back, it would fit. */
export function keepFreed(round: Round, dots: Dots): Dots {
  const whole = { ...round, ...Object.fromEntries(round.issues.map(issue => [`removed/${issue}`, undefined])) } as Round
  return round.count !== 'ranked' && !misplacedDots(whole, dots) ? dots : countedDots(round, dots)
}

/** Ranks one after another with no gap, in their order. */
function inRow(round: Round, dots: Dots): Dots {
  const counted = countedDots(round, dots)
  const order = Object.keys(counted).sort((one, other) => (counted[one] ?? 0) - (counted[other] ?? 0) || (one < other ? -1 : 1))
  return Object.fromEntries(order.map((issue, index) => [issue, index + 1]))
}
