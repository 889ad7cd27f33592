import { afterAll, expect, it } from 'vitest'
import { aPerson } from '../support/person.ts'
import { startServer } from '../support/server.ts'

const server = await startServer()
await server.store.accounts.putSetting('sign-up', 'open')
afterAll(() => server.close())

const settings = { name: 'Acme', timeZone: 'Europe/Berlin', weekStart: 1, yearStart: 4, currency: 'EUR', yourName: 'Ada' }

async function aFounder() {
  const person = aPerson(server)
  await person.signUp()
  return { person, ...await person.createOrg() }
}

it('makes a company and its founder: admin, active, accountable', async () => {
  const person = aPerson(server)
  await person.signUp()
  const { status, body } = await person.post('/api/orgs', settings)
  expect(status).toBe(201)
  person.actIn(body as { org: string, member: string })
  const pulled = await person.post('/api/sync/pull', { epoch: '', limit: 10, since: { records: 0 } })
  const docs = (pulled.body.pages as { records: { docs: { id: string, d: object }[] } }).records.docs
  expect(docs.find(doc => doc.id === body.member)?.d).toMatchObject({ name: 'Ada', role: 'admin', state: 'active' })
  expect(docs.find(doc => doc.id === body.org)?.d).toMatchObject({ name: 'Acme', timeZone: 'Europe/Berlin', weekStart: 1, yearStart: 4, currency: 'EUR', accountable: body.member })
  expect((await person.get('/api/account/me')).body.orgs).toEqual([{ org: body.org, member: body.member, role: 'admin', name: 'Acme' }])
})

it('needs sign-in to make a company', async () => {
  expect((await aPerson(server).post('/api/orgs', settings)).body.code).toBe('sign-in')
})

it.each([
  ['a time zone that is none', { timeZone: 'Berlin' }],
  ['a month that is none', { yearStart: 13 }],
  ['a currency that is none', { currency: 'euro' }],
  ['a blank name', { name: ' ' }],
  ['a field nobody asked for', { accountable: 'mem_other' }],
])('refuses %s', async (_what, over) => {
  const person = aPerson(server)
  await person.signUp()
  const { status, body } = await person.post('/api/orgs', { ...settings, ...over })
  expect([status, body.code]).toEqual([422, 'invalid'])
})

it('answers 401 where nobody is signed in, whatever company is named', async () => {
  const { org } = await aFounder()
  const stranger = aPerson(server)
  stranger.headers['x-org'] = org
  expect((await stranger.get('/api/sync/digest')).body.code).toBe('sign-in')
})

it('answers somebody else\'s company and none at all in the same words', async () => {
  const { org } = await aFounder()
  const { person: other } = await aFounder()
  delete other.headers['x-member']
  const answers = []
  for (const named of [org, 'org_that_never_was', '']) {
    other.headers['x-org'] = named
    answers.push(await other.get('/api/sync/digest'))
  }
  expect(answers.map(({ status, body }) => [status, body.code])).toEqual([[404, 'org-unknown'], [404, 'org-unknown'], [404, 'org-unknown']])
})

it('tells a phone that holds somebody else\'s records so, and never that the company is gone', async () => {
  const { org, member } = await aFounder()
  const { person: other } = await aFounder()
  Object.assign(other.headers, { 'x-org': org, 'x-member': member })
  expect((await other.post('/api/sync/pull', {})).body.code).toBe('other-person')
})

it('checks the member the phone names against the session', async () => {
  const { person, member } = await aFounder()
  person.headers['x-member'] = `${member}x`
  const { status, body } = await person.get('/api/sync/digest')
  expect([status, body.code]).toEqual([409, 'other-person'])
})
