import type { Issue } from '../record/issue.ts'
import type { IssueState } from '../record/issueState.ts'
import { issueStates } from '../record/issueState.ts'

type StateOf = Pick<Issue, 'state' | 'reopened'>

/** How far an issue has come: 0 open … 3 solved. */
export const stateRank = (state: IssueState) => issueStates.indexOf(state)

/** The state that stands when two were written apart: the one reopened more often, else the one further on. */
export function mergeState<S extends StateOf>(one: S, other: S): S {
  const reopened = (one.reopened ?? 0) - (other.reopened ?? 0)
  return (reopened || stateRank(one.state) - stateRank(other.state)) >= 0 ? one : other
}

/** The fields that take an issue to a state: going back counts as reopening it, and says so. */
export function stateFields(issue: StateOf, state: IssueState, now: number): Pick<Issue, 'state' | 'reopened' | 'solvedAt'> {
  const back = stateRank(state) < stateRank(issue.state)
  return {
    state,
    ...back && { reopened: (issue.reopened ?? 0) + 1 },
    ...state === 'solved' && { solvedAt: now },
  }
}

/** Why an issue cannot go to this state: solving takes a decision in words, or a to-do with an owner and a date. */
export function refuseIssueState(issue: Pick<Issue, 'decision'>, state: IssueState, hasToDo: boolean): 'no-decision' | undefined {
  return state === 'solved' && !issue.decision?.trim() && !hasToDo ? 'no-decision' : undefined
}
