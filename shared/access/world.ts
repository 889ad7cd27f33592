import type { Around } from '../lifecycle/around.ts'
import type { Bodies, Body, Kind } from '../record/envelope.ts'
import type { Role } from '../record/member.ts'
import { inSubtreeOf } from '../chart/chain.ts'

/** Who acts: a member of the org, with the role they have at this moment; or an agent, and then `member` is its seat's id. */
export interface Person {
  member: string
  role: Role | 'agent'
}

/** What a judgement may look at. The client answers from its replica, the server from the transaction. */
export interface World {
  get: <K extends Kind>(kind: K, id: string | undefined) => Bodies[K] | undefined
  /** Seats this member holds. */
  seatsHeldBy: (member: string) => readonly string[]
  /** The ballots of a round that are known here: all of them to the server, to a device its person's own. */
  ballots: (round: string) => readonly Bodies['ballot'][]
  /** Active admins. */
  admins: () => readonly string[]
  /** Whether any score was ever entered in the org. */
  hasScores: () => boolean
  /** What stands around an agent's seat, where one of its steps is judged. */
  around: (seat: string) => Around
}

/** A write to be judged: the record before (undefined for a new one), the fields set, and the record after. */
export interface Write {
  kind: Kind
  id: string
  before: Body | undefined
  set: Body
  after: Body
}

/** Whether a seat lies in what this member answers for: a seat they hold, or any below one. */
export function answersFor(world: World, member: string, seat: string | undefined): boolean {
  return seat !== undefined && inSubtreeOf(id => world.get('seat', id), seat, world.seatsHeldBy(member))
}

/** Whether this member holds the seat, or owns it where it is an agent's. */
export function holdsOrOwns(world: World, member: string, seat: string | undefined): boolean {
  const body = world.get('seat', seat)
  return body !== undefined && (body.holder === member || (body.kind === 'agent' && body.owner === member))
}

/** Whether a seat's work is theirs: any for an admin, those below for a manager, and what they hold or own. */
export function worksAt({ member, role }: Person, world: World, seat: unknown): boolean {
  const id = seat as string | undefined
  return role === 'admin' || (role === 'manager' && answersFor(world, member, id)) || (role !== 'viewer' && holdsOrOwns(world, member, id))
}

/** Whether what a seat is held to is theirs to write: an admin's, a manager's below them, an agent's owner's. */
export function keeps({ member, role }: Person, world: World, seat: unknown): boolean {
  const body = world.get('seat', seat as string | undefined)
  if (role === 'admin' || (role === 'manager' && answersFor(world, member, seat as string | undefined)))
    return true
  return role !== 'viewer' && body?.kind === 'agent' && body.owner === member
}
