import type { Rec } from '../db/types.ts'
import type { Shelf } from './issueRules.ts'
import type { Company } from './useCompany.ts'
import { computed, shallowRef } from 'vue'
import { asksWhetherItWorked } from '#shared/issue/worked.ts'
import { compareIssues, raiseIssue, shelfOf, teamOfMine } from './issueRules.ts'
import { useClock } from './useClock.ts'
import { useRecords } from './useLive.ts'
import { useReplica } from './useReplica.ts'

export type IssueRecord = Rec<'issue'>

/** The issues of the company or of one team, a shelf at a time. */
export function useIssues(company: Company) {
  const replica = useReplica()
  const now = useClock()
  const all = useRecords({ kind: 'issue' })
  const shelf = shallowRef<Shelf>('now')
  const team = shallowRef('all')

  const here = computed(() => all.value.filter(({ d }) => !d.archived && !d.draft && (team.value === 'all' || d.team === team.value)))
  const shown = computed(() => here.value.filter(({ d }) => shelfOf(d) === shelf.value).sort(compareIssues))
  const asking = computed(() => here.value.filter(({ d }) => asksWhetherItWorked(d, now.value)).sort(compareIssues))
  const count = (of: Shelf) => here.value.filter(({ d }) => shelfOf(d) === of).length

  function add(title: string): Promise<string> {
    shelf.value = 'now'
    return raiseIssue(replica, { title, team: team.value === 'all' ? teamOfMine(company) : team.value })
  }

  return { shelf, team, shown, asking, count, add }
}

/** Where an issue came from, as its row says it. */
export interface Origin { word: 'issue.fromKpi' | 'issue.raisedByAgent' | 'issue.raisedBy', name: string }

/** Tells where issues came from: a KPI, an agent or a person. */
export function useOrigins(company: Company) {
  const kpis = useRecords({ kind: 'kpi' })
  const titles = computed(() => new Map(kpis.value.map(({ id, d }) => [id, d.title])))

  function originOf({ d }: IssueRecord): Origin {
    const kpi = d.kpi && titles.value.get(d.kpi)
    if (kpi)
      return { word: 'issue.fromKpi', name: kpi }
    return { word: company.isAgent(d.raisedBy) ? 'issue.raisedByAgent' : 'issue.raisedBy', name: company.nameOf(d.raisedBy) }
  }

  return { kpis, originOf }
}
