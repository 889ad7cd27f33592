import type { Org } from '#shared/record/org.ts'
import type { Todo } from '#shared/record/todo.ts'
import type { Agent } from '../domain/agentKeys.ts'
import type { AgentDeps } from './desk.ts'
import { z } from 'zod'
import { localDate } from '#shared/kpi/zone.ts'
import { nextTodo, todoFields } from '#shared/tasks/todo.ts'
import { Problem } from '../domain/problem.ts'
import { writeAsServer } from '../sync/writeAsServer.ts'
import { waiting } from './view.ts'
import { storedOf, writeAsAgent } from './write.ts'

export const finishInput = z.strictObject({ todo: z.string().min(1).max(120).describe('The id of an open to-do of yours.') })
export const finished = z.object({ todo: z.string(), changed: z.boolean().describe('False where it was done already.'), next: z.string().optional().describe('The to-do that follows one that comes again.'), waiting })

/** Says that a to-do of the seat's is done; who asked for it verifies. */
export async function finishTodo(deps: AgentDeps, agent: Agent, { todo: id }: z.infer<typeof finishInput>): Promise<z.infer<typeof finished>> {
  const todo = (await storedOf(deps, agent, 'todo', id))?.body as Todo | undefined
  if (!todo)
    throw new Problem('not-yours')
  if (todo.owner === agent.seat && todo.state !== 'open')
    return { todo: id, changed: false }
  const now = deps.now()
  const { waiting: proposal } = await writeAsAgent(deps, agent, { kind: 'todo', id, set: { ...todoFields(todo, 'done', now) }, action: 'finish_todo' })
  if (proposal)
    return { todo: id, changed: false, waiting: proposal }
  const org = (await storedOf(deps, agent, 'org', agent.org))?.body as unknown as Org
  const next = nextTodo(id, todo, localDate(now, org.timeZone))
  // Its person's device would write it down when they tick it off; for an agent the server does.
  if (next && !await storedOf(deps, agent, 'todo', next.id))
    await writeAsServer(deps.sync, agent.org, agent.seat, [{ kind: 'todo', id: next.id, set: { ...next.body } }])
  return { todo: id, changed: true, ...next && { next: next.id } }
}
