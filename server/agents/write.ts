import type { AgentAction } from '#shared/lifecycle/limits.ts'
import type { Body, Kind } from '#shared/record/envelope.ts'
import type { Seat } from '#shared/record/seat.ts'
import type { Agent } from '../domain/agentKeys.ts'
import type { StoredDoc } from '../store/port.ts'
import type { AgentDeps } from './desk.ts'
import { Problem } from '../domain/problem.ts'
import { commit } from '../sync/commit.ts'
import { actsAlone } from './authority.ts'
import { propose } from './propose.ts'
import { problemOf } from './refusal.ts'

/** What an agent writes. Without an `action` it needs nobody's leave: its own scores. */
export interface AgentWrite { kind: Kind, id: string, set: Body, action?: AgentAction }

/** One record of the agent's company as it now is, whoever may see it. */
export async function storedOf({ store }: AgentDeps, { org }: Agent, kind: Kind, id: string): Promise<StoredDoc | undefined> {
  const [doc] = await store.glance(tx => tx.docs(org, [id]))
  return doc?.kind === kind && !doc.deleted ? doc : undefined
}

/**
 * Writes fields as the agent's seat, by the door everybody's writes take: the access table and the rules decide there.
 * What its authority does not cover waits as a proposal instead, and the answer names that.
 */
export async function writeAsAgent(deps: AgentDeps, agent: Agent, write: AgentWrite): Promise<{ waiting?: string }> {
  const { kind, id, set: fields, action } = write
  const seat = (await storedOf(deps, agent, 'seat', agent.seat))?.body as Seat | undefined
  if (action && seat && !await actsAlone(deps, agent, seat, action))
    return { waiting: await propose(deps, agent, write) }
  const [stored] = await deps.store.glance(tx => tx.docs(agent.org, [id]))
  const v = deps.sync.clock.next(stored?.v, ...Object.values(stored?.stamps ?? {}))
  const set = Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, [value, v] as [unknown, string]]))
  const { rows: [answer] } = await commit(deps.sync, { org: agent.org, member: agent.seat, role: 'agent' }, [{ id, kind, base: stored?.v ?? '', v, set }])
  // Whether what it names exists elsewhere is not told.
  if (answer?.later)
    throw new Problem('not-yours')
  if (answer?.refused)
    throw problemOf(answer.refused)
  return {}
}
