import type { SignedIn } from '../auth/port.ts'
import type { Deps } from './deps.ts'
import { refusePassword } from '../auth/password.ts'
import { Problem } from './problem.ts'

export interface NewAccount { name: string, email: string, password: string }

/**
 * Makes an account and signs in. An address that has one signs in if the password is right. Every
 * other "no" is `sign-up-refused`: not invited, or taken, nobody learns which.
 */
export async function signUp(deps: Deps, account: NewAccount, invited = false): Promise<SignedIn> {
  const refused = refusePassword(account.password, wordsOf(account))
  if (refused)
    throw new Problem(refused)
  const welcome = invited || await mayAnybodySignUp(deps)
  const made = welcome ? await deps.auth.signUp(account) : undefined
  const known = made ?? await deps.auth.signIn(account)
  if (!known)
    throw new Problem('sign-up-refused')
  return known
}

export async function signUpSetting(deps: Deps): Promise<'invite' | 'open'> {
  return await deps.store.accounts.setting('sign-up') === 'open' ? 'open' : 'invite'
}

/** The first account needs no invite. */
async function mayAnybodySignUp(deps: Deps): Promise<boolean> {
  return await signUpSetting(deps) === 'open' || !(await deps.store.accounts.hasAccounts())
}

function wordsOf({ name, email }: NewAccount): string[] {
  const [local = '', host = ''] = email.split('@')
  return [name, ...name.split(/\s+/), email, local, host, ...host.split('.')]
}
