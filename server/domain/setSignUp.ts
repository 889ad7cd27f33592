import type { Deps } from './deps.ts'
import { actorOf, refuseUnlessAdmin } from './actorOf.ts'
import { Problem } from './problem.ts'

/** Opens or closes sign-up for strangers: an admin of the first company decides for the server. */
export async function setSignUp(deps: Deps, userId: string, setting: 'invite' | 'open'): Promise<void> {
  const first = await deps.store.accounts.setting('first-org')
  if (first === undefined || await deps.store.accounts.memberIn(userId, first) === undefined)
    throw new Problem('role')
  // That they left that company is no word about the one on their device, which `ORG_GONE` would purge.
  refuseUnlessAdmin(await actorOf(deps, { userId, org: first }).catch((error: unknown) => {
    throw error instanceof Problem ? new Problem('role') : error
  }))
  await deps.store.accounts.putSetting('sign-up', setting)
}
