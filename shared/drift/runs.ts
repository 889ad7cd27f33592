import type { Period } from '../kpi/period.ts'
import type { ScoreCell } from '../kpi/scorecard.ts'
import type { Goal, Kpi } from '../record/kpi.ts'
import { scorecardLength } from '../kpi/scorecard.ts'

/** A number that is overdue, off track three in a row, worsening four in a row while on track, or the same four in a row. */
export type DriftKind = 'missing' | 'offTrack' | 'worsening' | 'flat'

/** `times`: how many periods it is about, the first of them `since`; `at` is the one that made it a drift, and names it. */
export interface Drift { what: DriftKind, since: Period, times: number, at: Period }

/** So many off track in a row draft an issue. */
export const offTrackRun = 3
/** So many values in a row, each worse than the one before or all the same, are worth a hint. */
export const hintRun = 4

type Told = Pick<Kpi, 'better' | 'unit'>

/**
 * How a KPI drifts, from its cells since its first number, oldest first; periods not due yet are passed over at the end.
 * A gap, also one somebody gave a reason for, ends every run.
 */
export function driftsOf(kpi: Told, cells: readonly ScoreCell[]): Drift[] {
  const missing = cells.slice(-scorecardLength).filter(cell => cell.status === 'stale')
  const off = runAtEnd(cells, cell => cell.status === 'offTrack')
  const worsening = runAtEnd(cells, (cell, before) => valueOf(cell) !== undefined && (!before || isWorse(kpi, before, cell)))
  const flat = runAtEnd(cells, (cell, before) => mayBeFlat(kpi, cell) && (!before || valueOf(before) === valueOf(cell)))
  const last = worsening.at(-1)
  return [
    ...drift('offTrack', off, offTrackRun),
    ...drift('missing', missing, 1, missing.length),
    ...last?.status === 'onTrack' ? drift('worsening', worsening, hintRun) : [],
    ...drift('flat', flat, hintRun),
  ]
}

/** The cells in a row up to the newest that is due or has a number, oldest first; `fits` is given the cell before, where that one is in the row. */
export function runAtEnd(cells: readonly ScoreCell[], fits: (cell: ScoreCell, before: ScoreCell | undefined) => boolean): readonly ScoreCell[] {
  const newest = cells.findLastIndex(cell => cell.status !== 'noData')
  let start = newest + 1
  for (let at = newest; at >= 0; at--) {
    const [cell, next] = [cells[at], cells[at + 1]]
    const joins = cell && fits(cell, undefined) && (at === newest || !next || fits(next, cell))
    if (!joins)
      break
    start = at
  }
  return cells.slice(start, newest + 1)
}

/** What the `nth` cell of a run made a drift, where there are that many; at least `least` are needed. */
function drift(what: DriftKind, run: readonly ScoreCell[], least: number, nth = least): Drift[] {
  const [first, made] = [run[0], run[nth - 1]]
  return first && made && run.length >= least ? [{ what, since: first.period, times: run.length, at: made.period }] : []
}

function valueOf(cell: ScoreCell): number | undefined {
  return cell.entry?.entry.value ?? undefined
}

/** Yes four times, or the very goal hit four times, is what is wanted. */
function mayBeFlat({ unit }: Told, cell: ScoreCell): boolean {
  const isWanted = cell.goal && 'target' in cell.goal && cell.status === 'onTrack' && valueOf(cell) === cell.goal.target
  return unit !== 'yesNo' && !isWanted && valueOf(cell) !== undefined
}

/** By the KPI's own direction; without one, whether it is nearer to missing the goal the later one has. */
function isWorse({ better }: Told, before: ScoreCell, after: ScoreCell): boolean {
  const [was, is] = [valueOf(before), valueOf(after)]
  if (was === undefined || is === undefined)
    return false
  if (better !== 'neither')
    return better === 'up' ? is < was : is > was
  return after.goal !== undefined && roomIn(after.goal, is) < roomIn(after.goal, was)
}

/** How far a value is inside its goal; below zero where it misses it. */
function roomIn(goal: Goal, value: number): number {
  switch (goal.kind) {
    case 'atLeast':
    case 'above': return value - goal.target
    case 'atMost':
    case 'below': return goal.target - value
    case 'equal': return -Math.abs(value - goal.target)
    case 'between': return Math.min(value - goal.low, goal.high - value)
    case 'outside': return Math.max(goal.low - value, value - goal.high)
    case 'yesNo': return 0
  }
}
