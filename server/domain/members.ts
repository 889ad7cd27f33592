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

/** An admin removes somebody, or a person leaves. Their open invites go with them, their streams end. */
export async function removeMember(deps: Deps, actor: Actor, member: string): Promise<void> {
  if (actor.member !== member)
    refuseUnlessAdmin(actor)
  const { state } = await readMember(deps, actor.org, member)
  if (await isLastAdmin(deps, actor.org, member))
    throw new Problem('last-admin')
  await deps.store.accounts.removeInvitesOf(actor.org, member)
  if (state !== 'left')
    await writeState(deps, actor, member, { state: 'left' })
}

/** Takes somebody back: active where they have an account, else invited. */
export async function restoreMember(deps: Deps, actor: Actor, member: string): Promise<void> {
  refuseUnlessAdmin(actor)
  const { state } = await readMember(deps, actor.org, member)
  if (state === 'left')
    await writeState(deps, actor, member, { state: await deps.store.accounts.isTaken(actor.org, member) ? 'active' : 'invited' })
}

async function isLastAdmin(deps: Deps, org: string, member: string): Promise<boolean> {
  const docs = await deps.store.read(tx => tx.docsByKind(org, 'member'))
  const admins = docs.filter(doc => !doc.deleted && doc.body.role === 'admin' && doc.body.state === 'active')
  return admins.every(doc => doc.id === member) && admins.length > 0
}

async function writeState(deps: Deps, actor: Actor, member: string, set: Partial<Member>): Promise<void> {
  await writeAsServer(deps.sync, actor.org, actor.member, [{ id: member, kind: 'member', set: { ...set } }])
}
