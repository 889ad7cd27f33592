import type { Response } from 'express'
import type { SignedIn } from '../auth/port.ts'
import type { HttpDeps } from './deps.ts'
import type { Limits } from './limits.ts'
import { Router } from 'express'
import { z } from 'zod'
import { memberRecord } from '#shared/record/member.ts'
import { myOrgs } from '../domain/myOrgs.ts'
import { Problem } from '../domain/problem.ts'
import { signIn } from '../domain/signIn.ts'
import { signUp, signUpSetting } from '../domain/signUp.ts'
import { addressKey } from './limits.ts'
import { locals } from './locals.ts'
import { bodyOf } from './parse.ts'

const email = z.string().trim().toLowerCase().max(254).pipe(z.email())
const password = z.string().min(1).max(1024)
const signInBody = z.strictObject({ email, password })
/** No database holds a zero character in a column of its own. */
const name = memberRecord.fields.name.refine(text => !text.includes('\0'))
export const signUpBody = z.strictObject({ name, email, password })

export function accountRoutes(deps: HttpDeps, limits: Limits): Router {
  const router = Router()
  router.post('/sign-up', async (req, res) => {
    const account = bodyOf(req, signUpBody)
    await limits.spend('signUp', addressKey(locals(res).address))
    const known = await counted(limits, res, account.email, () => signUp(deps, account))
    welcome(deps, res, known, 'sign-up')
  })
  router.post('/sign-in', async (req, res) => {
    const account = bodyOf(req, signInBody)
    const known = await counted(limits, res, account.email, () => signIn(deps, account))
    welcome(deps, res, known, 'sign-in')
  })
  router.post('/sign-out', async (req, res) => {
    const { session } = locals(res)
    res.removeHeader('Set-Cookie')
    for (const line of await deps.auth.signOut(req.headers.cookie ?? ''))
      res.append('Set-Cookie', line)
    if (session) {
      deps.sync.hub.endSession(session.session)
      await deps.store.accounts.reminders.dropSession(session.session)
    }
    deps.log.info({ event: 'sign-out', person: session?.person.userId, requestId: locals(res).requestId }, 'security')
    res.json({})
  })
  router.get('/me', async (_req, res) => {
    res.json(await whoAmI(deps, locals(res).session?.person))
  })
  return router
}

/**
 * Counts an attempt before the password is looked at, and takes it back when it was right: by account
 * from this address, and by address.
 */
export async function counted(limits: Limits, res: Response, account: string, work: () => Promise<SignedIn>): Promise<SignedIn> {
  const address = addressKey(locals(res).address)
  await limits.spend('address', address)
  await limits.spend('account', `${account} ${address}`)
  const known = await work().catch(async (error: unknown) => {
    if (error instanceof Problem && (error.code === 'sign-in-refused' || error.code === 'sign-up-refused'))
      throw error
    await giveBack()
    throw error
  })
  await giveBack()
  return known

  async function giveBack() {
    await limits.giveBack('address', address)
    await limits.giveBack('account', `${account} ${address}`)
  }
}

/** Sets the cookies and says who came in. */
export function welcome({ log }: HttpDeps, res: Response, { person, cookies }: SignedIn, event: string, more: object = {}): void {
  res.removeHeader('Set-Cookie')
  cookies.forEach(line => res.append('Set-Cookie', line))
  log.info({ event, person: person.userId, requestId: locals(res).requestId }, 'security')
  res.json({ user: present(person), ...more })
}

async function whoAmI(deps: HttpDeps, person: SignedIn['person'] | undefined) {
  return {
    user: person ? present(person) : null,
    orgs: person ? await myOrgs(deps, person.userId) : [],
    signUp: await signUpSetting(deps),
    first: !(await deps.store.accounts.hasAccounts()),
    now: deps.now(),
  }
}

function present({ userId, name, email }: SignedIn['person']) {
  return { id: userId, name, email }
}
