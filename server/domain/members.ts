import type { Member, Role } from '#shared/record/member.ts'
import type { Actor } from '../sync/actor.ts'
import type { Deps } from './deps.ts'
import { newId } from '#shared/record/ids.ts'
import { writeAsServer } from '../sync/writeAsServer.ts'
import { refuseUnlessAdmin } from './actorOf.ts'
import { Problem } from './problem.ts'

/** A member's record, wherever they stand: invited, active or left. */
export async function readMember(deps: Deps, org: string, member: string): Promise<Member> {
  const [doc] = await deps.store.read(tx => tx.docs(org, [member]))
  if (!doc || doc.kind !== 'member' || doc.deleted)
    throw new Problem('member-unknown')
  return doc.body as unknown as Member
}

/** A person in the company who has no account yet. */
export async function addMember(deps: Deps, actor: Actor, person: { name: string, role: Role }): Promise<string> {
  refuseUnlessAdmin(actor)
  const member = newId('member', deps.now(), bytes => crypto.getRandomValues(bytes))
  await writeState(deps, actor, member, { ...person, state: 'invited' })
  return member
}

/** An admin removes somebody, or a person leaves. Their open invites and their devices go with them, their streams end. */
export async function removeMember(deps: Deps, actor: Actor, member: string): Promise<void> {
  if (actor.member !== member)
    refuseUnlessAdmin(actor)
  const { state } = await readMember(deps, actor.org, member)
  if (state !== 'left')
    await writeState(deps, actor, member, { state: 'left' }, world => refuseLastAdmin(world.admins(), member))
  await deps.store.accounts.removeInvitesOf(actor.org, member)
  await deps.store.accounts.reminders.dropMember(actor.org, member)
}

/** Takes somebody back: active where they have an account, else invited. */
export async function restoreMember(deps: Deps, actor: Actor, member: string): Promise<void> {
  refuseUnlessAdmin(actor)
  const { state } = await readMember(deps, actor.org, member)
  if (state === 'left')
    await writeState(deps, actor, member, { state: await deps.store.accounts.isTaken(actor.org, member) ? 'active' : 'invited' })
}

function refuseLastAdmin(admins: readonly string[], member: string): void {
  if (admins.length > 0 && admins.every(id => id === member))
    throw new Problem('last-admin')
}

async function writeState(deps: Deps, actor: Actor, member: string, set: Partial<Member>, refuse?: Parameters<typeof writeAsServer>[4]): Promise<void> {
  await writeAsServer(deps.sync, actor.org, actor.member, [{ id: member, kind: 'member', set: { ...set } }], refuse)
}
