import type { Member } from '#shared/record/member.ts'
import type { Actor } from '../sync/actor.ts'
import type { Deps } from './deps.ts'
import { Problem } from './problem.ts'

interface Claim {
  userId: string
  org: string
  /** Whose records the device holds, where it holds any. */
  member?: string
}

/**
 * Whom a person is in a company, from the records as they now are; asked on every request.
 * `ORG_GONE` makes a device purge, so it needs proof: a member's record that says they left.
 * Who merely is no member gets another answer, the same whether the company exists or not.
 */
export async function actorOf(deps: Deps, { userId, org, member: claimed }: Claim): Promise<Actor> {
  const member = await deps.store.accounts.memberIn(userId, org)
  if (claimed !== undefined && claimed !== member)
    throw new Problem('other-person')
  if (member === undefined)
    throw new Problem('org-unknown')
  const [doc] = await deps.store.glance(tx => tx.docs(org, [member]))
  if (!doc)
    throw new Problem('org-unknown')
  const { role, state } = doc.body as unknown as Member
  if (doc.deleted || state === 'left')
    throw new Problem('ORG_GONE')
  return { org, member, role }
}

export function refuseUnlessAdmin(actor: Actor): void {
  if (actor.role !== 'admin')
    throw new Problem('role')
}
