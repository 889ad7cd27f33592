import type { DriftLine } from '#shared/drift/lines.ts'
import type { Rec } from '../db/types.ts'
import type { Company } from './useCompany.ts'
import type { KpiRow } from './useRows.ts'
import { computed, shallowRef } from 'vue'
import { isUndecided } from '#shared/drift/draft.ts'
import { driftIn } from '#shared/record/ids.ts'
import { useClock } from './useClock.ts'
import { useDrift } from './useDrift.ts'
import { useRead, useRecords } from './useLive.ts'
import { usePredict } from './usePredict.ts'
import { useReplica } from './useReplica.ts'
import { useRows } from './useRows.ts'

/** A line with the row it is about and the issue drafted for it; `over` where the KPI has recovered and the draft still waits. */
export interface DriftItem extends DriftLine { key: string, row?: KpiRow, issue?: Rec<'issue'>, over?: boolean }

/** "Drifting or silent" over all seats or one's own, with what a person can do about each. */
export function useDriftList(company: Company) {
  const replica = useReplica()
  const now = useClock()
  const { may } = usePredict(company)
  const whose = shallowRef<'all' | 'mine'>('all')
  const every = useRead({ kind: 'kpi' })
  const issues = useRecords({ kind: 'issue' })

  const kpis = computed(() => every.value?.filter(({ d }) => !d.archived && company.seatBy.value.has(d.seat)))
  const { rows, read: rowsRead } = useRows(() => kpis.value, company, now)
  const { lines, drafts, read: driftRead } = useDrift(() => rows.value, company, now)
  const read = computed(() => rowsRead.value && driftRead.value)

  const items = computed<DriftItem[]>(() => {
    const rowBy = new Map(rows.value.map(row => [row.id, row]))
    const drafted = new Map(issues.value.filter(({ id }) => driftIn(id)).map(issue => [issue.id, issue]))
    const current = lines.value.map((line): DriftItem => {
      const draft = line.what === 'offTrack' ? drafts.value.get(line.kpi ?? '')?.id : undefined
      return { ...line, key: `${line.what} ${line.kpi ?? line.seat}`, row: rowBy.get(line.kpi ?? ''), issue: drafted.get(draft ?? '') }
    })
    const known = new Set(current.map(({ issue }) => issue?.id))
    const over = [...drafted.values()].filter(issue => isUndecided(issue.d) && !known.has(issue.id)).map((issue): DriftItem => {
      const { kpi = '', period = '' } = driftIn(issue.id) ?? {}
      return { what: 'offTrack', seat: issue.d.seat ?? '', kpi, since: period, times: 0, key: issue.id, row: rowBy.get(kpi), issue, over: true }
    })
    return [...current, ...read.value ? over : []].filter(({ seat }) => whose.value === 'all' || company.mySeats.value.some(({ id }) => id === seat))
  })
  const isDecided = ({ issue }: DriftItem) => issue !== undefined && !isUndecided(issue.d)
  const open = computed(() => items.value.filter(item => !isDecided(item)))
  const settled = computed(() => items.value.filter(isDecided))
  const mayDecide = (issue: Rec<'issue'> | undefined) => issue !== undefined && may({ kind: 'issue', id: issue.id, before: issue.d, set: { draft: null } })

  const confirm = (id: string) => replica.set<'issue'>(id, { draft: null, dismissed: null })
  const dismiss = (id: string, why: string) => replica.set<'issue'>(id, { dismissed: why.trim().slice(0, 500) })
  /** Takes a decision back: it is a draft again. */
  const undo = (id: string) => replica.set<'issue'>(id, { draft: true, dismissed: null })

  return { whose, open, settled, read, mayDecide, confirm, dismiss, undo }
}
