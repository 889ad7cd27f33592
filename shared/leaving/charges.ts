import type { ChartLookup } from '../chart/owner.ts'
import type { Held } from '../lifecycle/around.ts'
import { canHold, isActivePerson } from '../chart/owner.ts'
import { isOver } from '../tasks/todo.ts'

/** The records that name whom something rests with; seats that are archived or retired too. */
export interface Hands { org: readonly Held<'org'>[], seat: readonly Held<'seat'>[], todo: readonly Held<'todo'>[] }

/** What a record gives a person: the company to answer for, a seat to fill, an agent to own, something to do or to verify. */
export type ChargeRole = 'accountable' | 'holder' | 'agent' | 'doer' | 'asker'

/** One thing in somebody's hands. `shelved` where it is archived or retired and only restoring would bring it back. */
export interface Charge { kind: keyof Hands, id: string, role: ChargeRole, title: string, shelved?: true }

/**
 * Everything that rests with a member, the gravest first. KPIs, priorities, handoffs and the lead of a team rest
 * with seats and go with them; what is done and verified stays as it happened, and a private priority is nobody else's.
 */
export function chargesOf(member: string, { org, seat, todo }: Hands): Charge[] {
  return [
    ...org.filter(({ d }) => d.accountable === member).map(({ id, d }): Charge => ({ kind: 'org', id, role: 'accountable', title: d.name })),
    ...seat.filter(({ d }) => d.kind === 'human' && d.holder === member).map(rec => seatCharge(rec, 'holder')),
    ...seat.filter(({ d }) => d.kind === 'agent' && d.owner === member).map(rec => seatCharge(rec, 'agent')),
    ...todo.filter(({ d }) => !d.archived && d.state === 'open' && d.owner === member).map(({ id, d }): Charge => ({ kind: 'todo', id, role: 'doer', title: d.title })),
    ...todo.filter(({ d }) => !d.archived && !isOver(d) && d.asker === member && (d.owner !== member || d.state !== 'open')).map(({ id, d }): Charge => ({ kind: 'todo', id, role: 'asker', title: d.title })),
  ]
}

/** Whether somebody other than who leaves may take it; '' is nobody, which only a seat for people allows. */
export function mayTake({ role }: Pick<Charge, 'role'>, taker: string, leaver: string, lookup: ChartLookup): boolean {
  if (!taker)
    return role === 'holder'
  const may = role === 'accountable' || role === 'agent' ? isActivePerson : canHold
  return taker !== leaver && may(lookup, taker)
}

function seatCharge({ id, d }: Held<'seat'>, role: 'holder' | 'agent'): Charge {
  return { kind: 'seat', id, role, title: d.title, ...(d.archived || d.stage === 'retired') && { shelved: true } }
}
