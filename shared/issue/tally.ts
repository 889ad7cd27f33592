import type { Ballot, Dots } from '../record/ballot.ts'
import type { Issue } from '../record/issue.ts'
import type { Round } from '../record/round.ts'
import { duelsWon } from './duels.ts'
import { countedDots, dotsIn, listOf, misplacedDots, places } from './round.ts'

/**
 * `place` is shared by issues with the same votes; the list is in order all the same. `votes` are dots, or what the round
 * counts: yeses, points for places, others beaten. `voters` said something of it.
 */
export interface TallyLine { issue: string, votes: number, voters: number, place: number }

export interface Tally {
  lines: TallyLine[]
  /** Groups of issues with the same votes, where there are votes. */
  ties: string[][]
  votes: number
  /** How many voters' ballots hold a dot that counts. */
  cast: number
  /** What arrived after the close, by voter; never counted. */
  late: { voter: string, dots: Dots }[]
}

type Order = Pick<Issue, 'urgency' | 'raisedAt'>

/**
 * The result of a round: derived, never stored. Order: votes, then urgency, then the oldest, then the id.
 * `ballots` are the round's own; one that is no voter's, that breaks the round's limits, or a voter's second counts nothing.
 */
export function tally(round: Round, ballots: readonly Ballot[], issue: (id: string) => Order | undefined): Tally {
  const voting = [...new Map(ballots.filter(({ voter }) => round.voters.includes(voter)).map(ballot => [ballot.voter, ballot])).values()]
  const counted = voting.flatMap(({ dots }) => dots && !misplacedDots(round, dots) ? [countedDots(round, dots)] : []).filter(dots => dotsIn(dots) > 0)
  const lines = countLines(round, counted).sort((a, b) => b.votes - a.votes || byUrgency(a.issue, b.issue, issue))
  lines.forEach(line => line.place = lines.findIndex(({ votes }) => votes === line.votes) + 1)
  return {
    lines,
    ties: tiesIn(lines),
    votes: lines.reduce((sum, { votes }) => sum + votes, 0),
    cast: counted.length,
    late: voting.flatMap(({ voter, late }) => late ? [{ voter, dots: late }] : []).sort((a, b) => a.voter < b.voter ? -1 : 1),
  }
}

/** The issues that share a place: two or more, or none. */
export function tiedAt(result: Tally, place: number): string[] {
  return tiedLines(result.lines, place)
}

function tiedLines(lines: readonly TallyLine[], place: number): string[] {
  const sharing = lines.filter(line => line.place === place && line.votes > 0)
  return sharing.length > 1 ? sharing.map(line => line.issue) : []
}

function countLines(round: Round, counted: readonly Dots[]): TallyLine[] {
  const list = listOf(round)
  const won = round.count === 'ranked' ? duelsWon(list, counted) : undefined
  return list.map((issue) => {
    const given = counted.map(dots => dots[issue] ?? 0).filter(count => count > 0)
    const votes = won?.get(issue) ?? given.reduce((sum, count) => sum + worthOf(round, count), 0)
    return { issue, votes, voters: given.length, place: 0 }
  })
}

/** A first place is worth three. */
function worthOf({ count }: Round, given: number): number {
  return count === 'topThree' ? places + 1 - given : given
}

function tiesIn(lines: readonly TallyLine[]): string[][] {
  const places = [...new Set(lines.map(line => line.place))]
  return places.map(place => tiedLines(lines, place)).filter(tied => tied.length > 0)
}

/** An issue that is not here yet comes last among equals. */
function byUrgency(one: string, other: string, issue: (id: string) => Order | undefined): number {
  const [left, right] = [issue(one), issue(other)]
  const age = (order: Order | undefined) => order?.raisedAt ?? Number.MAX_SAFE_INTEGER
  return (right?.urgency ?? 0) - (left?.urgency ?? 0) || age(left) - age(right) || (one < other ? -1 : 1)
}
