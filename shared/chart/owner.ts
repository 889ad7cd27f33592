import type { Member } from '../record/member.ts'
import type { Seat, Stage } from '../record/seat.ts'
import { ancestors } from './chain.ts'

/** What the rules about people on the chart look things up in. */
export interface ChartLookup {
  seat: (id: string) => Seat | undefined
  member: (id: string) => Member | undefined
}

/** Who answers for what nobody holds: the company's accountable person while they are here, else the first of its admins, so that somebody always does. */
export function accountableOf(accountable: string | undefined, members: Iterable<readonly [id: string, member: Member]>): string {
  const here = [...members].filter(([, { state, role }]) => state === 'active' && role !== 'viewer')
  const admins = here.filter(([, { role }]) => role === 'admin').map(([id]) => id).sort()
  return here.find(([id]) => id === accountable)?.[0] ?? admins[0] ?? accountable ?? ''
}

/** The member answerable for a seat: derived, never stored, except an agent's. `accountable` is of {@link accountableOf}. */
export function ownerOf(seatId: string, lookup: ChartLookup, accountable: string): string {
  const seat = lookup.seat(seatId)
  const stored = seat?.kind === 'agent' ? seat.owner : undefined
  if (isActivePerson(lookup, stored))
    return stored
  return (seat && holderOf(seat, lookup)) ?? personAbove(seatId, lookup) ?? accountable
}

/** Who fills a human seat; nobody where the holder has left or only looks on. Invited people fill seats. */
export function holderOf(seat: Seat, lookup: ChartLookup): string | undefined {
  return seat.kind === 'human' && canHold(lookup, seat.holder) ? seat.holder : undefined
}

/** The holder of the nearest filled human seat above; archived seats are passed over. */
export function personAbove(seatId: string, lookup: ChartLookup): string | undefined {
  for (const id of ancestors(lookup.seat, seatId)) {
    const seat = lookup.seat(id)
    const holder = seat && !seat.archived ? holderOf(seat, lookup) : undefined
    if (holder)
      return holder
  }
  return undefined
}

/** An agent walks its stages; a human seat is in production while somebody fills it, else planned. */
export function stageOf(seat: Seat, lookup: ChartLookup): Stage {
  if (seat.kind === 'agent')
    return seat.stage ?? 'planned'
  return holderOf(seat, lookup) ? 'production' : 'planned'
}

/** Whether a member may own an agent: active, and more than a viewer. */
export function isActivePerson(lookup: ChartLookup, memberId: string | undefined): memberId is string {
  return canHold(lookup, memberId) && lookup.member(memberId)?.state === 'active'
}

/** Whether a member may fill a seat: not gone, and more than a viewer. */
export function canHold(lookup: ChartLookup, memberId: string | undefined): memberId is string {
  const member = memberId ? lookup.member(memberId) : undefined
  return member !== undefined && member.state !== 'left' && member.role !== 'viewer'
}
