import type { Fields } from '../db/types.ts'
import type { ChartView } from './useChart.ts'
import type { Company } from './useCompany.ts'
import { computed, shallowRef } from 'vue'
import { stageOf } from '#shared/chart/owner.ts'
import { refusalText, t } from '../text/t.ts'
import { compareIssues, raiseIssue, teamOfSeat } from './issueRules.ts'
import { useClock } from './useClock.ts'
import { useRead, useRecord, useRecords } from './useLive.ts'
import { usePredict } from './usePredict.ts'
import { useReplica } from './useReplica.ts'
import { useRows } from './useRows.ts'

/** One seat with its numbers and issues; what the rules refuse is said in words and not written. */
export function useSeat(id: () => string, company: Company, view: ChartView) {
  const replica = useReplica()
  const now = useClock()
  const { refuse, may } = usePredict(company)
  const seat = useRecord<'seat'>(id)
  const every = useRead(() => ({ kind: 'kpi' as const, parent: id() }))
  const allIssues = useRecords({ kind: 'issue' })

  const kpis = computed(() => every.value?.filter(({ d }) => !d.archived))
  const { rows, read } = useRows(() => kpis.value, company, now)
  const issues = computed(() => allIssues.value.filter(({ d }) => d.seat === id() && !d.archived && !d.draft && d.state !== 'solved').sort(compareIssues))
  const stage = computed(() => seat.value && stageOf(seat.value.d, view.lookup))

  const refused = shallowRef<string>()
  const mayEdit = computed(() => seat.value !== undefined && may({ kind: 'seat', id: id(), before: seat.value.d, set: { title: seat.value.d.title } }))
  const mayMove = computed(() => mayEdit.value && (company.myRole.value === 'admin' || seat.value?.d.holder !== company.me))
  const mayKpi = computed(() => may({ kind: 'kpi', set: { seat: id() } }))

  /** Writes fields, or says in `refused` why not. */
  async function set(fields: Fields<'seat'>): Promise<boolean> {
    if (!seat.value)
      return false
    const refusal = refuse({ kind: 'seat', id: id(), before: seat.value.d, set: fields })
    refused.value = refusal && wordsOf(refusal, fields.reportsTo ?? undefined)
    if (refusal)
      return false
    await replica.set<'seat'>(id(), fields)
    return true
  }

  function wordsOf(refusal: { code: string, about?: string[] }, manager: string | undefined): string {
    const titleOf = (seatId = '') => company.seatBy.value.get(seatId)?.d.title ?? ''
    if (refusal.code !== 'chart-cycle')
      return refusalText({ ...refusal, about: refusal.about?.map(titleOf) })
    const circle = [...refusal.about ?? [], id()].map(titleOf).join(' → ')
    return t('seat.cycle', { seat: titleOf(id()), manager: titleOf(manager), circle })
  }

  const setArchived = async (ids: readonly string[], archived: boolean) => void await Promise.all(ids.map(one => replica.set<'seat'>(one, { archived: archived || null })))

  /** Archives the seat with its KPIs; resolves to what takes exactly that back. */
  async function archive(): Promise<() => Promise<void>> {
    const held = (kpis.value ?? []).map(kpi => kpi.id)
    await setArchived([id(), ...held], true)
    return () => setArchived([id(), ...held], false)
  }

  const restore = () => setArchived([id(), ...(every.value ?? []).map(kpi => kpi.id)], false)
  const raise = (title: string) => raiseIssue(replica, { title, seat: id(), team: teamOfSeat(company, id()) })

  return { seat, rows, read, issues, stage, refused, mayEdit, mayMove, mayKpi, set, archive, restore, raise }
}
