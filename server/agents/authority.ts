import type { Kind } from '#shared/record/envelope.ts'
import type { Seat } from '#shared/record/seat.ts'
import type { Agent } from '../domain/agentKeys.ts'
import type { StoredDoc } from '../store/port.ts'
import type { AgentDeps } from './desk.ts'

/** What an agent does beyond its own scores; a seat's `may/<action>` says how often a day it may alone. */
export type Action = 'raise_issue' | 'finish_todo' | 'send_handoff' | 'accept_handoff' | 'return_handoff' | 'finish_handoff'

const day = 24 * 60 * 60 * 1000

/** Whether the seat's authority covers this: all within its mandate, or so many a day of what is listed; else a person decides. */
export async function actsAlone(deps: AgentDeps, agent: Agent, seat: Seat, action: Action): Promise<boolean> {
  if (seat.authority === 'full')
    return true
  const allowed = seat.authority === 'bounded' ? seat[`may/${action}`] ?? 0 : 0
  return allowed > 0 && await doneToday(deps, agent, action) < allowed
}

/** How often it did so in the last 24 hours, by the records. */
async function doneToday({ store, now }: AgentDeps, { org, seat }: Agent, action: Action): Promise<number> {
  const since = now() - day
  const count = (docs: StoredDoc[], at: string, fits: (doc: StoredDoc) => boolean = () => true) => docs.filter(doc => Number(doc.body[at] ?? 0) > since && fits(doc)).length
  const owned = (kind: Kind) => store.glance(tx => tx.docsByOwner(org, seat, kind))
  switch (action) {
    case 'raise_issue': return count(await owned('issue'), 'raisedAt')
    case 'finish_todo': return count(await owned('todo'), 'doneAt')
    case 'send_handoff': return count(await store.glance(tx => tx.docsByKind(org, 'delivery')), 'sentAt', ({ body }) => body.sentBy === seat)
    case 'accept_handoff':
    case 'return_handoff':
    case 'finish_handoff': return count(await owned('delivery'), 'stateAt', ({ body }) => body.stateBy === seat)
  }
}
