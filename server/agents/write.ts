import type { Body, Kind } from '#shared/record/envelope.ts'
import type { Agent } from '../domain/agentKeys.ts'
import type { ProblemCode } from '../domain/problem.ts'
import type { StoredDoc } from '../store/port.ts'
import type { AgentDeps } from './desk.ts'
import { Problem } from '../domain/problem.ts'
import { commit } from '../sync/commit.ts'

const refusals: ReadonlySet<string> = new Set<ProblemCode>(['not-allowed', 'not-yours', 'not-your-entry', 'seat-stopped', 'wrong-period', 'bad-value', 'too-many-hops'])

/** One record of the agent's company as it now is, whoever may see it. */
export async function storedOf({ store }: AgentDeps, { org }: Agent, kind: Kind, id: string): Promise<StoredDoc | undefined> {
  const [doc] = await store.glance(tx => tx.docs(org, [id]))
  return doc?.kind === kind && !doc.deleted ? doc : undefined
}

/** Writes fields as the agent's seat, by the door everybody's writes take: the access table and the rules decide there. */
export async function writeAsAgent(deps: AgentDeps, { org, seat }: Agent, kind: Kind, id: string, fields: Body): Promise<void> {
  const [stored] = await deps.store.glance(tx => tx.docs(org, [id]))
  const v = deps.sync.clock.next(stored?.v, ...Object.values(stored?.stamps ?? {}))
  const set = Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, [value, v] as [unknown, string]]))
  const { rows: [answer] } = await commit(deps.sync, { org, member: seat, role: 'agent' }, [{ id, kind, base: stored?.v ?? '', v, set }])
  // Whether what it names exists elsewhere is not told.
  if (answer?.later)
    throw new Problem('not-yours')
  if (answer?.refused)
    throw new Problem(isKnown(answer.refused.code) ? answer.refused.code : 'invalid', { fields: answer.refused.fields })
}

function isKnown(code: string): code is ProblemCode {
  return refusals.has(code)
}
