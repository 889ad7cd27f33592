import type { Ref } from 'vue'
import type { Watched } from '#shared/drift/lines.ts'
import type { Sheet } from '#shared/record/sheet.ts'
import type { Company } from './useCompany.ts'
import type { KpiRow } from './useRows.ts'
import { computed, watch } from 'vue'
import { mayNotice } from '#shared/access/issues.ts'
import { draftOf, isUndecided } from '#shared/drift/draft.ts'
import { driftLines } from '#shared/drift/lines.ts'
import { offTrackRun } from '#shared/drift/runs.ts'
import { watchedCells } from '#shared/drift/watch.ts'
import { t } from '../text/t.ts'
import { teamOfSeat } from './issueRules.ts'
import { noticeDrift } from './noticeDrift.ts'
import { useRead, useRecords, useStream } from './useLive.ts'
import { usePredict } from './usePredict.ts'
import { useReplica } from './useReplica.ts'
import { dueBySlots } from './useRows.ts'

/**
 * What drifts or is silent in some rows; `read` once it is known. What is three off track in a row is drafted as an issue,
 * where this person's phone may, and once everything the server had is on it.
 */
export function useDrift(rows: () => readonly KpiRow[], company: Company, now: Readonly<Ref<number>>) {
  const replica = useReplica()
  const state = useStream(() => replica.state, undefined)
  const { world } = usePredict(company)

  /** Those whose 13 periods do not say since when: their whole history is read. */
  const unclear = computed(() => rows().filter(row => row.streak >= offTrackRun || row.cells.every(cell => !cell.entry)).map(row => row.id).join(' '))
  const history = useRead(() => unclear.value ? { kind: 'sheet' as const, parent: unclear.value.split(' ') } : undefined)
  const read = computed(() => !unclear.value || history.value !== undefined)

  const dueOf = computed(() => dueBySlots(company.calendar.value, company.teams.value.map(team => team.d)))
  const cellsSince = ({ id, kpi, period }: KpiRow, sheets: readonly Sheet[]) => watchedCells({
    id,
    kpi,
    sheets,
    current: period,
    calendar: company.calendar.value,
    isAgent: company.isAgent,
    agentSeat: company.isAgent(kpi.seat),
    dueAt: dueOf.value(kpi.seat),
    now: now.value,
  })
  const watched = computed<Watched[]>(() => {
    const ids = new Set(unclear.value.split(' '))
    const sheets = new Map<string, Sheet[]>()
    for (const { d } of history.value ?? [])
      sheets.set(d.kpi, [...sheets.get(d.kpi) ?? [], d])
    return rows().map(row => ({ id: row.id, kpi: row.kpi, cells: ids.has(row.id) ? cellsSince(row, sheets.get(row.id) ?? []) : row.cells }))
  })
  const seatOf = (id: string) => company.seatBy.value.get(id)?.d
  const lines = computed(() => read.value ? driftLines(watched.value, seatOf, company.calendar.value) : [])
  /** By the KPI it is about. */
  const drafts = computed(() => {
    const off = new Set(lines.value.filter(({ what }) => what === 'offTrack').map(({ kpi }) => kpi))
    const made = watched.value.filter(({ id }) => off.has(id)).map(({ id, kpi, cells }) =>
      draftOf({ id, kpi, cells, title: t('kpi.issueOff', { title: kpi.title, n: offTrackRun }), team: teamOfSeat(company, kpi.seat), calendar: company.calendar.value }))
    return new Map(made.flatMap(draft => draft?.body.kpi ? [[draft.body.kpi, draft]] : []))
  })

  const written = useRecords(() => drafts.value.size ? { kind: 'issue' as const, ids: [...drafts.value.values()].map(({ id }) => id) } : undefined)
  /** How many a person has not decided about yet. */
  const count = computed(() => lines.value.length - written.value.filter(({ d }) => !isUndecided(d)).length)

  watch([drafts, () => state.value?.ready === true, company.myRole], async ([found, ready, role]) => {
    const mine = ready && role ? [...found.values()].filter(({ body }) => mayNotice({ member: company.me, role }, world, body.seat ?? '')) : []
    await noticeDrift(replica, mine)
  }, { immediate: true })

  return { lines, drafts, count, read }
}
