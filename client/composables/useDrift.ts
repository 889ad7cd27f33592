import type { Ref } from 'vue'
import type { DriftLine, Watched } from '#shared/drift/lines.ts'
import type { Sheet } from '#shared/record/sheet.ts'
import type { Company } from './useCompany.ts'
import type { KpiRow } from './useRows.ts'
import { computed, watch } from 'vue'
import { worksAt } from '#shared/access/world.ts'
import { draftOf, isUndecided } from '#shared/drift/draft.ts'
import { driftLines } from '#shared/drift/lines.ts'
import { driftsOf, offTrackRun } from '#shared/drift/runs.ts'
import { watchedCells } from '#shared/drift/watch.ts'
import { formatPeriod } from '../text/format.ts'
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
  const unclear = computed(() => rows().filter(isUnclear).map(row => row.id).join(' '))
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
  /** The issue of each line, written once it is three off track in a row or somebody decides about it. */
  const drafts = computed(() => {
    const watchedBy = new Map(watched.value.map(one => [one.id, one]))
    return new Map(lines.value.flatMap((line) => {
      const one = watchedBy.get(line.kpi ?? line.under ?? '')
      const title = (line.kpi ? one?.kpi.title : seatOf(line.seat)?.title) ?? ''
      return one ? [[line, draftOf({ ...one, at: line.at, title: titleOf(line, title), team: teamOfSeat(company, line.seat), calendar: company.calendar.value })] as const] : []
    }))
  })
  const mayDraft = (seat: string) => {
    const role = company.myRole.value
    return role !== undefined && worksAt({ member: company.me, role }, world, seat)
  }
  const written = useRecords(() => drafts.value.size ? { kind: 'issue' as const, ids: [...drafts.value.values()].map(({ id }) => id) } : undefined)
  /** How many a person has not decided about yet. */
  const count = computed(() => lines.value.length - written.value.filter(({ d }) => !isUndecided(d)).length)

  watch([drafts, () => state.value?.ready === true], async ([made, ready]) => {
    const mine = ready ? [...made].filter(([{ what, seat }]) => what === 'offTrack' && mayDraft(seat)) : []
    await noticeDrift(replica, mine.map(([, draft]) => draft))
  }, { immediate: true })

  return { lines, drafts, count, read, mayDraft }
}

/** Its 13 periods do not say since when it has been so. */
function isUnclear({ kpi, cells, streak }: KpiRow): boolean {
  const isAll = driftsOf(kpi, cells).some(({ what, since }) => what !== 'missing' && since === cells[0]?.period)
  return streak >= offTrackRun || isAll || cells.every(cell => !cell.entry)
}

function titleOf({ what, times, since }: DriftLine, title: string): string {
  return what === 'offTrack' ? t('kpi.issueOff', { title, n: offTrackRun }) : `${title}: ${t(`drift.${what}`, { n: times, period: formatPeriod(since) })}`
}
