import type { DriftLine } from '#shared/drift/lines.ts'
import type { Fields, Rec } from '../db/types.ts'
import type { Draft } from './noticeDrift.ts'
import type { Company } from './useCompany.ts'
import type { KpiRow } from './useRows.ts'
import { computed, shallowRef } from 'vue'
import { isUndecided } from '#shared/drift/draft.ts'
import { driftIn } from '#shared/record/ids.ts'
import { noticeDrift } from './noticeDrift.ts'
import { useClock } from './useClock.ts'
import { useDrift } from './useDrift.ts'
import { useRead, useRecords } from './useLive.ts'
import { usePredict } from './usePredict.ts'
import { useReplica } from './useReplica.ts'
import { useRows } from './useRows.ts'

/** A line with the row it is about, the issue it drafts and that one as written; `over` where the KPI has recovered and the draft still waits. */
export interface DriftItem extends DriftLine { key: string, row?: KpiRow, draft?: Draft, issue?: Rec<'issue'>, over?: boolean }

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
  const { lines, drafts, read: driftRead, mayDraft } = useDrift(() => rows.value, company, now)
  const read = computed(() => rowsRead.value && driftRead.value)

  const items = computed<DriftItem[]>(() => {
    const rowBy = new Map(rows.value.map(row => [row.id, row]))
    const drafted = new Map(issues.value.filter(({ id }) => driftIn(id)).map(issue => [issue.id, issue]))
    const current = lines.value.map((line): DriftItem => {
      const draft = drafts.value.get(line)
      return { ...line, key: `${line.what} ${line.kpi ?? line.seat}`, row: rowBy.get(line.kpi ?? ''), draft, issue: drafted.get(draft?.id ?? '') }
    })
    const known = new Set(current.map(({ issue }) => issue?.id))
    const over = [...drafted.values()].filter(issue => isUndecided(issue.d) && !known.has(issue.id)).map((issue): DriftItem => {
      const { kpi = '', period = '' } = driftIn(issue.id) ?? {}
      return { what: 'offTrack', seat: issue.d.seat ?? '', kpi, since: period, at: period, times: 0, key: issue.id, row: rowBy.get(kpi), issue, over: true }
    })
    return [...current, ...read.value ? over : []].filter(({ seat }) => whose.value === 'all' || company.mySeats.value.some(({ id }) => id === seat))
  })
  const isDecided = ({ issue }: DriftItem) => issue !== undefined && !isUndecided(issue.d)
  const open = computed(() => items.value.filter(item => !isDecided(item)))
  const settled = computed(() => items.value.filter(isDecided))
  const mayDecide = ({ issue, draft, seat }: DriftItem) => issue
    ? may({ kind: 'issue', id: issue.id, before: issue.d, set: { draft: null } })
    : draft !== undefined && mayDraft(seat)

  /** Decides about a line; resolves to the id of its issue, drafted first where it was not yet. */
  async function decide({ issue, draft }: DriftItem, fields: Fields<'issue'>): Promise<string> {
    if (!issue && draft)
      await noticeDrift(replica, [draft])
    const id = issue?.id ?? draft?.id ?? ''
    await replica.set<'issue'>(id, fields)
    return id
  }
  const confirm = (item: DriftItem) => decide(item, { draft: null, dismissed: null })
  const dismiss = (item: DriftItem, why: string) => decide(item, { dismissed: why.trim().slice(0, 500) })
  /** Takes a decision back: it is a draft again. */
  const undo = (id: string) => replica.set<'issue'>(id, { draft: true, dismissed: null })

  return { whose, open, settled, read, mayDecide, confirm, dismiss, undo }
}
