import type { Ballot } from './ballot.ts'
import type { Contract } from './contract.ts'
import type { Delivery } from './delivery.ts'
import type { Headline } from './headline.ts'
import type { Issue } from './issue.ts'
import type { Kpi } from './kpi.ts'
import type { Meeting } from './meeting.ts'
import type { Member } from './member.ts'
import type { Org } from './org.ts'
import type { Priority } from './priority.ts'
import type { Procedure } from './procedure.ts'
import type { Proposal } from './proposal.ts'
import type { Recap } from './recap.ts'
import type { Review } from './review.ts'
import type { Round } from './round.ts'
import type { Seat } from './seat.ts'
import type { Sheet } from './sheet.ts'
import type { Team } from './team.ts'
import type { Todo } from './todo.ts'

/** The body of each kind of record. */
export interface Bodies {
  org: Org
  member: Member
  team: Team
  seat: Seat
  kpi: Kpi
  sheet: Sheet
  issue: Issue
  round: Round
  ballot: Ballot
  todo: Todo
  headline: Headline
  priority: Priority
  contract: Contract
  delivery: Delivery
  review: Review
  procedure: Procedure
  proposal: Proposal
  meeting: Meeting
  recap: Recap
}

export type Kind = keyof Bodies
export type Collection = 'records' | 'scores'
export type Body = Record<string, unknown>

/**
 * A record as every replica holds it. `v` names its content; `parent`, `owner`, `when` and `rank`
 * are derived from the body by {@link indexOf} and are '' where the kind has none.
 */
export interface Doc<K extends Kind = Kind> {
  id: string
  kind: K
  v: string
  parent: string
  owner: string
  when: string
  rank: string
  d: Bodies[K]
}

interface Index { parent: string, owner: string, when: string, rank: string }

const none: Index = { parent: '', owner: '', when: '', rank: '' }

/** The indexed fields of a record, from its body: the same on every replica. */
export function indexOf(kind: Kind, body: Body): Index {
  const text = (field: string) => typeof body[field] === 'string' ? body[field] : ''
  const time = (field: string) => typeof body[field] === 'number' ? String(body[field]).padStart(15, '0') : ''
  switch (kind) {
    case 'org':
    case 'member':
    case 'team': return none
    case 'seat': return { ...none, parent: text('reportsTo'), owner: text('holder') || text('owner') }
    case 'kpi': return { ...none, parent: text('seat') }
    case 'sheet': return { ...none, parent: text('kpi'), when: text('quarter') }
    case 'issue': return { ...none, parent: text('team'), owner: text('raisedBy'), when: time('raisedAt') }
    case 'round': return { ...none, parent: text('team'), when: time('openedAt') }
    case 'ballot': return { ...none, parent: text('round'), owner: text('voter') }
    case 'todo': return { ...none, parent: text('issue'), owner: text('owner'), when: text('due') }
    case 'headline': return { ...none, parent: text('team'), owner: text('saidBy'), when: time('saidAt') }
    case 'priority': return { ...none, parent: text('seat'), owner: text('private'), when: text('quarter') }
    case 'contract': return { ...none, parent: text('from'), owner: text('to') }
    case 'delivery': return { ...none, parent: text('contract'), owner: text('to'), when: time('sentAt') }
    case 'review': return { ...none, parent: text('seat'), owner: text('by'), when: time('at') }
    case 'procedure': return { ...none, parent: text('seat') }
    case 'proposal': return { ...none, parent: text('seat'), when: time('at') }
    case 'meeting': return { ...none, parent: text('team'), when: time('startedAt') }
    case 'recap': return { ...none, parent: text('team'), when: time('startedAt') }
  }
}

/** What a field that names a record names. */
const namedBy: Record<string, Kind> = { reportsTo: 'seat', holder: 'member', owner: 'member', seat: 'seat', kpi: 'kpi', team: 'team', round: 'round', issue: 'issue', from: 'seat', to: 'seat', contract: 'contract' }

/** The records a record cannot exist without, each of its own kind: the server asks for them before it takes the child. */
export function neededBy(kind: Kind, body: Body): { kind: Kind, id: string }[] {
  const fields: Record<Kind, string[]> = {
    org: [],
    member: [],
    team: [],
    seat: ['reportsTo', 'holder', 'owner'],
    kpi: ['seat'],
    sheet: ['kpi'],
    issue: ['team', 'seat', 'kpi'],
    round: ['team'],
    ballot: ['round'],
    todo: ['owner', 'issue', 'seat', 'team'],
    headline: ['team'],
    priority: ['seat'],
    contract: ['from', 'to'],
    delivery: ['contract', 'from', 'to'],
    review: ['seat'],
    procedure: ['seat'],
    proposal: ['seat'],
    meeting: ['team'],
    recap: ['team'],
  }
  return fields[kind].flatMap((field) => {
    const id = body[field]
    // A to-do's owner may be an agent's seat.
    const named = kind === 'todo' && field === 'owner' && String(id).startsWith('seat_') ? 'seat' : namedBy[field]
    return typeof id === 'string' && named ? [{ kind: named, id }] : []
  })
}

/** The ids of {@link neededBy}. */
export const needs = (kind: Kind, body: Body) => neededBy(kind, body).map(({ id }) => id)

export function collectionOf(kind: Kind): Collection {
  return kind === 'sheet' ? 'scores' : 'records'
}
