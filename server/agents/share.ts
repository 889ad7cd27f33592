import type { Delivery } from '#shared/record/delivery.ts'
import type { Agent } from '../domain/agentKeys.ts'
import type { ProblemCode } from '../domain/problem.ts'
import type { StoredDoc } from '../store/port.ts'
import type { AgentDeps } from './desk.ts'
import { Problem } from '../domain/problem.ts'

const day = 24 * 60 * 60 * 1000
const codes = { raise: 'issues-full', send: 'handoffs-full' } as const satisfies Record<keyof AgentDeps['most'], ProblemCode>

/**
 * Takes one of what a seat may do in a day, and gives it back where the work is refused. Counted by the records, whichever
 * process took them (`times`, when each was), and here by the request, for those that come at once.
 */
export async function withinShare<T>(deps: AgentDeps, seat: string, what: keyof AgentDeps['most'], times: readonly number[], work: () => Promise<T>): Promise<T> {
  const { limits, most, now } = deps
  const lately = times.filter(at => at > now() - day)
  if (lately.length >= most[what])
    throw new Problem(codes[what], { retryAfter: (Math.min(...lately) + day - now()) / 1000 })
  await limits.spend(what, seat).catch((error: unknown) => {
    throw error instanceof Problem ? new Problem(codes[what], { retryAfter: error.retryAfter }) : error
  })
  return work().catch(async (error: unknown) => {
    await limits.giveBack(what, seat)
    throw error
  })
}

/** Everything that went out under the seat's contracts. */
export function deliveriesFrom({ store }: Pick<AgentDeps, 'store'>, { org, seat }: Pick<Agent, 'org' | 'seat'>): Promise<StoredDoc[]> {
  return store.read(async (tx) => {
    const sent: StoredDoc[] = []
    for (const { id } of await tx.docsByParent(org, seat, 'contract'))
      sent.push(...await tx.docsByParent(org, id, 'delivery'))
    return sent
  })
}

/** When this seat sent each of its handoffs, and sent anew those that wait for an answer once more. */
export async function sendTimes(deps: AgentDeps, agent: Agent): Promise<number[]> {
  const sent = (await deliveriesFrom(deps, agent)).map(({ body }) => body as unknown as Delivery)
  return sent.flatMap(({ sentBy, sentAt, state, stateBy, stateAt = 0 }) => [...sentBy === agent.seat ? [sentAt] : [], ...state === 'sent' && stateBy === agent.seat ? [stateAt] : []])
}
