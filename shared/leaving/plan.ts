import type { ChartLookup } from '../chart/owner.ts'
import type { Bodies } from '../record/envelope.ts'
import type { Member } from '../record/member.ts'
import type { Charge, Hands } from './charges.ts'
import { ancestors } from '../chart/chain.ts'
import { accountableOf, isActivePerson } from '../chart/owner.ts'
import { mayTake } from './charges.ts'

/** Who takes each charge, by the id of its record; '' leaves a seat vacant, with whoever is above it answering. */
export type Takers = Readonly<Record<string, string>>

/** Fields of one record that a plan sets; null empties one. */
export type Move = { [K in keyof Hands]: { kind: K, id: string, before: Bodies[K], set: { [F in keyof Bodies[K]]?: Bodies[K][F] | null } } }[keyof Hands]

/** Who leaves, what there is, and who is there. */
export interface Leaving { member: string, hands: Hands, members: readonly (readonly [id: string, member: Member])[], lookup: ChartLookup }

/**
 * Who might take each charge. A seat for people stays vacant: a gap to see, answered for by the person above.
 * The rest goes to the person above, else to the company's accountable person, else to an admin.
 */
export function suggestTakers(leaving: Leaving, charges: readonly Charge[]): Takers {
  const held = charges.filter(({ role, shelved }) => role === 'holder' && !shelved).map(({ id }) => id)
  const last = lastResort(leaving)
  return Object.fromEntries(charges.map((charge) => {
    const from = charge.role === 'agent' ? [charge.id] : held
    return [charge.id, charge.role === 'holder' ? '' : charge.role === 'accountable' ? last : above(leaving, from) ?? last]
  }))
}

/** What nobody fit was found for; with nothing left here the plan leaves nothing behind. */
export function untaken({ member, lookup }: Leaving, charges: readonly Charge[], takers: Takers): Charge[] {
  return charges.filter(charge => !mayTake(charge, takers[charge.id] ?? '', member, lookup))
}

/** The writes that put each charge into its taker's hands, the company first. The same again writes nothing new. */
export function movesOf({ member, hands }: Leaving, charges: readonly Charge[], takers: Takers): Move[] {
  const held = { org: byId(hands.org), seat: byId(hands.seat), todo: byId(hands.todo) }
  return charges.flatMap(({ kind, id, role }): Move[] => {
    const taker = takers[id] ?? ''
    const before = held[kind].get(id)
    if (!before)
      return []
    if (kind === 'org')
      return [{ kind, id, before: before as Bodies['org'], set: { accountable: taker } }]
    if (kind === 'seat')
      return [{ kind, id, before: before as Bodies['seat'], set: role === 'holder' ? { holder: taker || null } : { owner: taker } }]
    const todo = before as Bodies['todo']
    return [{ kind, id, before: todo, set: { ...role === 'doer' && { owner: taker }, ...todo.asker === member && { asker: taker } } }]
  })
}

/** The nearest active person above any of these seats. */
function above({ member, lookup }: Leaving, seats: readonly string[]): string | undefined {
  return seats.flatMap(seat => ancestors(lookup.seat, seat))
    .map(id => lookup.seat(id))
    .find(seat => seat?.kind === 'human' && !seat.archived && seat.holder !== member && isActivePerson(lookup, seat.holder))
    ?.holder
}

function lastResort({ member, hands, members }: Leaving): string {
  return accountableOf(hands.org[0]?.d.accountable, members.filter(([id]) => id !== member))
}

function byId<D>(records: readonly { id: string, d: D }[]): Map<string, D> {
  return new Map(records.map(({ id, d }) => [id, d]))
}
