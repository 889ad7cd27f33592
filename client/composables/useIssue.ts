import type { Issue } from '#shared/record/issue.ts'
import type { IssueState } from '#shared/record/issueState.ts'
import type { Fields } from '../db/types.ts'
import type { Company } from './useCompany.ts'
import { computed, shallowRef } from 'vue'
import { refuseIssueState, stateFields } from '#shared/issue/state.ts'
import { useRecord } from './useLive.ts'
import { usePredict } from './usePredict.ts'
import { useReplica } from './useReplica.ts'

/** One issue and its way from open to solved; `refused` says why it cannot be solved yet. Solved in a meeting, it says in which. */
export function useIssue(id: () => string, company: Company, meeting: () => string | undefined = () => undefined) {
  const replica = useReplica()
  const issue = useRecord<'issue'>(id)
  const { may } = usePredict(company)
  const refused = shallowRef<'no-decision'>()
  const mayEdit = computed(() => issue.value !== undefined && may({ kind: 'issue', id: id(), before: issue.value.d, set: { title: issue.value.d.title } }))

  const set = (fields: Fields<'issue'>) => replica.set<'issue'>(id(), fields)

  /** Takes it (or `of`, also once it is not shown any more) to a state, the decision with it; false where the rules say no. */
  async function go(state: IssueState, decision?: string, of = id()): Promise<boolean> {
    const held = (await replica.get<'issue'>(of))?.d
    if (!held)
      return false
    const written = decision?.trim() || held.decision
    refused.value = refuseIssueState({ decision: written }, state, false)
    if (refused.value)
      return false
    await replica.set<'issue'>(of, { ...withDecision(held, state, written, replica.now()), ...state === 'solved' && meeting() && { solvedIn: meeting() } })
    return true
  }

  const archive = (archived: boolean) => set({ archived: archived || null })

  return { issue, refused, mayEdit, set, go, archive, now: replica.now }
}

function withDecision(issue: Issue, state: IssueState, decision: string | undefined, now: number): Fields<'issue'> {
  return {
    ...stateFields(issue, state, now),
    ...state !== 'solved' && issue.solvedAt !== undefined && { solvedAt: null },
    ...state !== 'solved' && issue.solvedIn !== undefined && { solvedIn: null },
    ...decision !== issue.decision && { decision },
  }
}
