import type { Agent } from '../domain/agentKeys.ts'
import type { AgentDeps } from './desk.ts'
import { z } from 'zod'
import { newId } from '#shared/record/ids.ts'
import { Problem } from '../domain/problem.ts'
import { atDesk } from './desk.ts'
import { teamsOf } from './readSeat.ts'
import { withinShare } from './share.ts'
import { waiting } from './view.ts'
import { storedOf, writeAsAgent } from './write.ts'

const urgencies = ['normal', 'soon', 'today'] as const

export const raiseInput = z.strictObject({
  title: z.string().max(300).regex(/\S/).describe('One line.'),
  detail: z.string().max(4000).optional(),
  kpi: z.string().min(1).max(120).optional().describe('The KPI of your seat it is about.'),
  urgency: z.enum(urgencies).optional(),
  requestId: z.string().regex(/^[\w-]{1,60}$/).optional().describe('A name of your own for this request: sent twice, it raises one issue.'),
})
export const raised = z.object({ issue: z.string(), changed: z.boolean().describe('False where this request had raised it already.'), waiting })

/** Raises an issue in the seat's own name, in the first of its teams. */
export async function raiseIssue(deps: AgentDeps, agent: Agent, { title, detail, kpi, urgency, requestId }: z.infer<typeof raiseInput>): Promise<z.infer<typeof raised>> {
  const now = deps.now()
  const id = requestId === undefined ? newId('issue', now, bytes => crypto.getRandomValues(bytes)) : `iss_agent.${agent.seat}.${requestId}`
  const held = await storedOf(deps, agent, 'issue', id)
  if (held && held.body.raisedBy !== agent.seat)
    throw new Problem('not-yours')
  if (held)
    return { issue: id, changed: false }
  const [team] = await atDesk(deps, agent, teamsOf)
  const earlier = await deps.store.glance(tx => tx.docsByOwner(agent.org, agent.seat, 'issue'))
  const set = {
    title: title.trim(),
    ...detail?.trim() && { detail: detail.trim() },
    state: 'open',
    horizon: 'now',
    ...urgency && { urgency: urgencies.indexOf(urgency) },
    ...team && { team: team.id },
    seat: agent.seat,
    ...kpi !== undefined && { kpi },
    raisedBy: agent.seat,
    raisedAt: now,
  }
  const times = earlier.map(({ body }) => Number(body.raisedAt))
  const { waiting: proposal } = await withinShare(deps, agent.seat, 'raise', times, () => writeAsAgent(deps, agent, { kind: 'issue', id, set, action: 'raise_issue' }))
  return { issue: id, changed: !proposal, waiting: proposal }
}
