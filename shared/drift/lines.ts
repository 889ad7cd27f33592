import type { Calendar, Period } from '../kpi/period.ts'
import type { ScoreCell } from '../kpi/scorecard.ts'
import type { Kpi } from '../record/kpi.ts'
import type { Seat } from '../record/seat.ts'
import type { DriftKind } from './runs.ts'
import { comparePeriods } from '../kpi/period.ts'
import { driftsOf, runAtEnd } from './runs.ts'

/** A KPI with its cells since it was first asked for, oldest first. */
export interface Watched { id: string, kpi: Kpi, cells: readonly ScoreCell[] }

/**
 * One line of "drifting or silent"; `silent` is an agent none of whose KPIs was heard of, and names no KPI. What is decided
 * about a line is written down under its KPI and `at`, of a silent agent under `under`: the same on every replica.
 */
export interface DriftLine { what: DriftKind | 'silent', seat: string, kpi?: string, under?: string, since: Period, times: number, at: Period }

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

/** Since when none of a seat's KPIs has been heard of: the last that went missing says so, the first by its id where two did. */
function silentSince(kpis: readonly Watched[], calendar: Calendar): Pick<DriftLine, 'since' | 'times' | 'under' | 'at'> | undefined {
  const gaps = kpis.flatMap(({ id, cells }) => {
    const gap = runAtEnd(cells, cell => cell.status === 'stale')
    const [first, newest] = [gap[0], gap.at(-1)]
    return first && newest ? [{ under: id, since: first.period, at: newest.period }] : []
  })
  const [last] = gaps.sort((one, other) => comparePeriods(other.since, one.since, calendar) || (one.under < other.under ? -1 : 1))
  return last && gaps.length === kpis.length ? { ...last, times: kpis.length } : undefined
}

function nameOf({ seat, kpi = '' }: DriftLine): string {
  return `${seat} ${kpi}`
}
