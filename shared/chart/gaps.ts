import type { Seat } from '../record/seat.ts'
import type { ChartLookup } from './owner.ts'
import { canHold, isActivePerson, personAbove } from './owner.ts'

/** What a seat lacks; `no-person-above` is an agent whose chain upward reaches nobody. */
export type SeatGap = 'no-accountability' | 'no-owner' | 'no-person-above' | 'no-kpi'

/** The gaps of a seat, the gravest first. A vacant seat has an owner above; retired and archived seats have no gaps. */
export function seatGaps(seatId: string, lookup: ChartLookup, hasKpi: boolean): SeatGap[] {
  const seat = lookup.seat(seatId)
  if (!seat || seat.archived || seat.stage === 'retired')
    return []
  const isAgent = seat.kind === 'agent'
  const gone = Boolean(seat.holder) && !canHold(lookup, seat.holder)
  const found: [SeatGap, boolean][] = [
    ['no-owner', isAgent ? !isActivePerson(lookup, seat.owner) : gone],
    ['no-person-above', isAgent && personAbove(seatId, lookup) === undefined],
    ['no-accountability', !seat.accountability.trim()],
    ['no-kpi', !hasKpi],
  ]
  return found.filter(([, is]) => is).map(([gap]) => gap)
}

/** A gap of the company: a seat's, or an agent's that is paused, so that nobody does its work. */
export interface CompanyGap { seat: string, what: SeatGap | 'paused' }

const gravest: readonly CompanyGap['what'][] = ['no-owner', 'no-person-above', 'no-accountability', 'paused', 'no-kpi']

/** Every gap of every seat, the gravest first; `isMeasured` says whether a seat is held to a KPI or a priority. */
export function companyGaps(seats: readonly { id: string, d: Seat }[], lookup: ChartLookup, isMeasured: (seat: string) => boolean): CompanyGap[] {
  const gaps = seats.flatMap(({ id, d }) => {
    const paused = d.kind === 'agent' && d.stage === 'paused' && !d.archived
    return [...seatGaps(id, lookup, isMeasured(id)), ...paused ? ['paused' as const] : []].map(what => ({ seat: id, what }))
  })
  return gaps.sort((one, other) => gravest.indexOf(one.what) - gravest.indexOf(other.what))
}
