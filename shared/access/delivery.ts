import type { Body } from '../record/envelope.ts'
import type { Person, World, Write } from './world.ts'
import { deliveryStates } from '../record/workState.ts'
import { isSame } from '../sync/merge.ts'
import { worksAt } from './world.ts'

/** Sent and verified by whoever is at its one end, accepted, returned and done at the other. */
export function judgeDelivery(person: Person, world: World, { before, set, after }: Write): 'not-allowed' | 'not-yours' | undefined {
  const { member } = person
  const at = (seat: unknown) => worksAt(person, world, seat)
  if (set.stateBy && set.stateBy !== member)
    return 'not-yours'
  if (!before)
    return set.sentBy !== member ? 'not-yours' : at(after.from) && after.state === 'sent' ? undefined : 'not-allowed'
  const sets = (fields: readonly string[]) => fields.some(field => (set[field] ?? undefined) !== undefined && !isSame(set[field], before[field]))
  const isSenders = sets(['title', 'detail', 'due'])
  const isReceivers = sets(['acceptedAt', 'returnReason'])
  const { sends, receives } = endsOf(before, set, member)
  const may = (!(isSenders || sends) || at(after.from)) && (!(isReceivers || receives) || at(after.to)) && (at(after.from) || at(after.to))
  return may ? undefined : 'not-allowed'
}

/** Whose word a new state is: the sender's, the receiver's, or both's where what was not done yet is verified. Anybody may take back their own. */
function endsOf(before: Body, set: Body, member: string): { sends: boolean, receives: boolean } {
  const step = (state: unknown) => deliveryStates.findIndex(known => known === state)
  const state = set.state
  if (!('state' in set) || isSame(state, before.state) || (before.stateBy === member && step(state) < step(before.state)))
    return { sends: false, receives: false }
  // What was verified is reopened by who verified it.
  const reopens = before.state === 'verified' && Number(set.reopened ?? 0) > Number(before.reopened ?? 0)
  if (reopens)
    return { sends: true, receives: false }
  const sends = state === 'sent' || state === 'verified'
  return { sends, receives: !sends || (state === 'verified' && before.state !== 'done') }
}
