import type { DraftInput } from '#shared/drift/draft.ts'
import type { ScoreCell } from '#shared/kpi/scorecard.ts'
import type { Kpi } from '#shared/record/kpi.ts'
import type { Entry } from '#shared/record/sheet.ts'
import { watchedCells } from '#shared/drift/watch.ts'
import { dueTimes } from '#shared/kpi/due.ts'
import { addPeriods, lastPeriods } from '#shared/kpi/period.ts'
import { quarterOf } from '#shared/kpi/quarter.ts'
import { aCalendar, aKpi, anEntry, sheetsOf } from '../kpi/build.ts'

/** Wednesday of 2026-W47: W46 ended three days ago and is overdue. */
export const now = Date.UTC(2026, 10, 18, 12)
export const current = '2026-W47'
export const calendar = aCalendar()

/** What somebody said for a period: a number, that it cannot be reported, or nothing. */
export type Said = number | 'cannot' | undefined

/** A weekly KPI that wants 10 or more. */
export const aGoalKpi = (more: Partial<Kpi> = {}): Kpi => aKpi({ 'goal/0': { kind: 'atLeast', target: 10 }, ...more })

/** The cells of a KPI whose periods up to the running one were said so, oldest first; the running one is the last. */
export function cellsOf(said: readonly Said[], kpi: Kpi = aGoalKpi(), writer = 'mem_a', id = 'kpi_1'): ScoreCell[] {
  const periods = lastPeriods(current, Math.max(1, said.length), calendar)
  const entries = Object.fromEntries(said.flatMap((value, at): [string, Entry][] => {
    const entry = value === 'cannot' ? { value: null, unavailable: 'closed' } : { value }
    return value === undefined ? [] : [[periods[at] ?? '', anEntry(entry as Partial<Entry>)]]
  }))
  const sheetOf = sheetsOf(entries, writer)
  const sheets = [...new Set(periods.map(quarterOf))].flatMap(quarter => sheetOf(quarter) ?? [])
  return watchedCells({ id, kpi, sheets, current, calendar, isAgent: () => false, agentSeat: false, dueAt: dueTimes(calendar), now })
}

export const aDraft = (more: Partial<DraftInput> = {}): DraftInput => ({ id: 'kpi_1', kpi: aGoalKpi(), cells: [], at: current, title: 'Signups off track', team: undefined, calendar, ...more })
/** The period so many before the running one. */
export const ago = (count: number) => addPeriods(current, -count, calendar)
