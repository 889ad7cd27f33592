import { sql } from 'kysely'
import { afterAll, expect, it } from 'vitest'
import { aPerson } from '../support/person.ts'
import { startServer } from '../support/server.ts'

const day = 24 * 60 * 60 * 1000
const clock = { ahead: 0 }
const server = await startServer({ now: () => Date.now() + clock.ahead })
const secure = await startServer({ publicUrl: 'https://otp.example' })
afterAll(() => Promise.all([server.close(), secure.close()]))

async function anAccount() {
  const { accounts } = server.store
  await accounts.putSetting('sign-up', 'open')
  const person = aPerson(server)
  await person.signUp()
  return person
}

const isIn = async (person: { get: ReturnType<typeof aPerson>['get'] }) => (await person.get('/api/account/me')).body.user !== null

it('sets an HttpOnly, SameSite=Lax cookie on http and a __Host- one, Secure, on https', async () => {
  const [plain] = (await aPerson(server).signUp()).headers.getSetCookie()
  expect(plain).toMatch(/^otp\.session_token=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/)
  const [hosted] = (await aPerson(secure).signUp()).headers.getSetCookie()
  expect(hosted).toMatch(/^__Host-otp\.session_token=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
})

it('never puts the token into a body', async () => {
  const person = aPerson(server)
  await server.store.accounts.putSetting('sign-up', 'open')
  const { body } = await person.signUp()
  const [token = ''] = [...person.cookies.values()].map(value => decodeURIComponent(value).split('.')[0])
  expect(token.length).toBeGreaterThanOrEqual(32)
  expect(JSON.stringify(body)).not.toContain(token)
})

it('gives a new token at each sign-in', async () => {
  const person = await anAccount()
  const before = [...person.cookies.values()]
  await person.signIn()
  expect([...person.cookies.values()]).not.toEqual(before)
})

it('ends the session at sign-out: the old cookie opens nothing', async () => {
  const person = await anAccount()
  await person.createOrg()
  const cookie = [...person.cookies].map(pair => pair.join('=')).join('; ')
  expect((await person.post('/api/account/sign-out')).status).toBe(200)
  expect(person.cookies.size).toBe(0)
  for (const path of ['/api/sync/digest', '/api/orgs/some/invites']) {
    const response = await person.fetch(path, { headers: { cookie } })
    expect(response.status).toBe(401)
  }
})

it('ends the open streams of a session that signs out', async () => {
  const person = await anAccount()
  await person.createOrg()
  const stream = await person.fetch('/api/sync/stream')
  expect(stream.status).toBe(200)
  await person.post('/api/account/sign-out')
  expect(await stream.text()).toContain('{"bye":"session"}')
})

it('refuses a session 90 days after sign-in, however often it was used', async () => {
  const person = await anAccount()
  clock.ahead = 89 * day
  expect(await isIn(person)).toBe(true)
  clock.ahead = 91 * day
  expect(await isIn(person)).toBe(false)
  clock.ahead = 0
  expect(await isIn(person)).toBe(false)
})

it('refuses a session unused for 30 days, and renews one in use', async () => {
  const { db } = server.store.accounts.database
  const person = await anAccount()
  await sql`update auth_session set "expiresAt" = ${new Date(Date.now() + 5 * day).toISOString()}`.execute(db)
  expect((await person.get('/api/account/me')).headers.getSetCookie()[0]).toContain('Max-Age=2592000')
  await sql`update auth_session set "expiresAt" = ${new Date(Date.now() - 1000).toISOString()}`.execute(db)
  expect(await isIn(person)).toBe(false)
})

it.each(['/api/auth/sign-in/email', '/api/auth/get-session', '/api/auth/update-user', '/api/auth/change-email', '/api/auth/delete-user', '/api/auth/reset-password', '/api/auth/ok', '/api/auth/error'])('has no %s', async (path) => {
  const person = await anAccount()
  expect((await person.get(path)).body.code).toBe('not-found')
  expect((await person.post(path, {})).body.code).toBe('not-found')
})

it('keeps neither address nor browser with a session', async () => {
  await anAccount()
  const { rows } = await sql<{ ip: unknown, agent: unknown }>`select "ipAddress" as ip, "userAgent" as agent from auth_session`.execute(server.store.accounts.database.db)
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.filter(({ ip, agent }) => ip || agent)).toEqual([])
})
