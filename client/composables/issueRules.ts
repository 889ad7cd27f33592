import type { Issue } from '#shared/record/issue.ts'
import type { Replica } from '../db/types.ts'
import type { Company } from './useCompany.ts'

export type Shelf = 'now' | 'later' | 'solved'
export const shelves: readonly Shelf[] = ['now', 'later', 'solved']

interface Held { id: string, d: Issue }

/** Where an issue stands in the lists. */
export const shelfOf = (issue: Issue): Shelf => issue.state === 'solved' ? 'solved' : issue.horizon

/** The urgent first, then the newest; solved ones by when they were solved. */
export function compareIssues(one: Held, other: Held): number {
  const when = ({ d }: Held) => d.state === 'solved' ? d.solvedAt ?? d.raisedAt : d.raisedAt
  const urgent = ({ d }: Held) => d.state === 'solved' ? 0 : d.urgency ?? 0
  return urgent(other) - urgent(one) || when(other) - when(one) || (one.id < other.id ? -1 : 1)
}

/** Raises an issue in this person's name, now; under a given id where it may be raised only once. */
export function raiseIssue(replica: Replica, { title, team, seat, kpi, meeting }: Pick<Issue, 'title' | 'team' | 'seat' | 'kpi' | 'meeting'>, id?: string): Promise<string> {
  return replica.add('issue', {
    title: title.trim().slice(0, 500),
    state: 'open',
    horizon: 'now',
    raisedBy: replica.member,
    raisedAt: replica.now(),
    ...team && { team },
    ...seat && { seat },
    ...kpi && { kpi },
    ...meeting && { meeting },
  }, id)
}

/** The first team a seat is in. */
export const teamOfSeat = ({ teams }: Company, seat: string) => teams.value.find(({ d }) => d[`seat/${seat}`])?.id

/** The one team this person is in, else the company's only one. */
export function teamOfMine({ teams, mySeats }: Company): string | undefined {
  const mine = teams.value.filter(({ d }) => mySeats.value.some(seat => d[`seat/${seat.id}`]))
  const choice = mine.length ? mine : teams.value
  return choice.length === 1 ? choice[0]?.id : undefined
}
