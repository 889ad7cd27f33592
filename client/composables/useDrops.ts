import type { Replica } from '../db/types.ts'
import type { Company } from './useCompany.ts'
import type { Sat } from './useSitting.ts'
import { computed } from 'vue'
import { dropId } from '#shared/meeting/drop.ts'
import { useSnacks } from '../stores/snacks.ts'
import { t } from '../text/t.ts'
import { raiseIssue, shelfOf } from './issueRules.ts'
import { useRecords } from './useLive.ts'
import { useReplica } from './useReplica.ts'
import { useReported } from './useReported.ts'

/** Something a meeting can drop to its issues: a KPI, a priority, a headline or a to-do. */
export interface Droppable { id: string, title: string, kpi?: string, seat?: string }

/** Drops what a meeting reports to the team's issues, each once; what is dropped stands there for everybody. */
export function useDrops(sat: Sat, company: Company) {
  const replica = useReplica()
  const snacks = useSnacks()
  const { mayAdd } = useReported(sat, company)
  const issues = useRecords({ kind: 'issue' })
  const known = computed(() => new Map(issues.value.map(issue => [issue.id, issue])))
  /** The KPIs the team has an issue of already, each with it. */
  const byKpi = computed(() => new Map(issues.value
    .filter(({ d }) => d.kpi && !d.archived && !d.draft && d.team === sat.meeting.value?.team && shelfOf(d) === 'now')
    .map(({ id, d }) => [d.kpi, id])))

  /** The issue it is in, if it is in one. */
  function issueOf({ id, kpi }: Droppable): string | undefined {
    const own = dropId(sat.id(), id)
    const dropped = known.value.get(own)
    return dropped && !dropped.d.archived ? own : kpi && byKpi.value.get(kpi)
  }

  async function drop(what: Droppable): Promise<void> {
    const id = dropId(sat.id(), what.id)
    if (issueOf(what))
      return
    const raised = () => raiseIssue(replica, { ...what, team: sat.meeting.value?.team, meeting: sat.id() }, id)
    const there = await replica.get<'issue'>(id)
    await (there ? replica.set<'issue'>(id, { archived: null }) : raised().catch(unlessThere(replica, id)))
    snacks.show(t('drop.done', { title: what.title }), { undo: () => void replica.set<'issue'>(id, { archived: true }) })
  }

  return { mayDrop: mayAdd, issueOf, drop }
}

/** Two taps at once, or two tabs, raise the same one: one of them is enough. */
function unlessThere(replica: Replica, id: string) {
  return async (error: unknown) => {
    if (!await replica.get(id))
      throw error
  }
}

export type Drops = ReturnType<typeof useDrops>
