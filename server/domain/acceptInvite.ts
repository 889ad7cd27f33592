import type { World } from '#shared/access/world.ts'
import type { Member } from '#shared/record/member.ts'
import type { Org } from '#shared/record/org.ts'
import type { Person } from '../auth/port.ts'
import type { Membership } from '../store/accounts.ts'
import type { Deps } from './deps.ts'
import { writeAsServer } from '../sync/writeAsServer.ts'
import { hashOf } from './invite.ts'
import { Problem } from './problem.ts'

export interface InviteLook { org: { id: string, name: string }, member: { id: string, name: string }, expiresAt: number }

/** What a link leads to. Unknown, used and expired are one answer. */
export async function lookAtInvite(deps: Deps, token: string): Promise<InviteLook> {
  const invite = await deps.store.accounts.inviteOf(hashOf(token))
  if (!invite || invite.usedAt !== undefined || invite.expiresAt <= deps.now())
    throw new Problem('invite-gone')
  const docs = await deps.store.read(tx => tx.docs(invite.org, [invite.org, invite.member]))
  const org = docs.find(doc => doc.id === invite.org)?.body as Org | undefined
  const member = docs.find(doc => doc.id === invite.member && !doc.deleted)?.body as Member | undefined
  if (!org || !member || member.state === 'left')
    throw new Problem('invite-gone')
  return { org: { id: invite.org, name: org.name }, member: { id: invite.member, name: member.name }, expiresAt: invite.expiresAt }
}

/** Uses the invite up: of two at once one comes in. The same person may repeat a lost answer. */
export async function acceptInvite(deps: Deps, token: string, { userId }: Person): Promise<Membership> {
  const claim = await deps.store.accounts.claimInvite(hashOf(token), userId, deps.now())
  if (typeof claim === 'string')
    throw new Problem(claim)
  const { org, member } = claim
  const [doc] = await deps.store.read(tx => tx.docs(org, [member]))
  if (doc?.body.state === 'invited')
    await writeAsServer(deps.sync, org, member, [{ id: member, kind: 'member', set: { state: 'active' } }], refuseLeft)
  return { org, member }

  function refuseLeft(world: World) {
    // Removed in this very moment: no link brings them back.
    if (world.get('member', member)?.state === 'left')
      throw new Problem('invite-gone')
  }
}
