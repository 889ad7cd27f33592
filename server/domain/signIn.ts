import type { SignedIn } from '../auth/port.ts'
import type { Deps } from './deps.ts'
import { Problem } from './problem.ts'

export async function signIn(deps: Deps, account: { email: string, password: string }): Promise<SignedIn> {
  const known = await deps.auth.signIn(account)
  if (!known)
    throw new Problem('sign-in-refused')
  return known
}
