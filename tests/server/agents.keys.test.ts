import type { AgentCompany } from '../support/agent.ts'
import type { TestServer } from '../support/server.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anAgent, anAgentCompany, asServer, taken } from '../support/agent.ts'
import { aPerson } from '../support/person.ts'
import { startServer } from '../support/server.ts'
import { stores } from './commitBench.ts'

describe.each(stores)('keys of agents on %s', (store) => {
  let server: TestServer
  let acme: AgentCompany
  const time = { now: Date.UTC(2026, 10, 18, 12) }
  beforeAll(async () => {
    server = await startServer({ store, now: () => time.now, limits: { key: [30, 60] } })
    await server.store.accounts.putSetting('sign-up', 'open')
    acme = await anAgentCompany(server, () => time.now)
  })
  afterAll(() => server.close())
  const path = (seat = acme.seat) => `/api/orgs/${acme.org}/seats/${seat}/keys`
  const codeOf = async (key: string) => (await anAgent(server.url, key).get('/api/v1/seat')).body.code

  it('a key is told once, and only its hash is kept', async () => {
    const { status, body } = await acme.admin.post(path(), { label: 'CRM bot', scope: 'all' })
    expect([status, body.label]).toEqual([201, 'CRM bot'])
    expect(body.key).toMatch(/^otp_[\w-]{43}$/)
    const listed = await acme.admin.get(path())
    expect(listed.body).toMatchObject({ origin: server.url, keys: [{ id: body.id, label: 'CRM bot', createdBy: acme.member }] })
    expect(JSON.stringify(listed.body)).not.toContain(String(body.key))
    const [kept] = await server.store.accounts.agentKeys.ofSeat(acme.org, acme.seat)
    expect(JSON.stringify(kept)).not.toContain(String(body.key).slice(4))
    expect(server.lines.join('')).not.toContain(String(body.key))
  })

  it('are made, listed and revoked by an admin, a manager above the seat and its owner; by nobody else', async () => {
    const others = []
    for (const role of ['manager', 'member', 'viewer', 'manager'] as const) {
      const person = aPerson(server, { now: () => time.now })
      const { token } = await acme.admin.invite(role)
      others.push({ person, member: (await person.join(token)).member })
    }
    const [above, owner, viewer, beside] = others.map(({ person }) => person)
    await taken(acme.admin.write('seat', 'seat_head', { kind: 'human', title: 'Head', accountability: 'All of it', holder: others[0]?.member }))
    await taken(acme.admin.write('seat', 'seat_bot', { kind: 'agent', title: 'Bot', accountability: 'Answers mail', owner: others[1]?.member, stage: 'pilot', reportsTo: 'seat_head' }))
    const codes = async (person = acme.admin) => [(await person.get(path('seat_bot'))).body.code, (await person.post(path('seat_bot'), { label: 'x', scope: 'read' })).body.code]
    expect([await codes(), await codes(above), await codes(owner)]).toEqual([[undefined, undefined], [undefined, undefined], [undefined, undefined]])
    expect([await codes(viewer), await codes(beside)]).toEqual([['not-allowed', 'not-allowed'], ['not-allowed', 'not-allowed']])
    expect(await codes(aPerson(server))).toEqual(['sign-in', 'sign-in'])
    const [key] = await server.store.accounts.agentKeys.ofSeat(acme.org, 'seat_bot')
    expect((await viewer?.delete(`${path('seat_bot')}/${key?.id}`))?.body.code).toBe('not-allowed')
    expect((await owner?.delete(`${path('seat_bot')}/${key?.id}`))?.status).toBe(200)
    expect((await acme.admin.get(path('seat_lead'))).body.code).toBe('seat-unknown')
    expect((await acme.admin.delete(`${path()}/${key?.id}`)).body.code).toBe('key-unknown')
  })

  it('a wrong key, no key and a revoked one open nothing, and say where to ask', async () => {
    const made = (await acme.admin.post(path(), { label: 'short', scope: 'all' })).body
    const key = String(made.key)
    expect(await codeOf(key)).toBeUndefined()
    await acme.admin.delete(`${path()}/${String(made.id)}`)
    for (const wrong of [key, `otp_${'A'.repeat(43)}`, 'otp_', '\'; drop table agent_key; --']) {
      const { status, body, headers } = await anAgent(server.url, wrong).get('/api/v1/seat')
      expect([status, body.code]).toEqual([401, 'key'])
      expect(headers.get('www-authenticate')).toContain(`resource_metadata="${server.url}/.well-known/oauth-protected-resource/mcp"`)
    }
    expect(await (await fetch(`${server.url}/.well-known/oauth-protected-resource/mcp`)).json()).toMatchObject({ resource: `${server.url}/mcp`, bearer_methods_supported: ['header'] })
  })

  it.each([['stage', 'paused'], ['stage', 'retired'], ['archived', true]])('a seat whose %s is %s is refused with every key at once, and heard again when that ends', async (field, value) => {
    const keys = [await acme.newKey(), await acme.newKey({ scope: 'read' })]
    const before = (await server.store.read(tx => tx.docs(acme.org, [acme.seat])))[0]?.body[field] ?? null
    const set = async (to: unknown) => asServer(server, acme.org, acme.seat, { [field]: to }, () => time.now)
    await set(value)
    for (const key of keys) {
      const { status, body } = await anAgent(server.url, key).get('/api/v1/seat')
      expect([status, body.code]).toEqual([403, 'seat-stopped'])
    }
    await set(before)
    expect(await Promise.all(keys.map(codeOf))).toEqual([undefined, undefined])
    for (const { id } of await server.store.accounts.agentKeys.ofSeat(acme.org, acme.seat))
      await acme.admin.delete(`${path()}/${id}`)
  })

  it('a key opens nothing once its maker has left the company, says so to whoever keeps the seat, and opens again should they come back', async () => {
    const leaver = aPerson(server, { now: () => time.now })
    const { token } = await acme.admin.invite('admin')
    const { member } = await leaver.join(token)
    const made = (await leaver.post(path(), { label: 'mine', scope: 'all' })).body
    const key = String(made.key)
    expect(await codeOf(key)).toBeUndefined()
    await acme.admin.delete(`/api/orgs/${acme.org}/members/${member}`)
    expect([(await anAgent(server.url, key).get('/api/v1/seat')).status, await codeOf(key), await codeOf(await acme.newKey())]).toEqual([401, 'key', undefined])
    const { keys } = (await acme.admin.get(path())).body as { keys: { id: string, refused?: { code: string } }[] }
    expect(keys.find(({ id }) => id === made.id)?.refused?.code).toBe('maker-left')
    await acme.admin.post(`/api/orgs/${acme.org}/members/${member}/restore`)
    expect(await codeOf(key)).toBeUndefined()
    await acme.admin.delete(`${path()}/${String(made.id)}`)
  })

  it('a key that may only read does nothing else', async () => {
    const reader = anAgent(server.url, await acme.newKey({ scope: 'read' }))
    expect((await reader.get('/api/v1/seat')).status).toBe(200)
    expect((await reader.put(`/api/v1/kpis/${acme.kpi}/scores/2026-W46`, { value: 1 })).body).toMatchObject({ status: 403, code: 'key-scope' })
  })

  it('a key has its share of calls a minute, whoever else calls from there', async () => {
    const [one, other] = [anAgent(server.url, await acme.newKey()), anAgent(server.url, await acme.newKey())]
    const answers = await Promise.all(Array.from({ length: 31 }, () => one.get('/api/v1/issues')))
    const refused = answers.filter(({ status }) => status !== 200)
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual([[429, 'too-many']])
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await other.get('/api/v1/issues')).status).toBe(200)
  })

  it('a use is written down at most once a minute', async () => {
    const agent = anAgent(server.url, await acme.newKey({ label: 'clocked' }))
    const lastUsed = async () => (await server.store.accounts.agentKeys.ofSeat(acme.org, acme.seat)).find(({ label }) => label === 'clocked')?.lastUsedAt
    const first = time.now
    for (const [later, seen] of [[0, 0], [59_000, 0], [60_000, 60_000]] as const) {
      time.now = first + later
      await agent.get('/api/v1/issues')
      expect(await lastUsed()).toBe(first + seen)
    }
  })

  it('a key opens neither the app\'s own routes nor another company, and a session opens no agent\'s', async () => {
    const agent = anAgent(server.url, await acme.newKey())
    expect((await agent.post('/api/sync/pull', {})).body.code).toBe('sign-in')
    expect((await agent.get(path())).body.code).toBe('sign-in')
    expect((await acme.admin.get('/api/v1/seat')).body.code).toBe('key')
    const stranger = aPerson(server, { now: () => time.now })
    await stranger.signUp()
    await stranger.createOrg('Other')
    expect((await stranger.get(path())).body.code).toBe('other-person')
    delete stranger.headers['x-member']
    expect((await stranger.get(path())).body.code).toBe('org-unknown')
  })

  it('a seat has at most ten keys that open', async () => {
    const answers = await Promise.all(Array.from({ length: 11 }, () => acme.newKey()))
    expect(answers).toHaveLength(11)
    expect((await acme.admin.post(path(), { label: 'one more', scope: 'all' })).body).toMatchObject({ status: 409, code: 'keys-full' })
  })
})
