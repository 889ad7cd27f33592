import { expect, it } from 'vitest'
import { protocol } from '#shared/sync/version.ts'
import { aPerson } from '../support/person.ts'
import { startServer } from '../support/server.ts'

it.each(['sqlite', 'postgres'] as const)('tells the store, the version and the protocol on %s', async (store) => {
  const server = await startServer({ store })
  const { status, body } = await aPerson(server).get('/api/health')
  expect([status, body]).toEqual([200, { status: 'ok', store, version: '0.0.0-test', protocol }])
  await server.close()
})

it('is not ready while the database does not answer', async () => {
  const server = await startServer()
  await server.store.accounts.database.db.schema.dropTable('setting').execute()
  const { status, body } = await aPerson(server).get('/api/health')
  expect([status, body.status]).toEqual([503, 'no-database'])
  await server.close()
})

it('tells a bug bare, and logs it whole', async () => {
  const server = await startServer()
  await server.store.accounts.database.db.schema.dropTable('setting').execute()
  const { status, body, headers } = await aPerson(server).get('/api/account/me')
  expect([status, body]).toEqual([500, { code: 'internal', title: 'Something went wrong on the server.', status: 500, requestId: headers.get('x-request-id') }])
  expect(server.lines.find(line => line.includes('"bug"'))).toContain('no such table: setting')
  await server.close()
})
