import type { Calendar, Period } from '../kpi/period.ts'
import type { ScoreCell } from '../kpi/scorecard.ts'
import type { Kpi } from '../record/kpi.ts'
import type { Seat } from '../record/seat.ts'
import type { DriftKind } from './runs.ts'
import { comparePeriods } from '../kpi/period.ts'
import { driftsOf, runAtEnd } from './runs.ts'

/** A KPI with its cells since it was first asked for, oldest first. */
export interface Watched { id: string, kpi: Kpi, cells: readonly ScoreCell[] }

/** One line of "drifting or silent"; `silent` is an agent none of whose KPIs was heard of, and names no KPI. */
export interface DriftLine { what: DriftKind | 'silent', seat: string, kpi?: string, since: Period, times: number, at?: Period }

const order: readonly DriftLine['what'][] = ['offTrack', 'silent', 'missing', 'worsening', 'flat']

/** Whether numbers are asked of a seat: not of one that is archived or retired, nor of an agent that waits or is paused. */
export function isAsked(seat: Seat | undefined): boolean {
  return seat !== undefined && !seat.archived && (seat.kind === 'human' || seat.stage === 'pilot' || seat.stage === 'production')
}

/** What drifts or is silent across all seats, the gravest first, then the longest. */
export function driftLines(kpis: readonly Watched[], seatOf: (id: string) => Seat | undefined, calendar: Calendar): DriftLine[] {
  const asked = kpis.filter(({ kpi }) => !kpi.archived && isAsked(seatOf(kpi.seat)))
  const bySeat = new Map<string, Watched[]>()
  for (const one of asked)
    bySeat.set(one.kpi.seat, [...bySeat.get(one.kpi.seat) ?? [], one])
  const lines = [...bySeat].flatMap(([seat, own]) => {
    const silent = seatOf(seat)?.kind === 'agent' ? silentSince(own, calendar) : undefined
    const found = own.flatMap(one => driftsOf(one.kpi, one.cells).map((drift): DriftLine => ({ ...drift, seat, kpi: one.id })))
    return silent ? [{ ...silent, what: 'silent' as const, seat }, ...found.filter(({ what }) => what !== 'missing')] : found
  })
  return lines.sort((one, other) => order.indexOf(one.what) - order.indexOf(other.what)
    || comparePeriods(one.since, other.since, calendar) || (nameOf(one) < nameOf(other) ? -1 : 1))
}

/** The newest period any of a seat's KPIs went missing in, where none of them has been heard of since. */
function silentSince(kpis: readonly Watched[], calendar: Calendar): { since: Period, times: number } | undefined {
  const gaps = kpis.map(({ cells }) => runAtEnd(cells, cell => cell.status === 'stale'))
  const starts = gaps.flatMap(gap => gap[0] ? [gap[0].period] : [])
  const since = starts.sort((one, other) => comparePeriods(other, one, calendar))[0]
  return since && gaps.every(gap => gap.length > 0) ? { since, times: kpis.length } : undefined
}

function nameOf({ seat, kpi = '' }: DriftLine): string {
  return `${seat} ${kpi}`
}
