import type { Goal, Kpi } from '../record/kpi.ts'
import type { Sheet } from '../record/sheet.ts'
import type { CellEntry, IsAgent } from './cell.ts'
import type { Calendar, Period } from './period.ts'
import type { Status } from './status.ts'
import { countedEntry, otherEntries } from './cell.ts'
import { goalFor } from './goal.ts'
import { quarterOf } from './quarter.ts'
import { average, rollUp } from './rollUp.ts'
import { statusOf, streakOffTrack } from './status.ts'

/** Periods in view. */
export const scorecardLength = 13

/** `entry` is the one that counts; `others` what else was reported, newest first. */
export interface ScoreCell {
  period: Period
  entry: CellEntry | undefined
  others: CellEntry[]
  goal: Goal | undefined
  status: Status
}

/** `cells` are oldest first; `total` is by the KPI's roll-up, both numbers over the cells that have one. */
export interface ScoreRow {
  cells: ScoreCell[]
  streak: number
  total: number | undefined
  average: number | undefined
  notSelfReporting: boolean
}

export interface RowInput {
  kpi: Kpi
  /** The KPI's sheet of a quarter, as `quarterOf` names it. */
  sheetOf: (quarter: string) => Sheet | undefined
  /** The periods in view, oldest first. */
  periods: readonly Period[]
  calendar: Calendar
  isAgent: IsAgent
  /** Whether the KPI's seat is an agent's. */
  agentSeat: boolean
  dueAt: (period: Period) => number
  now: number
}

/** A KPI's row over the periods in view. */
export function scoreRow(input: RowInput): ScoreRow {
  const cells = input.periods.map(period => scoreCell(input, period))
  const values = cells.flatMap(({ entry }) => entry && entry.entry.value !== null ? [entry.entry.value] : [])
  return {
    cells,
    streak: streakOffTrack(cells.map(cell => cell.status)),
    total: rollUp(input.kpi.rollUp, values),
    average: average(values),
    notSelfReporting: input.agentSeat && isTyped(cells, input.isAgent),
  }
}

/** One cell of a row. */
export function scoreCell(input: RowInput, period: Period): ScoreCell {
  const { kpi, isAgent, calendar, now } = input
  const sheet = input.sheetOf(quarterOf(period))
  const entry = countedEntry(sheet, period, isAgent)
  const goal = goalFor(kpi, period, calendar)
  const status = statusOf({ goal, entry: entry?.entry, dueAt: entry ? 0 : input.dueAt(period), now })
  return { period, entry, others: otherEntries(sheet, period, isAgent), goal, status }
}

/** Whether the last value that counts came from a person. */
function isTyped(cells: readonly ScoreCell[], isAgent: IsAgent): boolean {
  const last = cells.findLast(({ entry }) => entry && entry.entry.value !== null)
  return last?.entry !== undefined && !isAgent(last.entry.writer)
}
