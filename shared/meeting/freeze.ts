import type { Calendar } from '../kpi/period.ts'
import type { Held } from '../lifecycle/around.ts'
import type { Bodies } from '../record/envelope.ts'
import type { Meeting } from '../record/meeting.ts'
import type { Recap } from '../record/recap.ts'
import type { Seat } from '../record/seat.ts'
import type { Team } from '../record/team.ts'
import { tally } from '../issue/tally.ts'
import { countedEntry } from '../kpi/cell.ts'
import { dueAt, slotsOf } from '../kpi/due.ts'
import { goalFor } from '../kpi/goal.ts'
import { quarterOf } from '../kpi/quarter.ts'
import { statusOf } from '../kpi/status.ts'
import { sheetId } from '../record/ids.ts'
import { trackOf } from '../tasks/priority.ts'
import { clockOf } from './clock.ts'
import { attendees, ratingsOf } from './people.ts'
import { isVoteOf, reportedHeadlines, reportedPeriod, reportedPriorities, reportedTodos, sinceOf } from './report.ts'

/** The kinds a recap is made of, each as far as it is known; more than the team's own do no harm. */
export type Gathered = { [K in 'member' | 'seat' | 'kpi' | 'sheet' | 'priority' | 'headline' | 'todo' | 'issue' | 'round' | 'ballot' | 'meeting']: readonly Held<K>[] }

export interface Sitting { id: string, meeting: Meeting, team: Team, closedAt: number, calendar: Calendar }

const mostText = 4000
const mostLines = 500

/** What a meeting came to, of everything that is known at its end. */
export function freezeMeeting(sitting: Sitting, known: Gathered): Recap {
  const { id, meeting, team, closedAt, calendar } = sitting
  const nameOf = namesIn(known)
  const since = sinceOf(meeting, known.meeting, calendar.timeZone)
  const todos = reportedTodos({ team, teamId: meeting.team, todos: known.todo, seat: lookup(known.seat), since, day: meeting.day })
  return {
    meeting: id,
    team: meeting.team,
    name: team.name,
    day: meeting.day,
    startedAt: meeting.startedAt,
    closedAt,
    facilitator: nameOf(meeting.facilitator),
    here: attendees(meeting).map(({ member, at }) => ({ member, name: nameOf(member), at })),
    ratings: ratingsOf(meeting).map(({ member, rating: { score, why } }) => ({ member, name: nameOf(member), score, ...why && { why } })),
    spent: spentIn(meeting, closedAt),
    scores: scoresOf(sitting, known).slice(0, mostLines),
    priorities: reportedPriorities(team, known.priority, meeting.day, calendar).slice(0, mostLines).map(({ id, d }) => ({ priority: id, title: d.title, seat: nameOf(d.seat), track: trackOf(d), done: d.state === 'done' })),
    headlines: reportedHeadlines(id, meeting.team, known.headline, since).slice(0, mostLines).map(({ id, d }) => ({ headline: id, text: d.text, about: d.about, by: nameOf(d.saidBy) })),
    made: known.todo.filter(({ d }) => d.meeting === id && !d.archived).slice(0, mostLines).map(({ id, d }) => ({ todo: id, title: d.title, owner: nameOf(d.owner), due: d.due })),
    due: todos.due.length,
    done: todos.done,
    solved: known.issue.filter(({ d }) => d.solvedIn === id && d.state === 'solved' && !d.archived).slice(0, mostLines).map(({ id, d }) => ({ issue: id, title: d.title, ...d.decision && { decision: d.decision.slice(0, mostText) } })),
    votes: votesIn(sitting, known),
    ...meeting.demo && { demo: true },
  }
}

function spentIn(meeting: Meeting, closedAt: number): Recap['spent'] {
  const { spent } = clockOf({ ...meeting, state: 'closed', closedAt }, closedAt)
  return meeting.agenda.map(({ section, minutes }) => ({ section, planned: minutes, ms: Math.round(spent[section]) }))
}

/** The numbers of the team as they stood: of each the newest period that had ended. */
function scoresOf({ meeting, team, closedAt, calendar }: Sitting, known: Gathered): Recap['scores'] {
  const sheetOf = lookup(known.sheet)
  const seatOf = lookup(known.seat)
  const isAgent = (writer: string) => seatOf(writer)?.kind === 'agent'
  return known.kpi.filter(({ d }) => team[`seat/${d.seat}`] && !d.archived)
    .map(({ id, d }) => {
      const period = reportedPeriod(d.cadence, meeting.day, calendar)
      const entry = countedEntry(sheetOf(sheetId(id, quarterOf(period))), period, isAgent)?.entry
      const status = statusOf({ goal: goalFor(d, period, calendar), entry, dueAt: dueAt(period, calendar, slotsOf(d.seat, [team])), now: closedAt })
      return { kpi: id, title: d.title, seat: seatOf(d.seat)?.title ?? '', agent: isAgent(d.seat), period, value: entry?.value ?? null, status }
    })
    .sort((one, other) => one.title < other.title ? -1 : one.title > other.title ? 1 : one.kpi < other.kpi ? -1 : 1)
}

function votesIn({ id, meeting, closedAt }: Sitting, known: Gathered): Recap['votes'] {
  const issueOf = lookup(known.issue)
  return known.round.filter(({ d }) => d.state === 'closed' && isVoteOf(id, { ...meeting, closedAt }, d)).slice(0, 20).map((round) => {
    const result = tally(round.d, known.ballot.filter(({ d }) => d.round === round.id).map(({ d }) => d), issueOf)
    const lines = result.lines.filter(({ votes }) => votes > 0).slice(0, 50)
    return { round: round.id, voters: round.d.voters.length, cast: result.cast, lines: lines.map(({ issue, votes }) => ({ issue, title: issueOf(issue)?.title ?? '', votes })) }
  })
}

/** A person's name or a seat's title, as it is now. */
export function namesIn(known: Gathered): (id: string) => string {
  const [memberOf, seatOf] = [lookup(known.member), lookup(known.seat)]
  return id => memberOf(id)?.name ?? (seatOf(id) as Seat | undefined)?.title ?? ''
}

export function lookup<K extends keyof Bodies>(records: readonly Held<K>[]): (id: string) => Bodies[K] | undefined {
  const by = new Map(records.map(({ id, d }) => [id, d]))
  return id => by.get(id)
}
