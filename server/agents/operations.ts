import type { Agent } from '../domain/agentKeys.ts'
import type { AgentDeps } from './desk.ts'
import type { Operation } from './operation.ts'
import { z } from 'zod'
import { noteRefusal } from '../domain/agentKeys.ts'
import { Problem } from '../domain/problem.ts'
import { atDesk } from './desk.ts'
import { finished, finishInput, finishTodo } from './finish.ts'
import { handoffOperations } from './handoffOperations.ts'
import { operation } from './operation.ts'
import { raised, raiseInput, raiseIssue } from './raise.ts'
import { readIssues, readSeat } from './readSeat.ts'
import { reported, reportScore, reportUnavailable, scoreInput, unavailableInput } from './report.ts'
import { issueView, seatView } from './view.ts'

const nothing = z.strictObject({})
const issueList = z.object({ issues: z.array(issueView) })

export const operations: readonly Operation[] = [
  {
    name: 'read_my_seat',
    title: 'Read my seat',
    says: 'What your seat answers for, its mandate, its KPIs with goals and last scores, open to-dos, procedures and handoffs. Start here.',
    method: 'get',
    path: '/seat',
    reads: true,
    isRepeatable: true,
    input: nothing,
    output: seatView,
    run: (deps, agent) => atDesk(deps, agent, readSeat),
  },
  {
    name: 'list_team_issues',
    title: 'List my team\'s open issues',
    says: 'The open issues of the teams your seat is in, newest first.',
    method: 'get',
    path: '/issues',
    reads: true,
    isRepeatable: true,
    input: nothing,
    output: issueList,
    run: async (deps, agent) => ({ issues: await atDesk(deps, agent, readIssues) }),
  },
  operation({
    name: 'report_score',
    title: 'Report a score',
    says: 'Reports the value of one of your KPIs for a period, with a line of evidence. Sending the same again changes nothing.',
    method: 'put',
    path: '/kpis/{kpi}/scores/{period}',
    isRepeatable: true,
    input: scoreInput,
    output: reported,
    run: reportScore,
  }),
  operation({
    name: 'report_unavailable',
    title: 'Say that a score is unavailable',
    says: 'Says that the value of one of your KPIs cannot be reported for a period, and why. Never make a number up: say this instead.',
    method: 'put',
    path: '/kpis/{kpi}/scores/{period}/unavailable',
    isRepeatable: true,
    input: unavailableInput,
    output: reported,
    run: reportUnavailable,
  }),
  operation({
    name: 'raise_issue',
    title: 'Raise an issue',
    says: 'Raises a problem, an opportunity or a decision to take with your team. At most 20 a day.',
    method: 'post',
    path: '/issues',
    isRepeatable: false,
    input: raiseInput,
    output: raised,
    run: raiseIssue,
  }),
  operation({
    name: 'finish_todo',
    title: 'Finish a to-do',
    says: 'Says that one of your own to-dos is done. Doing it again changes nothing.',
    method: 'post',
    path: '/todos/{todo}/finish',
    isRepeatable: true,
    input: finishInput,
    output: finished,
    run: finishTodo,
  }),
  ...handoffOperations,
]

/** What this key may ask for. */
export const operationsFor = ({ key }: Agent) => operations.filter(({ reads }) => reads || key.scope === 'all')

/** Carries an operation out, or throws a problem; what was refused is noted at the key. */
export async function perform(deps: AgentDeps, agent: Agent, asked: Operation, given: unknown): Promise<Record<string, unknown>> {
  try {
    if (!operationsFor(agent).includes(asked))
      throw new Problem('key-scope')
    const input = asked.input.safeParse(given)
    if (!input.success)
      throw new Problem('invalid', { fields: [...new Set(input.error.issues.map(issue => issue.path.join('.')))], detail: z.prettifyError(input.error).slice(0, 1000) })
    return await asked.run(deps, agent, input.data)
  }
  catch (error) {
    if (error instanceof Problem)
      await noteRefusal(deps, agent.key, error.code)
    throw error
  }
}
