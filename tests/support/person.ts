import type { Kind } from '#shared/record/envelope.ts'
import type { Role } from '#shared/record/member.ts'
import type { Answer, Browser } from './browser.ts'
import { makeStamp } from '#shared/sync/stamp.ts'
import { aBrowser } from './browser.ts'

export interface TestPerson extends Browser {
  email: string
  password: string
  signUp: () => Promise<Answer>
  signIn: (password?: string) => Promise<Answer>
  /** Makes a company and acts in it from then on. */
  createOrg: (name?: string) => Promise<{ org: string, member: string }>
  /** Sends `x-org` and `x-member` with every request. */
  actIn: (membership: { org: string, member: string }) => void
  /** Adds a member's record and answers the invite's token. */
  invite: (role?: Role, name?: string) => Promise<{ member: string, token: string }>
  /** Comes in by an invite with a new account. */
  join: (token: string) => Promise<{ org: string, member: string }>
  /** Writes one record through the push endpoint. */
  write: (kind: Kind, id: string, set: Record<string, unknown>, base?: string) => Promise<Answer>
}

const anOrg = { timeZone: 'Europe/Berlin', weekStart: 1, yearStart: 1, currency: 'EUR', yourName: 'Ada Founder' }

/** Somebody with a browser and an address of their own. */
export function aPerson({ url }: { url: string }, { email = `${crypto.randomUUID()}@example.com`, password = 'correct horse battery', now = Date.now } = {}): TestPerson {
  const browser = aBrowser(url)
  const node = Math.random().toString(36).slice(2, 8).padEnd(6, '0')
  let count = 0
  const person: TestPerson = Object.assign(browser, {
    email,
    password,
    signUp: () => browser.post('/api/account/sign-up', { name: 'Ada Founder', email, password }),
    signIn: (typed = password) => browser.post('/api/account/sign-in', { email, password: typed }),
    actIn: ({ org, member }: { org: string, member: string }) => {
      Object.assign(browser.headers, { 'x-org': org, 'x-member': member })
    },
    createOrg: async (name = 'Acme') => {
      const made = expectStatus(await browser.post('/api/orgs', { ...anOrg, name }), 201) as { org: string, member: string }
      person.actIn(made)
      return made
    },
    write: (kind: Kind, recordId: string, set: Record<string, unknown>, base = '') => {
      const v = makeStamp(now(), count++, node)
      const fields = Object.entries(set).map(([field, value]) => [field, [value, v]])
      return browser.post('/api/sync/push', { rows: [{ id: recordId, kind, v, base, set: Object.fromEntries(fields) }] })
    },
    invite: async (role: Role = 'member', name = 'Ben Member') => {
      const made = expectStatus(await browser.post(`/api/orgs/${browser.headers['x-org']}/invites`, { name, role }), 201)
      return { member: String(made.member), token: String(made.url).split('/join/')[1] ?? '' }
    },
    join: async (token: string) => {
      const joined = expectStatus(await browser.post(`/api/invites/${token}/accept`, { email, password }), 200) as { org: string, member: string }
      person.actIn(joined)
      return joined
    },
  })
  return person
}

/** Founds a company with the demo in it; answers its id. */
export async function foundDemo(person: TestPerson): Promise<string> {
  await person.signUp()
  const { org } = await person.createOrg()
  await person.post(`/api/orgs/${org}/demo`, {})
  return org
}

function expectStatus({ status, body }: Answer, expected: number): Record<string, unknown> {
  if (status !== expected)
    throw new Error(`expected ${expected}, got ${status}: ${JSON.stringify(body)}`)
  return body
}
