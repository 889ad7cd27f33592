import { afterAll, expect, it } from 'vitest'
import { aPerson } from '../support/person.ts'
import { startServer } from '../support/server.ts'

const server = await startServer()
await server.store.accounts.putSetting('sign-up', 'open')
afterAll(() => server.close())

async function aCompany() {
  const admin = aPerson(server)
  await admin.signUp()
  const made = await admin.createOrg()
  const { member, token } = await admin.invite()
  const ben = aPerson(server)
  await ben.join(token)
  return { admin, ben, bensPath: `/api/orgs/${made.org}/members/${member}`, adminsPath: `/api/orgs/${made.org}/members/${made.member}` }
}

it('answers ORG_GONE on the next request of a removed member, and ends their streams', async () => {
  const { admin, ben, bensPath } = await aCompany()
  const stream = await ben.fetch('/api/sync/stream')
  expect((await admin.delete(bensPath)).status).toBe(200)
  expect(await stream.text()).toContain('{"bye":"gone"}')
  for (const answer of [await ben.get('/api/sync/digest'), await ben.get('/api/sync/stream'), await ben.post('/api/sync/push', {}), await ben.post('/api/sync/pull', {})])
    expect([answer.status, answer.body.code]).toEqual([403, 'ORG_GONE'])
  expect((await ben.get('/api/account/me')).body.orgs).toEqual([])
})

it('takes a removed member back', async () => {
  const { admin, ben, bensPath } = await aCompany()
  await admin.delete(bensPath)
  expect((await admin.post(`${bensPath}/restore`)).status).toBe(200)
  expect((await ben.get('/api/sync/digest')).status).toBe(200)
})

it('lets a person leave, and the last admin not', async () => {
  const { admin, ben, bensPath, adminsPath } = await aCompany()
  const { status, body } = await admin.delete(adminsPath)
  expect([status, body.code]).toEqual([409, 'last-admin'])
  expect((await ben.delete(bensPath)).status).toBe(200)
  expect((await ben.get('/api/sync/digest')).body.code).toBe('ORG_GONE')
})

it('is for admins of that company alone', async () => {
  const { ben, bensPath, adminsPath } = await aCompany()
  const { admin: outsider } = await aCompany()
  delete outsider.headers['x-member']
  expect((await aPerson(server).delete(bensPath)).body.code).toBe('sign-in')
  expect((await outsider.delete(bensPath)).body.code).toBe('org-unknown')
  expect((await outsider.post(`${bensPath}/restore`)).body.code).toBe('org-unknown')
  expect((await ben.delete(adminsPath)).body.code).toBe('role')
  expect((await ben.post(`${bensPath}/restore`)).body.code).toBe('role')
})

it('of two admins who leave at the same moment, one stays', async () => {
  const { admin, adminsPath } = await aCompany()
  const { member, token } = await admin.invite('admin', 'Cleo')
  const cleo = aPerson(server)
  await cleo.join(token)
  const left = await Promise.all([admin.delete(adminsPath), cleo.delete(adminsPath.replace(/[^/]+$/, member))])
  expect(left.map(({ status }) => status).sort()).toEqual([200, 409])
})
