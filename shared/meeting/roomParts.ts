import type { Status } from '../kpi/status.ts'
import type { IssueState } from '../record/issueState.ts'
import type { Goal, Kpi } from '../record/kpi.ts'
import type { Gathered } from './freeze.ts'
import type { RoomSitting } from './room.ts'
import type { RoomVote } from './roomVote.ts'
import { countedEntry } from '../kpi/cell.ts'
import { dueAt, slotsOf } from '../kpi/due.ts'
import { goalFor } from '../kpi/goal.ts'
import { quarterOf } from '../kpi/quarter.ts'
import { statusOf } from '../kpi/status.ts'
import { sheetId } from '../record/ids.ts'
import { trackOf } from '../tasks/priority.ts'
import { lookup, namesIn } from './freeze.ts'
import { reportedHeadlines, reportedPeriod, reportedPriorities, reportedTodos, sinceOf } from './report.ts'

export interface RoomScore {
  title: string
  seat: string
  agent: boolean
  /** An agent's number that a person typed. */
  typed: boolean
  period: string
  value: number | null
  status: Status
  goal?: Goal
  unit: Pick<Kpi, 'unit' | 'decimals'> & { currency: string }
}
export interface RoomTask { title: string, owner: string, due: string, done: boolean }

/** What the part the room is in shows; nothing of the other parts. */
export interface RoomParts {
  missing?: string[]
  scores?: RoomScore[]
  priorities?: { title: string, seat: string, track: 'on' | 'off', done: boolean, due: string }[]
  headlines?: { text: string, about: 'customer' | 'employee', by: string }[]
  todos?: { due: RoomTask[], done: number }
  issues?: { title: string, votes?: number, state: IssueState }[]
  vote?: RoomVote
  /** How many have rated; what they gave, on the average, once the meeting is over and enough have to hide in it. */
  rated?: { count: number, of: number, average?: number }
  /** What this meeting decided, and the to-dos made in it. */
  solved?: { title: string, decision: string }[]
  made?: RoomTask[]
}

const most = 200

/** Bytewise, so that every screen has the same order. */
export const compare = (one: string, other: string) => one < other ? -1 : one > other ? 1 : 0

/** The team's numbers, people's and agents' in one list, in groups and the order of their titles. */
export function scoresPart(sitting: RoomSitting, known: Gathered): RoomParts {
  const inOrder = known.kpi.filter(({ d }) => sitting.team[`seat/${d.seat}`] && !d.archived)
    .sort((one, other) => compare(one.d.group ?? '', other.d.group ?? '') || compare(one.d.title, other.d.title) || compare(one.id, other.id))
  const score = scoring(sitting, known)
  return { scores: inOrder.slice(0, most).map(score) }
}

function scoring({ meeting, team, calendar, currency, now }: RoomSitting, known: Gathered): (kpi: Gathered['kpi'][number]) => RoomScore {
  const [seatOf, sheetOf] = [lookup(known.seat), lookup(known.sheet)]
  const isAgent = (writer: string) => seatOf(writer)?.kind === 'agent'
  return ({ id, d }) => {
    const period = reportedPeriod(d.cadence, meeting.day, calendar)
    const goal = goalFor(d, period, calendar)
    const counted = countedEntry(sheetOf(sheetId(id, quarterOf(period))), period, isAgent)
    return {
      title: d.title,
      seat: seatOf(d.seat)?.title ?? '',
      agent: isAgent(d.seat),
      typed: isAgent(d.seat) && counted !== undefined && !isAgent(counted.writer),
      period,
      value: counted?.entry.value ?? null,
      status: statusOf({ goal, entry: counted?.entry, dueAt: dueAt(period, calendar, slotsOf(d.seat, [team])), now }),
      ...goal && { goal },
      unit: { unit: d.unit, decimals: d.decimals, currency: d.currency ?? currency },
    }
  }
}

export function prioritiesPart({ meeting, team, calendar }: RoomSitting, known: Gathered): RoomParts {
  const nameOf = namesIn(known)
  const priorities = reportedPriorities(team, known.priority, meeting.day, calendar).slice(0, most)
  return { priorities: priorities.map(({ d }) => ({ title: d.title, seat: nameOf(d.seat), track: trackOf(d), done: d.state === 'done', due: d.due })) }
}

export function headlinesPart({ id, meeting, calendar }: RoomSitting, known: Gathered): RoomParts {
  const nameOf = namesIn(known)
  const since = sinceOf(meeting, known.meeting, calendar.timeZone)
  return { headlines: reportedHeadlines(id, meeting.team, known.headline, since).slice(-most).map(({ d }) => ({ text: d.text, about: d.about, by: nameOf(d.saidBy) })) }
}

export function todosPart({ meeting, team, calendar }: RoomSitting, known: Gathered): RoomParts {
  const since = sinceOf(meeting, known.meeting, calendar.timeZone)
  const { due, done } = reportedTodos({ team, teamId: meeting.team, todos: known.todo, seat: lookup(known.seat), since, day: meeting.day })
  return { todos: { due: due.slice(0, most).map(taskIn(known)), done } }
}

/** What came of the meeting so far. */
export function workDone({ id, meeting }: RoomSitting, known: Gathered): RoomParts {
  const isOurs = ({ d }: { d: { team?: string, archived?: boolean } }) => !d.archived && (!d.team || d.team === meeting.team)
  const solved = known.issue.filter(({ d }) => d.solvedIn === id && d.state === 'solved').filter(isOurs).sort((one, other) => (one.d.solvedAt ?? 0) - (other.d.solvedAt ?? 0) || compare(one.id, other.id))
  const made = known.todo.filter(({ d }) => d.meeting === id).filter(isOurs).sort((one, other) => one.d.askedAt - other.d.askedAt || compare(one.id, other.id))
  return {
    solved: solved.slice(-most).map(({ d }) => ({ title: d.title, decision: d.decision ?? '' })),
    made: made.slice(-most).map(taskIn(known)),
  }
}

function taskIn(known: Gathered): (todo: Gathered['todo'][number]) => RoomTask {
  const nameOf = namesIn(known)
  return ({ d }) => ({ title: d.title, owner: nameOf(d.owner), due: d.due, done: d.state !== 'open' })
}
