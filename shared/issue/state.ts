import type { Issue } from '../record/issue.ts'
import type { IssueState } from '../record/issueState.ts'
import { issueStates } from '../record/issueState.ts'
import { toState } from '../tasks/progress.ts'

type StateOf = Pick<Issue, 'state' | 'reopened'>

/** The fields that take an issue to a state: going back counts as reopening it, and says so. */
export function stateFields(issue: StateOf, state: IssueState, now: number): Pick<Issue, 'state' | 'reopened' | 'solvedAt'> {
  return { ...toState(issueStates, issue, state), ...state === 'solved' && { solvedAt: now } }
}

/** Why an issue cannot go to this state: solving takes a decision in words, or a to-do with an owner and a date. */
export function refuseIssueState(issue: Pick<Issue, 'decision'>, state: IssueState, hasToDo: boolean): 'no-decision' | undefined {
  return state === 'solved' && !issue.decision?.trim() && !hasToDo ? 'no-decision' : undefined
}
