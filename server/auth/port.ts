export interface Person { userId: string, name: string, email: string }

/** Somebody signed in, and the `Set-Cookie` lines their browser needs. */
export interface SignedIn { person: Person, cookies: string[] }

/** `session` names this sign-in on this device; it is no secret. */
export interface Session extends SignedIn { session: string }

/** Identity, passwords and sessions. Knows nothing of companies, members and roles. */
export interface AuthPort {
  /** Undefined where the address already has an account. The password has been judged before. */
  signUp: (account: { name: string, email: string, password: string }) => Promise<SignedIn | undefined>
  /** Undefined for a wrong password and for an unknown address, after the same time. */
  signIn: (account: { email: string, password: string }) => Promise<SignedIn | undefined>
  signOut: (cookie: string) => Promise<string[]>
  /** Whose session a Cookie header carries; `cookies` renews it now and then. */
  session: (cookie: string) => Promise<Session | undefined>
}
