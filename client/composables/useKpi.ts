import type { DatedGoal } from '#shared/record/kpi.ts'
import type { Rec } from '../db/types.ts'
import type { Company } from './useCompany.ts'
import { computed } from 'vue'
import { cellEntries, countedEntry, periodsIn } from '#shared/kpi/cell.ts'
import { goalHistory, goalKey } from '#shared/kpi/goal.ts'
import { scorecardLength } from '#shared/kpi/scorecard.ts'
import { chooseEntry } from './score.ts'
import { useClock } from './useClock.ts'
import { betterOf } from './useKpiForm.ts'
import { useRecord, useRecords } from './useLive.ts'
import { useReplica } from './useReplica.ts'
import { useRows } from './useRows.ts'

export type KpiRecord = Rec<'kpi'>

/** One KPI with its row, every value ever written, and its goals. */
export function useKpi(id: () => string, company: Company) {
  const replica = useReplica()
  const now = useClock()
  const kpi = useRecord<'kpi'>(id)
  const all = useRecords(() => ({ kind: 'sheet' as const, parent: id() }))
  const { rows, periodFor } = useRows(() => kpi.value ? [kpi.value] : [], company, now)
  const row = computed(() => rows.value[0])

  const history = computed(() => all.value
    .flatMap(({ d }) => periodsIn(d).map(period => ({ period, counted: countedEntry(d, period, company.isAgent), entries: cellEntries(d, period) })))
    .sort((a, b) => a.period < b.period ? 1 : -1))
  /** The newest 13 numbers there are, oldest first. */
  const lastValues = computed(() => history.value.map(({ counted }) => counted?.entry.value).filter(value => typeof value === 'number').slice(0, scorecardLength).reverse())
  const goals = computed(() => kpi.value ? goalHistory(kpi.value.d, company.calendar.value).reverse() : [])

  const choose = async (period: string, writer: string) => kpi.value && chooseEntry(replica, { id: id(), kpi: kpi.value.d, period }, writer)
  function setGoal(from: string, goal: DatedGoal): Promise<void> {
    const fields: Record<`goal/${string}`, DatedGoal> = { [goalKey(from)]: goal }
    return replica.set<'kpi'>(id(), goal.kind === 'none' ? fields : { ...fields, better: betterOf(goal.kind) })
  }
  const archive = (archived: boolean) => replica.set<'kpi'>(id(), { archived: archived || null })

  function raiseIssue(title: string): Promise<string> {
    const seat = kpi.value?.d.seat
    const team = company.teams.value.find(({ d }) => seat && d[`seat/${seat}`])?.id
    return replica.add('issue', {
      title,
      state: 'open',
      horizon: 'now',
      kpi: id(),
      raisedBy: company.me,
      raisedAt: replica.now(),
      ...(seat && { seat }),
      ...(team && { team }),
    })
  }

  return { kpi, row, history, lastValues, goals, now, periodFor, choose, setGoal, archive, raiseIssue }
}
