import type { Org } from '#shared/record/org.ts'
import type { Membership } from '../store/accounts.ts'
import type { Deps } from './deps.ts'
import { newId } from '#shared/record/ids.ts'
import { openOrg, writeAsServer } from '../sync/writeAsServer.ts'

export type NewOrg = Pick<Org, 'name' | 'timeZone' | 'weekStart' | 'yearStart' | 'currency'> & { yourName: string }

/** A company and its founder: its first admin and its accountable person. */
export async function createOrg(deps: Deps, userId: string, { yourName, ...settings }: NewOrg): Promise<Membership> {
  const now = deps.now()
  const org = newId('org', now, bytes => crypto.getRandomValues(bytes))
  const member = newId('member', now, bytes => crypto.getRandomValues(bytes))
  await openOrg(deps.sync, org)
  await writeAsServer(deps.sync, org, member, [
    { id: member, kind: 'member', set: { name: yourName, role: 'admin', state: 'active' } },
    { id: org, kind: 'org', set: { ...settings, accountable: member } },
  ])
  // Last, so that nobody is ever a member of half a company.
  await deps.store.accounts.addMembership(userId, { org, member }, now)
  await deps.store.accounts.claimSetting('first-org', org)
  return { org, member }
}
