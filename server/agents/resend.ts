import type { z } from 'zod'
import type { Contract } from '#shared/record/contract.ts'
import type { Delivery } from '#shared/record/delivery.ts'
import type { Agent } from '../domain/agentKeys.ts'
import type { AgentDeps } from './desk.ts'
import type { sentInput, stepTaken } from './handoffs.ts'
import { renewed, renewedId, stepFields, stepsOf } from '#shared/handoff/step.ts'
import { Problem } from '../domain/problem.ts'
import { writeAsServer } from '../sync/writeAsServer.ts'
import { atDesk } from './desk.ts'
import { hopsTo } from './handoffs.ts'
import { sendTimes, withinShare } from './share.ts'
import { storedOf, writeAsAgent } from './write.ts'

type Taken = z.infer<typeof stepTaken>
interface Sent { handoff: string, delivery: Delivery, hours: number }

/** Sends anew what came back or was not done well. What nobody accepted stays as missed, and another goes in its place. */
export async function resendHandoff(deps: AgentDeps, agent: Agent, { handoff }: z.infer<typeof sentInput>): Promise<Taken> {
  const delivery = (await storedOf(deps, agent, 'delivery', handoff))?.body as Delivery | undefined
  const contract = (await storedOf(deps, agent, 'contract', String(delivery?.contract)))?.body as Contract | undefined
  if (!contract || delivery?.from !== agent.seat)
    throw new Problem('not-yours')
  const [step] = stepsOf(delivery, { sends: true, receives: false }, deps.now()).filter(open => open === 'resend' || open === 'renew')
  const sent = { handoff, delivery, hours: contract.hours }
  if (step === 'resend')
    return sendAnew(deps, agent, sent)
  if (step === 'renew' || await storedOf(deps, agent, 'delivery', renewedId(handoff)))
    return replace(deps, agent, sent)
  if (delivery.state === 'sent' && !delivery.archived)
    return { handoff, state: 'sent', changed: false }
  throw new Problem('wrong-state')
}

async function sendAnew(deps: AgentDeps, agent: Agent, { handoff, delivery, hours }: Sent): Promise<Taken> {
  const set = stepFields(delivery, 'resend', { by: agent.seat, now: deps.now(), hours })
  const { waiting } = await withinShare(deps, agent.seat, 'send', await sendTimes(deps, agent), () => writeAsAgent(deps, agent, { kind: 'delivery', id: handoff, set, action: 'send_handoff' }))
  return { handoff, state: waiting ? delivery.state : 'sent', changed: !waiting, waiting }
}

/** The missed one is put away by the server, also where the line broke between the two, and never before another is in its place. */
async function replace(deps: AgentDeps, agent: Agent, { handoff: missed, delivery, hours }: Sent): Promise<Taken> {
  const handoff = renewedId(missed)
  const held = (await storedOf(deps, agent, 'delivery', handoff))?.body as Delivery | undefined
  const hops = Math.max(delivery.hops ?? 0, await atDesk(deps, agent, hopsTo))
  const set = { ...renewed(delivery, { by: agent.seat, now: deps.now(), hours }), hops }
  const { waiting } = held ? {} : await withinShare(deps, agent.seat, 'send', await sendTimes(deps, agent), () => writeAsAgent(deps, agent, { kind: 'delivery', id: handoff, set, action: 'send_handoff' }))
  if (!waiting && !delivery.archived)
    await writeAsServer(deps.sync, agent.org, agent.seat, [{ kind: 'delivery', id: missed, set: { archived: true } }])
  return { handoff, state: held?.state ?? 'sent', changed: !held && !waiting, waiting }
}
