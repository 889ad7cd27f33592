import type { BetterAuthOptions } from 'better-auth'
import type { Accounts } from '../store/accounts.ts'
import type { AuthPort, Person, SignedIn } from './port.ts'
import { betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import { getMigrations } from 'better-auth/db/migration'
import { createHasher } from './hasher.ts'

interface AuthOptions { accounts: Accounts, secret: string, publicUrl?: string, now: () => number }

const day = 24 * 60 * 60
const idle = 30 * day
const absolute = 90 * day

/**
 * better-auth's core, called as functions: none of its own routes, headers or limits is reachable.
 * Refuses to start where its tables are not what it expects (it would only log that).
 */
export async function createAuth(options: AuthOptions): Promise<AuthPort> {
  const settings = settingsOf(options)
  await refuseSchema(settings)
  const { api } = betterAuth(settings)
  return {
    signUp: body => unlessRefused(async () => signedIn(await api.signUpEmail({ body, returnHeaders: true }))),
    signIn: body => unlessRefused(async () => signedIn(await api.signInEmail({ body, returnHeaders: true }))),
    signOut: async cookie => (await api.signOut({ headers: new Headers({ cookie }), returnHeaders: true })).headers.getSetCookie(),
    session: async (cookie) => {
      const headers = new Headers({ cookie })
      const { response, headers: answer } = await api.getSession({ headers, returnHeaders: true })
      if (!response)
        return undefined
      if (response.session.createdAt.getTime() + absolute * 1000 > options.now())
        return { person: personOf(response.user), cookies: answer.getSetCookie(), session: response.session.id }
      await api.signOut({ headers })
    },
  }
}

function settingsOf({ accounts, secret, publicUrl }: AuthOptions) {
  const { hash, verify } = createHasher()
  const secure = publicUrl?.startsWith('https://') ?? false
  return {
    appName: 'OTP',
    baseURL: publicUrl ?? 'http://localhost',
    secret,
    // No transaction: SQLite's one connection must not wait for a password to be hashed.
    database: { ...accounts.database, transaction: false },
    emailAndPassword: { enabled: true, autoSignIn: true, minPasswordLength: 8, maxPasswordLength: 1024, password: { hash, verify } },
    session: { modelName: 'auth_session', expiresIn: idle, updateAge: day },
    user: { modelName: 'auth_user' },
    account: { modelName: 'auth_account' },
    verification: { modelName: 'auth_verification' },
    advanced: {
      // `__Host-` needs no Domain, Path=/ and Secure; the library's own prefix would come in front of it.
      useSecureCookies: false,
      cookiePrefix: secure ? '__Host-otp' : 'otp',
      defaultCookieAttributes: { secure, httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { disableIpTracking: true },
    },
    // Its log lines hold addresses.
    logger: { disabled: true },
    telemetry: { enabled: false },
  } satisfies BetterAuthOptions
}

async function refuseSchema(settings: BetterAuthOptions): Promise<void> {
  const { toBeCreated, toBeAdded, unsafeChanges } = await getMigrations(settings, { throwOnUnsafe: false })
  const missing = [...toBeCreated, ...toBeAdded].map(({ table, fields }) => `${table} (${Object.keys(fields).join(', ')})`)
  if (missing.length + unsafeChanges.length > 0)
    throw new Error(`The sign-in tables do not fit: ${[...missing, ...unsafeChanges].join('; ')}. Migrate before starting.`)
}

/** Every "no" of the library is one and the same: which of them it was would tell who has an account. */
async function unlessRefused(work: () => Promise<SignedIn>): Promise<SignedIn | undefined> {
  try {
    return await work()
  }
  catch (error) {
    if (error instanceof APIError && error.statusCode < 500)
      return undefined
    throw error
  }
}

function signedIn({ response, headers }: { response: { user: { id: string, name: string, email: string } }, headers: Headers }): SignedIn {
  return { person: personOf(response.user), cookies: headers.getSetCookie() }
}

function personOf({ id, name, email }: { id: string, name: string, email: string }): Person {
  return { userId: id, name, email }
}
