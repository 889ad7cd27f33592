import type { Seat } from '../record/seat.ts'
import type { ChartLookup } from './owner.ts'
import { wouldCycle } from './chain.ts'
import { canHold, isActivePerson } from './owner.ts'

export type SeatRefusal = 'no-accountability' | 'no-owner' | 'owner-not-active-person' | 'holder-cannot-hold' | 'not-for-this-kind' | 'chart-cycle' | 'reports-to-itself'

/** `before` is the seat as stored; undefined for a new one. */
export interface SeatChange { id: string, seat: Seat, before?: Seat, lookup: ChartLookup }

/**
 * Why a seat cannot be as somebody wrote it. Only what the writing changes is judged, so that a seat whose owner
 * has left meanwhile can still be renamed; a restored seat is judged whole, an archived one not at all.
 */
export function refuseSeat({ id, seat, before, lookup }: SeatChange): SeatRefusal | undefined {
  if (seat.archived)
    return undefined
  const was = before?.archived ? undefined : before
  return refuseAccountability(seat, was)
    ?? refuseKind(seat, was)
    ?? refusePeople(seat, was, lookup)
    ?? refuseMove(id, seat, was, lookup)
}

/** Only an import may leave it blank, and nobody may blank it again. */
function refuseAccountability(seat: Seat, was: Seat | undefined): SeatRefusal | undefined {
  const mayBeBlank = Boolean(seat.importKey) && !was?.accountability.trim()
  return seat.accountability.trim() || mayBeBlank ? undefined : 'no-accountability'
}

/** A human seat's owner and stage are derived; an agent seat has no holder. */
function refuseKind(seat: Seat, was: Seat | undefined): SeatRefusal | undefined {
  const foreign = seat.kind === 'agent' ? ['holder'] as const : ['owner', 'stage', 'authority'] as const
  return foreign.some(field => seat[field] && (seat[field] !== was?.[field] || seat.kind !== was?.kind)) ? 'not-for-this-kind' : undefined
}

function refusePeople(seat: Seat, was: Seat | undefined, lookup: ChartLookup): SeatRefusal | undefined {
  if (seat.kind === 'human')
    return seat.holder === was?.holder || !seat.holder || canHold(lookup, seat.holder) ? undefined : 'holder-cannot-hold'
  if (!seat.owner)
    return 'no-owner'
  return seat.owner === was?.owner || isActivePerson(lookup, seat.owner) ? undefined : 'owner-not-active-person'
}

function refuseMove(id: string, seat: Seat, was: Seat | undefined, lookup: ChartLookup): SeatRefusal | undefined {
  if (!seat.reportsTo || seat.reportsTo === was?.reportsTo)
    return undefined
  if (seat.reportsTo === id)
    return 'reports-to-itself'
  return wouldCycle(lookup.seat, id, seat.reportsTo) ? 'chart-cycle' : undefined
}
