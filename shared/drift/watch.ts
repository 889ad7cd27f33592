import type { Period } from '../kpi/period.ts'
import type { RowInput, ScoreCell } from '../kpi/scorecard.ts'
import type { Sheet } from '../record/sheet.ts'
import { periodsIn } from '../kpi/cell.ts'
import { addPeriods, cadenceOf, comparePeriods, periodOf } from '../kpi/period.ts'
import { scoreCell } from '../kpi/scorecard.ts'
import { localDate } from '../kpi/zone.ts'
import { madeAt } from '../record/ids.ts'

/** A row asked for without its periods: they are found in the sheets. `current` is the period now running. */
export interface WatchInput extends Omit<RowInput, 'periods' | 'sheetOf'> { id: string, sheets: readonly Sheet[], current: Period }

/** No run is followed further back. */
const mostPeriods = 156

/**
 * The cells of a KPI since it was first asked for, oldest first: since its first number, or where there is none
 * since it was made. One whose making nobody knows, and that never had a number, was never asked for.
 */
export function watchedCells(input: WatchInput): ScoreCell[] {
  const start = firstAsked(input)
  const byQuarter = new Map(input.sheets.map(sheet => [sheet.quarter, sheet]))
  const cells: ScoreCell[] = []
  if (start === undefined)
    return cells
  for (let period = input.current; comparePeriods(period, start) >= 0 && cells.length < mostPeriods; period = addPeriods(period, -1, input.calendar))
    cells.push(scoreCell({ ...input, periods: [], sheetOf: quarter => byQuarter.get(quarter) }, period))
  return cells.reverse()
}

function firstAsked({ id, kpi, sheets, calendar }: WatchInput): Period | undefined {
  const [first] = sheets.flatMap(periodsIn).filter(period => cadenceOf(period) === kpi.cadence).sort()
  const made = madeAt(id)
  return first ?? (made === undefined ? undefined : periodOf(kpi.cadence, localDate(made, calendar.timeZone), calendar))
}
