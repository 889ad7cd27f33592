import type { AgentAction } from '#shared/lifecycle/limits.ts'
import type { Kind } from '#shared/record/envelope.ts'
import type { Seat } from '#shared/record/seat.ts'
import type { Agent } from '../domain/agentKeys.ts'
import type { StoredDoc } from '../store/port.ts'
import type { AgentDeps } from './desk.ts'
import { limitOf } from '#shared/lifecycle/limits.ts'
import { deliveriesFrom, sendTimes } from './share.ts'

const day = 24 * 60 * 60 * 1000

/** Whether the seat's authority covers this: all within its mandate, or so many a day of what is listed; else a person decides. */
export async function actsAlone(deps: AgentDeps, agent: Agent, seat: Seat, action: AgentAction): Promise<boolean> {
  if (seat.authority === 'full')
    return true
  const allowed = seat.authority === 'bounded' ? limitOf(seat, action) : 0
  return allowed > 0 && await doneToday(deps, agent, action) < allowed
}

/** How often it did so in the last 24 hours, by the records; what a person did for it in the same place counts too. */
async function doneToday(deps: AgentDeps, agent: Agent, action: AgentAction): Promise<number> {
  const { store, now } = deps
  const { org, seat } = agent
  const since = now() - day
  const count = (docs: StoredDoc[], at: string, fits: (doc: StoredDoc) => boolean = () => true) => docs.filter(doc => Number(doc.body[at] ?? 0) > since && fits(doc)).length
  const owned = (kind: Kind) => store.glance(tx => tx.docsByOwner(org, seat, kind))
  switch (action) {
    case 'raise_issue': return count(await owned('issue'), 'raisedAt')
    case 'finish_todo': return count(await owned('todo'), 'doneAt')
    case 'send_handoff': return (await sendTimes(deps, agent)).filter(at => at > since).length
    case 'accept_handoff': return count(await owned('delivery'), 'acceptedAt')
    case 'return_handoff': return count(await owned('delivery'), 'stateAt', ({ body }) => body.state === 'returned')
    case 'finish_handoff': return count(await owned('delivery'), 'stateAt', ({ body }) => body.state === 'done' || body.state === 'verified')
    case 'verify_handoff': return count(await deliveriesFrom(deps, agent), 'stateAt', ({ body }) => body.state === 'verified')
  }
}
