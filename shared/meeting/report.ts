import type { CivilDate } from '../kpi/civil.ts'
import type { Calendar, Period } from '../kpi/period.ts'
import type { Held } from '../lifecycle/around.ts'
import type { Cadence } from '../record/kpi.ts'
import type { Meeting } from '../record/meeting.ts'
import type { Round } from '../record/round.ts'
import type { Seat } from '../record/seat.ts'
import type { Team } from '../record/team.ts'
import { addPeriods, periodOf } from '../kpi/period.ts'
import { localDate } from '../kpi/zone.ts'

/** What a meeting's reports go back to: the end of the team's last one, else a week. */
export interface Since { at: number, day: CivilDate }

/** The seats of a team, by id. */
export const seatsIn = (team: Team) => Object.keys(team).filter(field => field.startsWith('seat/') && team[field as `seat/${string}`]).map(field => field.slice(5))

/** Who owns a team's to-dos: the holders of its seats, and its agents' seats. */
export function workersIn(team: Team, seat: (id: string) => Seat | undefined): Set<string> {
  return new Set(seatsIn(team).flatMap((id) => {
    const found = seat(id)
    return found?.kind === 'agent' ? [id] : found?.holder ? [found.holder] : []
  }))
}

/** The end of the team's meeting that was over last before this one began, ms; else a week before. */
export function sinceAt(meeting: Pick<Meeting, 'startedAt' | 'team'>, meetings: readonly Held<'meeting'>[]): number {
  const ends = meetings.flatMap(({ d }) => d.team === meeting.team && d.state === 'closed' && d.closedAt !== undefined && d.closedAt <= meeting.startedAt ? [d.closedAt] : [])
  return ends.length ? Math.max(...ends) : meeting.startedAt - 7 * 86_400_000
}

export function sinceOf(meeting: Pick<Meeting, 'startedAt' | 'team'>, meetings: readonly Held<'meeting'>[], zone: string): Since {
  const at = sinceAt(meeting, meetings)
  return { at, day: localDate(at, zone) }
}

/** The period a meeting reports: the newest that had ended on its day. */
export const reportedPeriod = (cadence: Cadence, day: CivilDate, calendar: Calendar): Period => addPeriods(periodOf(cadence, day, calendar), -1, calendar)

/** Whether a vote belongs to a meeting: it was opened in it, or the team closed it while the meeting ran. */
export function isVoteOf(id: string, meeting: Pick<Meeting, 'team' | 'startedAt' | 'closedAt'>, round: Round): boolean {
  const { team, startedAt, closedAt = Infinity } = meeting
  return round.meeting ? round.meeting === id : round.team === team && round.closedAt !== undefined && round.closedAt >= startedAt && round.closedAt <= closedAt
}

/** The team's priorities of the quarter of the day, nobody's private ones. */
export function reportedPriorities<H extends Held<'priority'>>(team: Team, priorities: readonly H[], day: CivilDate, calendar: Calendar): H[] {
  const quarter = periodOf('quarter', day, calendar)
  return priorities.filter(({ d }) => team[`seat/${d.seat}`] && d.quarter === quarter && !d.private && !d.archived && d.state !== 'dropped')
    .sort((one, other) => one.d.due < other.d.due ? -1 : one.d.due > other.d.due ? 1 : one.id < other.id ? -1 : 1)
}

/** The news since the last meeting, the oldest first; what was said in this very meeting belongs to it whatever its writer's clock said. */
export function reportedHeadlines<H extends Held<'headline'>>(id: string, team: string, headlines: readonly H[], since: Since): H[] {
  return headlines.filter(({ d }) => !d.archived && (d.meeting ? d.meeting === id : d.team === team && d.saidAt > since.at))
    .sort((one, other) => one.d.saidAt - other.d.saidAt || (one.id < other.id ? -1 : 1))
}

/** The team's to-dos that were due since the last meeting, and what is open from before: the done rate is of these. */
export function reportedTodos<H extends Held<'todo'>>({ team, teamId, todos, seat, since, day }: { team: Team, teamId: string, todos: readonly H[], seat: (id: string) => Seat | undefined, since: Since, day: CivilDate }): { due: H[], done: number } {
  const workers = workersIn(team, seat)
  const due = todos.filter(({ d }) => !d.archived && (d.team ? d.team === teamId : workers.has(d.owner)) && d.due <= day && (d.due > since.day || d.state === 'open'))
    .sort((one, other) => one.d.due < other.d.due ? -1 : one.d.due > other.d.due ? 1 : one.id < other.id ? -1 : 1)
  return { due, done: due.filter(({ d }) => d.state !== 'open').length }
}
