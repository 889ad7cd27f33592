import { afterAll, expect, it } from 'vitest'
import { createLog } from '../../server/ops/log.ts'
import { aPerson } from '../support/person.ts'
import { startServer } from '../support/server.ts'

const server = await startServer()
afterAll(() => server.close())

const canary = 'canary-7f3a'

it('never logs an address, a name, a password, a token, a cookie or a body', async () => {
  const ada = aPerson(server, { email: `${canary}@example.com`, password: `${canary} password` })
  await ada.signUp()
  await ada.signIn(`${canary} wrong`)
  await ada.createOrg(`Company ${canary}`)
  const { token } = await ada.invite('member', `Ben ${canary}`)
  const ben = aPerson(server, { email: `ben-${canary}@example.com` })
  await ben.join(token)
  await ben.get(`/api/invites/${token}`)
  await ben.get(`/api/${canary}?q=${canary}`)
  await ben.post('/api/account/sign-in', { [canary]: canary })
  await ben.fetch('/api/account/sign-in', { method: 'POST', body: `{"${canary}`, headers: { 'content-type': 'application/json', 'user-agent': canary } })
  await ben.post('/api/sync/push', { rows: [{ id: canary }] })
  const all = server.lines.join('')
  expect(all).toContain('sign-up')
  for (const secret of [canary, token, ...ada.cookies.values(), ...ben.cookies.values()])
    expect(all).not.toContain(secret)
})

it('writes one JSON line for each request and each security event, with the request\'s id', async () => {
  const before = server.lines.length
  const ada = aPerson(server)
  const { headers } = await ada.signIn('wrong\r\n\u001B[31m password')
  const lines = server.lines.slice(before).map(line => JSON.parse(line) as Record<string, unknown>)
  const id = headers.get('x-request-id')
  expect(lines).toContainEqual(expect.objectContaining({ requestId: id, event: 'sign-in-refused', msg: 'security' }))
  expect(lines).toContainEqual(expect.objectContaining({ requestId: id, method: 'POST', route: '/sign-in', status: 401, msg: 'request' }))
})

it('hides what should not have come this far', () => {
  const lines: string[] = []
  const log = createLog('info', { write: line => lines.push(line) })
  log.info({ email: canary, user: { password: canary, name: canary }, req: { headers: { cookie: canary } } }, 'slip')
  expect(lines.join('')).not.toContain(canary)
})
