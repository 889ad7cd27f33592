import type { Deps } from '../../server/domain/deps.ts'
import type { TestPerson } from '../support/person.ts'
import type { TestServer } from '../support/server.ts'
import { once } from 'node:events'
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeStamp } from '#shared/sync/stamp.ts'
import { acceptInvite } from '../../server/domain/acceptInvite.ts'
import { hashOf } from '../../server/domain/invite.ts'
import { aPerson } from '../support/person.ts'
import { startServer } from '../support/server.ts'
import { aBench, anIssue } from './commitBench.ts'

const json = { 'content-type': 'application/json' }

describe.each(['sqlite', 'postgres'] as const)('a hostile client on %s', (store) => {
  let server: TestServer
  let ada: TestPerson
  beforeAll(async () => {
    server = await startServer({ store })
    ada = aPerson(server)
    await ada.signUp()
    await ada.createOrg()
  })
  afterAll(() => server.close())

  async function aMember(role: 'admin' | 'member') {
    const { token, member } = await ada.invite(role)
    const person = aPerson(server)
    await person.join(token)
    return { person, member }
  }

  it('writes with the rights of when the push is whole, not of when it began', async () => {
    const { person, member } = await aMember('admin')
    const v = makeStamp(Date.now() + 1000, 0, 'hostil')
    const body = JSON.stringify({ rows: [{ id: 'mem_accomplice', kind: 'member', v, base: '', set: { name: ['Eve', v], role: ['admin', v], state: ['invited', v] } }] })
    const cookie = [...person.cookies].map(pair => pair.join('=')).join('; ')
    const push = request(`${server.url}/api/sync/push`, { method: 'POST', headers: { ...json, ...person.headers, cookie, 'content-length': body.length } })
    push.write(body.slice(0, 10))
    await ada.get('/api/account/me')
    expect((await ada.delete(`/api/orgs/${ada.headers['x-org']}/members/${member}`)).status).toBe(200)
    push.end(body.slice(10))
    const [answer] = await once(push, 'response') as [import('node:http').IncomingMessage]
    expect(JSON.parse(await text(answer))).toMatchObject({ code: 'ORG_GONE' })
  })

  it('gets no 5xx for what nests without end', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const v = makeStamp(Date.now(), 0, 'hostil')
    for (const field of ['title', 'colour', '__proto__']) {
      const body = `{"rows":[{"id":"iss_deep","kind":"issue","v":"${v}","base":"","set":{"${field}":[${deep},"${v}"]}}]}`
      const answer = await ada.fetch('/api/sync/push', { method: 'POST', headers: json, body })
      expect(await answer.json()).toMatchObject({ code: 'invalid', status: 422 })
    }
  })

  it('gets no 5xx for a zero character, wherever it stands', async () => {
    const org = String(ada.headers['x-org'])
    const stranger = aPerson(server)
    await server.store.accounts.putSetting('sign-up', 'open')
    const answers = [
      await ada.get('/api/orgs/%00/invites'),
      await ada.delete(`/api/orgs/${org}/invites/%00`),
      await ada.delete(`/api/orgs/${org}/members/%00`),
      await ada.get('/api/invites/%00'),
      await ada.get('/api/sync/history/%00'),
      await ada.post(`/api/orgs/${org}/invites`, { member: '\0' }),
      await stranger.post('/api/account/sign-up', { name: 'a\0b', email: stranger.email, password: stranger.password }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 200, 404, 422])
  })

  it('fills no disk by being refused', async () => {
    const { person } = await aMember('member')
    const v = makeStamp(Date.now(), 0, 'hostil')
    const rows = Array.from({ length: 200 }, (_, n) => ({ id: `team_${n}`, kind: 'team', v, base: '', set: { name: ['x', v] } }))
    for (let turn = 0; turn < 6; turn++)
      expect((await person.post('/api/sync/push', { rows })).status).toBe(200)
    const { rows: [kept] } = await sql<{ n: number }>`select count(*) as n from refusal`.execute(server.store.accounts.database.db)
    expect(Number(kept?.n)).toBeLessThanOrEqual(700)
  })

  it('learns nothing that purges a device from a company that is not on it', async () => {
    const { person, member } = await aMember('admin')
    await person.createOrg('Elsewhere')
    await ada.delete(`/api/orgs/${ada.headers['x-org']}/members/${member}`)
    expect((await person.put('/api/settings/sign-up', { signUp: 'open' })).body.code).toBe('role')
  })

  it('takes nothing from others by it', async () => {
    expect((await ada.write('issue', 'iss_after', anIssue(String(ada.headers['x-member'])))).status).toBe(200)
    expect(server.lines.filter(line => line.includes('"bug"'))).toEqual([])
  })
})

it('a link taken up in the moment its member is removed brings nobody back', async () => {
  const bench = await aBench('sqlite')
  const { org, asServer, doc } = await bench.company()
  await asServer('member', 'eve', { name: 'Eve', role: 'member', state: 'invited' })
  await bench.store.accounts.addInvite({ hash: hashOf('token'), org, member: 'eve', role: 'member', createdBy: 'ada', expiresAt: bench.time.now + 1000 })
  const read: typeof bench.store.read = async (work) => {
    const found = await bench.store.read(work)
    await asServer('member', 'eve', { state: 'left' })
    return found
  }
  const deps = { store: { ...bench.store, read }, sync: bench.deps, now: () => bench.time.now } as Deps
  await expect(acceptInvite(deps, 'token', { userId: 'user', name: 'Eve', email: 'eve@example.com' })).rejects.toMatchObject({ code: 'invite-gone' })
  expect((await doc('eve'))?.body.state).toBe('left')
  await bench.drop()
})
