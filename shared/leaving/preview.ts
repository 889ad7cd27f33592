import type { Seat } from '../record/seat.ts'
import type { Leaving, Move } from './plan.ts'
import { accountableOf, ownerOf } from '../chart/owner.ts'

/** Who will answer for each seat once the plan is done and they are gone. */
export function ownersAfter({ member, hands, members, lookup }: Leaving, moves: readonly Move[]): (seat: string) => string {
  const set = new Map(moves.map(move => [move.id, move.set]))
  const stay = members.filter(([id]) => id !== member)
  const org = hands.org[0]
  const accountable = accountableOf((org && set.get(org.id) as { accountable?: string } | undefined)?.accountable ?? org?.d.accountable, stay)
  const after = {
    seat: (id: string) => {
      const seat = lookup.seat(id)
      return seat && { ...seat, ...set.get(id) } as Seat
    },
    member: (id: string) => id === member ? undefined : lookup.member(id),
  }
  return seat => ownerOf(seat, after, accountable)
}
