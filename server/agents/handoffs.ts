import type { HandoffStep } from '#shared/handoff/step.ts'
import type { Contract } from '#shared/record/contract.ts'
import type { Delivery } from '#shared/record/delivery.ts'
import type { Agent } from '../domain/agentKeys.ts'
import type { AgentDeps, Desk } from './desk.ts'
import { z } from 'zod'
import { hopsOf } from '#shared/handoff/hops.ts'
import { dueAfter } from '#shared/handoff/state.ts'
import { stepFields, stepsOf } from '#shared/handoff/step.ts'
import { newId } from '#shared/record/ids.ts'
import { deliveryStates } from '#shared/record/workState.ts'
import { Problem } from '../domain/problem.ts'
import { atDesk } from './desk.ts'
import { sendTimes, withinShare } from './share.ts'
import { waiting } from './view.ts'
import { storedOf, writeAsAgent } from './write.ts'

const id = z.string().min(1).max(120)
const handoff = id.describe('The id of a handoff to your seat.')

export const sendInput = z.strictObject({
  contract: id.describe('The id of a contract from your seat.'),
  title: z.string().max(300).regex(/\S/).describe('One line: what you pass on.'),
  detail: z.string().max(4000).optional(),
  requestId: z.string().regex(/^[\w-]{1,60}$/).optional().describe('A name of your own for this request: sent twice, it passes on once.'),
})
export const stepInput = z.strictObject({ handoff })
export const sentInput = z.strictObject({ handoff: id.describe('The id of a handoff from your seat.') })
export const returnInput = z.strictObject({ handoff, reason: z.string().max(1000).regex(/\S/).describe('Why you send it back.') })
export const stepTaken = z.object({ handoff: z.string(), state: z.enum(deliveryStates), changed: z.boolean().describe('False where it stood so already.'), waiting })

type Taken = z.infer<typeof stepTaken>

/** Passes something on under a contract of the seat's. How far it has come through agents is counted here, never taken on trust. */
export async function sendHandoff(deps: AgentDeps, agent: Agent, { contract: under, title, detail, requestId }: z.infer<typeof sendInput>): Promise<Taken> {
  const now = deps.now()
  const handoff = requestId === undefined ? newId('delivery', now, bytes => crypto.getRandomValues(bytes)) : `delivery_agent.${agent.seat}.${requestId}`
  const held = (await storedOf(deps, agent, 'delivery', handoff))?.body as Delivery | undefined
  if (held && held.sentBy !== agent.seat)
    throw new Problem('not-yours')
  if (held)
    return { handoff, state: held.state, changed: false }
  const contract = (await storedOf(deps, agent, 'contract', under))?.body as Contract | undefined
  if (!contract)
    throw new Problem('not-yours')
  const hops = await atDesk(deps, agent, hopsTo)
  const said = { title: title.trim(), ...detail?.trim() && { detail: detail.trim() } }
  const set = { contract: under, from: contract.from, to: contract.to, ...said, sentBy: agent.seat, sentAt: now, due: dueAfter(now, contract.hours), state: 'sent', hops }
  const { waiting: proposal } = await withinShare(deps, agent.seat, 'send', await sendTimes(deps, agent), () => writeAsAgent(deps, agent, { kind: 'delivery', id: handoff, set, action: 'send_handoff' }))
  return { handoff, state: 'sent', changed: !proposal, waiting: proposal }
}

export const acceptHandoff = (deps: AgentDeps, agent: Agent, { handoff }: z.infer<typeof stepInput>) => take(deps, agent, handoff, 'accept')
export const finishHandoff = (deps: AgentDeps, agent: Agent, { handoff }: z.infer<typeof stepInput>) => take(deps, agent, handoff, 'done')
export const verifyHandoff = (deps: AgentDeps, agent: Agent, { handoff }: z.infer<typeof sentInput>) => take(deps, agent, handoff, 'verify')
export const returnHandoff = (deps: AgentDeps, agent: Agent, { handoff, reason }: z.infer<typeof returnInput>) => take(deps, agent, handoff, 'return', reason)

const actionOf = { accept: 'accept_handoff', done: 'finish_handoff', return: 'return_handoff', verify: 'verify_handoff' } as const
const stateAfter = { accept: 'accepted', done: 'done', return: 'returned', verify: 'verified' } as const

async function take(deps: AgentDeps, agent: Agent, handoff: string, step: HandoffStep & keyof typeof stateAfter, reason?: string): Promise<Taken> {
  const delivery = (await storedOf(deps, agent, 'delivery', handoff))?.body as Delivery | undefined
  const ends = { sends: step === 'verify', receives: step !== 'verify' }
  if (!delivery || (ends.sends ? delivery.from : delivery.to) !== agent.seat)
    throw new Problem('not-yours')
  const state = stateAfter[step]
  if (delivery.state === state && !delivery.archived)
    return { handoff, state, changed: false }
  const now = deps.now()
  if (!stepsOf(delivery, ends, now).includes(step))
    throw new Problem('wrong-state')
  const set = stepFields(delivery, step, { by: agent.seat, now, hours: 0, ...reason !== undefined && { reason } })
  const { waiting: proposal } = await writeAsAgent(deps, agent, { kind: 'delivery', id: handoff, set, action: actionOf[step] })
  return { handoff, state: proposal ? delivery.state : state, changed: !proposal, waiting: proposal }
}

/** How far what this agent sends has come. */
export async function hopsTo(desk: Desk): Promise<number> {
  const received = (await desk.owned('delivery')).map(({ body }) => body as unknown as Delivery)
  const agents = new Set<string>()
  for (const { sentBy } of received) {
    if (await desk.quote.isAgent(sentBy))
      agents.add(sentBy)
  }
  return hopsOf(received, by => agents.has(by))
}
