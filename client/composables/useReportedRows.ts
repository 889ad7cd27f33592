import type { CellEntry } from '#shared/kpi/cell.ts'
import type { ScoreCell } from '#shared/kpi/scorecard.ts'
import type { Status } from '#shared/kpi/status.ts'
import type { Company } from './useCompany.ts'
import type { KpiRow } from './useRows.ts'
import type { Sat } from './useSitting.ts'
import { computed } from 'vue'
import { worksAt } from '#shared/access/world.ts'
import { streakOffTrack } from '#shared/kpi/status.ts'
import { reportedPeriod } from '#shared/meeting/report.ts'
import { useClock } from './useClock.ts'
import { useRead } from './useLive.ts'
import { usePredict } from './usePredict.ts'
import { useReported } from './useReported.ts'
import { dueBySlots, useRows } from './useRows.ts'

/** A row as a meeting reports it: the newest period that had ended, and what agents have said since the last meeting. */
export interface ReportedRow {
  row: KpiRow
  cell: ScoreCell
  status: Status
  streak: number
  said: (CellEntry & { period: string })[]
  /** Whether its number is this person's to enter. */
  mine: boolean
}

const most = 3

/** The numbers of a meeting's team, people's and agents' in one list, in groups and the order of their titles. */
export function useReportedRows(sat: Sat, company: Company) {
  const now = useClock()
  const { seats, since, day, mayAdd } = useReported(sat, company)
  const { world } = usePredict(company)
  const found = useRead(() => seats.value.length ? { kind: 'kpi' as const, parent: seats.value } : undefined)
  const kpis = computed(() => seats.value.length
    ? found.value?.filter(({ d }) => !d.archived)
        .sort((one, other) => (one.d.group ?? '').localeCompare(other.d.group ?? '') || one.d.title.localeCompare(other.d.title))
    : sat.team.value && [])
  const { rows, read } = useRows(() => kpis.value, company, now)
  const dueOf = computed(() => dueBySlots(company.calendar.value, sat.team.value ? [sat.team.value.d] : []))

  function reportOf(row: KpiRow): ReportedRow {
    const period = reportedPeriod(row.kpi.cadence, day.value, company.calendar.value)
    const at = Math.max(0, row.cells.findIndex(cell => cell.period === period))
    const cell = row.cells[at] as ScoreCell
    // What was never reported is missing here, as it is in the record of the meeting.
    const status = cell.entry ? cell.status : now.value < dueOf.value(row.kpi.seat)(period) ? 'noData' : 'stale'
    const role = company.myRole.value
    return {
      row,
      cell,
      status,
      streak: streakOffTrack(row.cells.slice(0, at + 1).map(one => one.status)),
      said: saidIn(row, company.isAgent, since.value?.at ?? 0),
      mine: mayAdd.value && role !== undefined && worksAt({ member: company.me, role }, world, row.kpi.seat),
    }
  }

  return { reported: computed(() => rows.value.map(reportOf)), rows, read, now }
}

/** What agents reported of it since then, the newest first. */
function saidIn({ cells }: KpiRow, isAgent: (writer: string) => boolean, since: number): ReportedRow['said'] {
  return cells.flatMap(({ period, entry, others }) => [...entry ? [entry] : [], ...others].map(one => ({ ...one, period })))
    .filter(({ writer, entry }) => isAgent(writer) && entry.at > since)
    .sort((one, other) => other.entry.at - one.entry.at)
    .slice(0, most)
}
