import type { Held } from '../lifecycle/around.ts'
import type { Issue } from '../record/issue.ts'
import type { Gathered } from './freeze.ts'
import type { RoomSitting } from './room.ts'
import type { RoomParts } from './roomParts.ts'
import { listOf } from '../issue/round.ts'
import { tally } from '../issue/tally.ts'
import { lookup, namesIn } from './freeze.ts'
import { votedOrder } from './order.ts'
import { attendees, averageRating, ratingsOf } from './people.ts'
import { isVoteOf } from './report.ts'
import { compare } from './roomParts.ts'

/** A vote as the room sees it: who has voted while it is open, the sums once it is closed. */
export interface RoomVote {
  round: string
  state: 'open' | 'closed'
  dots: number
  /** What a ballot says; dots where it is none of the others. */
  count: 'dots' | 'approval' | 'topThree' | 'ranked'
  voters: { name: string, voted: boolean }[]
  voted: number
  /** What is voted on, while it is. */
  list: string[]
  lines: { title: string, votes: number, place: number, tied: boolean }[]
  /** Ballots that were cast and are not here yet: the sums are not whole. */
  onTheWay: number
}

/** From how many ratings on an average gives nobody's own away. */
const enoughRatings = 3
const most = 200

const isOpen = (issue: Issue) => !issue.archived && !issue.draft && !issue.dismissed && issue.state !== 'solved' && issue.horizon === 'now'

/** The vote that runs, else the last of this meeting, and the team's issues in the order it gave. */
export function issuesPart(sitting: RoomSitting, known: Gathered): RoomParts {
  const { meeting } = sitting
  const issueOf = lookup(known.issue)
  const closed = ownRounds(sitting, known).filter(({ d }) => d.state === 'closed')
  const order = votedOrder(closed, ballotsOf(closed, known), issueOf)
  const places = new Map(order.map(({ issue }, place) => [issue, place]))
  const place = (issue: string) => places.get(issue) ?? places.size
  const open = known.issue
    .filter(({ id, d }) => isOpen(d) && (d.team === meeting.team || (!d.team && places.has(id))))
    .sort((one, other) => place(one.id) - place(other.id) || (other.d.urgency ?? 0) - (one.d.urgency ?? 0) || one.d.raisedAt - other.d.raisedAt || compare(one.id, other.id))
  const shown = roundShown(sitting, known)
  return {
    ...shown && { vote: voteOf(shown, meeting.team, known) },
    issues: open.slice(0, most).map(({ id, d }) => ({ title: d.title, state: d.state, ...places.has(id) && { votes: order[place(id)]?.votes } })),
  }
}

/** How many of the meeting have rated it; what any one gave is theirs. */
export function closePart({ meeting }: RoomSitting): RoomParts {
  const ratings = ratingsOf(meeting)
  const isTold = meeting.state === 'closed' && ratings.length >= enoughRatings
  const average = isTold ? averageRating(ratings.map(({ rating }) => rating)) : undefined
  return { rated: { count: ratings.length, of: new Set([...attendees(meeting), ...ratings].map(({ member }) => member)).size, ...average !== undefined && { average } } }
}

/** The vote a room looks at, where there is one. */
function roundShown(sitting: Pick<RoomSitting, 'id' | 'meeting'>, known: Pick<Gathered, 'round'>): Held<'round'> | undefined {
  const own = ownRounds(sitting, known)
  const isRunning = ({ d }: Held<'round'>) => d.state === 'open'
  return own.findLast(isRunning) ?? known.round.filter(round => round.d.team === sitting.meeting.team && isRunning(round)).sort(byOpening).at(-1) ?? own.at(-1)
}

/** The rounds of this meeting, opened or only closed in it, the oldest first. */
function ownRounds({ id, meeting }: Pick<RoomSitting, 'id' | 'meeting'>, known: Pick<Gathered, 'round'>): Held<'round'>[] {
  return known.round.filter(({ d }) => isVoteOf(id, meeting, d)).sort(byOpening)
}

function byOpening(one: Held<'round'>, other: Held<'round'>): number {
  return one.d.openedAt - other.d.openedAt || compare(one.id, other.id)
}

/** Those of rounds that are over; nobody may count on an open one's. */
function ballotsOf(closed: readonly Held<'round'>[], known: Gathered) {
  const over = new Set(closed.filter(({ d }) => d.state === 'closed').map(({ id }) => id))
  return known.ballot.filter(({ d }) => over.has(d.round)).map(({ d }) => d)
}

function voteOf(round: Held<'round'>, team: string, known: Gathered): RoomVote {
  const { d } = round
  const nameOf = namesIn(known)
  const issueOf = lookup(known.issue)
  const titleOf = (id: string) => titleIn(issueOf(id), team)
  const voters = d.voters.map(voter => ({ name: nameOf(voter), voted: d[`voted/${voter}`] === true })).sort((one, other) => compare(one.name, other.name))
  const voted = voters.filter(voter => voter.voted).length
  const result = d.state === 'closed' ? tally(d, ballotsOf([round], known), issueOf) : undefined
  const isTied = (issue: string) => result?.ties.some(tied => tied.includes(issue)) ?? false
  return {
    round: round.id,
    state: d.state,
    dots: d.dots,
    count: d.count ?? 'dots',
    voters,
    voted,
    list: result ? [] : listOf(d).slice(0, most).map(titleOf),
    lines: (result?.lines ?? []).slice(0, most).map(({ issue, votes, place }) => ({ title: titleOf(issue), votes, place, tied: isTied(issue) })),
    onTheWay: result ? Math.max(0, voted - result.cast) : 0,
  }
}

/** An issue that went to another team is theirs to show. */
function titleIn(issue: Issue | undefined, team: string): string {
  return issue && (!issue.team || issue.team === team) ? issue.title : ''
}
