import type { Member, Role } from '#shared/record/member.ts'
import type { Org } from '#shared/record/org.ts'
import type { Membership } from '../store/accounts.ts'
import type { ReadTx } from '../store/port.ts'
import type { Deps } from './deps.ts'

export interface MyOrg extends Membership { role: Role, name: string }

/** The companies a person is in, oldest membership first; without those they have left. */
export async function myOrgs(deps: Deps, userId: string): Promise<MyOrg[]> {
  const memberships = await deps.store.accounts.membershipsOf(userId)
  return deps.store.read(async (tx) => {
    const orgs: MyOrg[] = []
    for (const membership of memberships)
      orgs.push(...await readOrg(tx, membership))
    return orgs
  })
}

async function readOrg(tx: ReadTx, { org, member }: Membership): Promise<MyOrg[]> {
  const docs = await tx.docs(org, [org, member])
  const person = docs.find(doc => doc.id === member && !doc.deleted)?.body as Member | undefined
  const company = docs.find(doc => doc.id === org)?.body as Org | undefined
  return person && company && person.state !== 'left' ? [{ org, member, role: person.role, name: company.name }] : []
}
