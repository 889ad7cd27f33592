import type { Calendar } from '#shared/kpi/period.ts'
import type { Team } from '#shared/record/team.ts'
import type { PadStop } from './padRules.ts'
import type { KpiRow } from './useRows.ts'
import { isCivilDate } from '#shared/kpi/civil.ts'
import { reportedPeriod } from '#shared/meeting/report.ts'

/** The numbers a reminder spoke of: what is still open of those a team's meeting of that day reports. */
export function reminderStops(rows: readonly KpiRow[], team: Team, day: string, calendar: Calendar): PadStop[] {
  return !isCivilDate(day)
    ? []
    : rows.flatMap(({ id, kpi, cells }) => {
        const cell = team[`seat/${kpi.seat}`] && cells.find(({ period }) => period === reportedPeriod(kpi.cadence, day, calendar))
        return cell && !cell.entry ? [{ id, period: cell.period }] : []
      })
}
