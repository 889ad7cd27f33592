import type { Invite } from '../store/accounts.ts'
import type { Actor } from '../sync/actor.ts'
import type { Deps } from './deps.ts'
import { createHash, randomBytes } from 'node:crypto'
import { refuseUnlessAdmin } from './actorOf.ts'
import { readMember } from './members.ts'
import { Problem } from './problem.ts'

const lifetime = 7 * 24 * 60 * 60 * 1000

/** What is kept of an invite's token: who reads the database cannot come in with it. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/** A way in for a member's record nobody signs in as yet. The token is told once, here. */
export async function invite(deps: Deps, actor: Actor, member: string): Promise<{ token: string, invite: Invite }> {
  refuseUnlessAdmin(actor)
  const { role, state } = await readMember(deps, actor.org, member)
  if (state === 'left')
    throw new Problem('member-unknown')
  if (await deps.store.accounts.isTaken(actor.org, member))
    throw new Problem('member-taken')
  const token = randomBytes(32).toString('base64url')
  const made = { hash: hashOf(token), org: actor.org, member, role, createdBy: actor.member, expiresAt: deps.now() + lifetime }
  await deps.store.accounts.addInvite(made)
  return { token, invite: made }
}

export async function openInvites(deps: Deps, actor: Actor): Promise<Invite[]> {
  refuseUnlessAdmin(actor)
  return deps.store.accounts.openInvites(actor.org, deps.now())
}

export async function withdrawInvite(deps: Deps, actor: Actor, hash: string): Promise<void> {
  refuseUnlessAdmin(actor)
  if (!await deps.store.accounts.removeInvite(actor.org, hash))
    throw new Problem('invite-gone')
}
