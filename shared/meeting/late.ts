import type { Held } from '../lifecycle/around.ts'
import type { Meeting } from '../record/meeting.ts'
import type { Recap } from '../record/recap.ts'
import type { Gathered } from './freeze.ts'
import { countedEntry } from '../kpi/cell.ts'
import { quarterOf } from '../kpi/quarter.ts'
import { sheetId } from '../record/ids.ts'
import { attendees, ratingsOf } from './people.ts'
import { isVoteOf, sinceAt } from './report.ts'

/** Something of a meeting that its record does not hold, because it arrived after the close. */
export type Late
  = | { what: 'here', member: string }
    | { what: 'rating', member: string, score: number, why?: string }
    | { what: 'ballot', member: string, round: string }
    | { what: 'todo' | 'headline' | 'solved', id: string, title: string }
    | { what: 'score', kpi: string, title: string, value: number | null, was: number | null }

export type Around = Pick<Gathered, 'meeting' | 'todo' | 'headline' | 'issue' | 'round' | 'ballot' | 'sheet' | 'seat'>

/** What came later than the record: shown beside it, never put into it. */
export function lateOf(recap: Recap, meeting: Meeting, known: Around): Late[] {
  return [...latePeople(recap, meeting), ...lateBallots(recap, known), ...lateWork(recap, known), ...lateScores(recap, known)]
}

function latePeople(recap: Recap, meeting: Meeting): Late[] {
  const here = new Set(recap.here.map(({ member }) => member))
  const rated = new Map(recap.ratings.map(({ member, score, why }) => [member, { score, why }]))
  const ratings = ratingsOf(meeting).filter(({ member, rating }) => rated.get(member)?.score !== rating.score || rated.get(member)?.why !== rating.why)
  return [
    ...attendees(meeting).filter(({ member }) => !here.has(member)).map(({ member }): Late => ({ what: 'here', member })),
    ...ratings.map(({ member, rating: { score, why } }): Late => ({ what: 'rating', member, score, ...why && { why } })),
  ]
}

function lateBallots(recap: Recap, { round, ballot }: Around): Late[] {
  const rounds = new Set(round.filter(({ d }) => isVoteOf(recap.meeting, recap, d)).map(({ id }) => id))
  return ballot.filter(({ d }) => rounds.has(d.round) && d.late).map(({ d }): Late => ({ what: 'ballot', member: d.voter, round: d.round }))
}

function lateWork(recap: Recap, { meeting, todo, headline, issue }: Around): Late[] {
  const missing = <K extends 'todo' | 'headline' | 'issue'>(records: readonly Held<K>[], within: readonly string[]) => records.filter(({ id, d }) => !d.archived && !within.includes(id))
  const isOfIt = ({ d }: { d: { meeting?: string } }) => d.meeting === recap.meeting
  // Said elsewhere in the app before the meeting or while it ran: it is in no later meeting's news either.
  const since = sinceAt(recap, meeting)
  const wasSaid = ({ d }: Held<'headline'>) => !d.meeting && d.team === recap.team && d.saidAt > since && d.saidAt <= recap.closedAt
  const solved = issue.filter(({ d }) => d.solvedIn === recap.meeting && d.state === 'solved')
  return [
    ...missing(todo.filter(isOfIt), recap.made.map(one => one.todo)).map(({ id, d }): Late => ({ what: 'todo', id, title: d.title })),
    ...missing(headline.filter(one => isOfIt(one) || wasSaid(one)), recap.headlines.map(one => one.headline)).map(({ id, d }): Late => ({ what: 'headline', id, title: d.text })),
    ...missing(solved, recap.solved.map(one => one.issue)).map(({ id, d }): Late => ({ what: 'solved', id, title: d.title })),
  ]
}

function lateScores(recap: Recap, { sheet, seat }: Around): Late[] {
  const sheets = new Map(sheet.map(({ id, d }) => [id, d]))
  const agents = new Set(seat.filter(({ d }) => d.kind === 'agent').map(({ id }) => id))
  return recap.scores.flatMap(({ kpi, title, period, value: was }): Late[] => {
    const value = countedEntry(sheets.get(sheetId(kpi, quarterOf(period))), period, writer => agents.has(writer))?.entry.value ?? null
    return value === was ? [] : [{ what: 'score', kpi, title, value, was }]
  })
}
