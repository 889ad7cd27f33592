import type { CivilDate } from '#shared/kpi/civil.ts'
import type { Kind } from '#shared/record/envelope.ts'
import type { Org } from '#shared/record/org.ts'
import type { Agent } from '../domain/agentKeys.ts'
import type { Deps } from '../domain/deps.ts'
import type { Limits } from '../http/limits.ts'
import type { ReadTx, StoredDoc } from '../store/port.ts'
import type { Quoter } from './quote.ts'
import { localDate } from '#shared/kpi/zone.ts'
import { canSee } from '../sync/sight.ts'
import { createQuoter } from './quote.ts'

/** What the operations of agents may use. */
export interface AgentDeps extends Deps {
  limits: Limits
  /** Issues a seat may raise in a day, and handoffs it may send. */
  most: { raise: number, send: number }
}

/** One moment of the company, as an agent may look at it: living records that everybody may see. */
export interface Desk {
  agent: Agent
  org: Org
  now: number
  today: CivilDate
  quote: Quoter
  docs: (ids: readonly string[]) => Promise<StoredDoc[]>
  children: (parent: string, kind: Kind) => Promise<StoredDoc[]>
  owned: (kind: Kind) => Promise<StoredDoc[]>
  ofKind: (kind: Kind) => Promise<StoredDoc[]>
}

/** Reads in one snapshot. */
export function atDesk<T>({ store, now }: AgentDeps, agent: Agent, work: (desk: Desk) => Promise<T>): Promise<T> {
  return store.read(async (tx) => {
    const [doc] = await tx.docs(agent.org, [agent.org])
    return work(deskOf(tx, agent, doc?.body as unknown as Org, now()))
  })
}

function deskOf(tx: ReadTx, agent: Agent, org: Org, now: number): Desk {
  const seen = (docs: StoredDoc[]) => docs.filter(doc => !doc.deleted && canSee(doc, agent.seat))
  return {
    agent,
    org,
    now,
    today: localDate(now, org.timeZone),
    quote: createQuoter(tx, agent.org),
    docs: async ids => seen(await tx.docs(agent.org, ids)),
    children: async (parent, kind) => seen(await tx.docsByParent(agent.org, parent, kind)),
    owned: async kind => seen(await tx.docsByOwner(agent.org, agent.seat, kind)),
    ofKind: async kind => seen(await tx.docsByKind(agent.org, kind)),
  }
}
