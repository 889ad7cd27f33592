import type { AgentCompany } from '../support/agent.ts'
import type { TestServer } from '../support/server.ts'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anAgentCompany } from '../support/agent.ts'
import { startServer } from '../support/server.ts'
import { stores } from './commitBench.ts'

const versions = { 'today\'s protocol': { pin: '2026-07-28' }, 'the protocol of 2025': 'legacy' } as const
const writing = ['accept_handoff', 'finish_handoff', 'finish_todo', 'raise_issue', 'report_score', 'report_unavailable', 'resend_handoff', 'return_handoff', 'send_handoff', 'verify_handoff']

describe.each(stores)('an agent by MCP, on %s', (store) => {
  let server: TestServer
  let acme: AgentCompany
  const time = { now: Date.UTC(2026, 10, 18, 12) }
  beforeAll(async () => {
    server = await startServer({ store, now: () => time.now })
    await server.store.accounts.putSetting('sign-up', 'open')
    acme = await anAgentCompany(server, () => time.now)
  })
  afterAll(() => server.close())

  async function connect(key: string, mode: typeof versions[keyof typeof versions] = { pin: '2026-07-28' }) {
    const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } })
    await client.connect(new StreamableHTTPClientTransport(new URL(`${server.url}/mcp`), { requestInit: { headers: { authorization: `Bearer ${key}` } } }))
    return client
  }

  it.each(Object.entries(versions))('speaks %s: lists its tools, reads its seat, reports a score', async (_words, mode) => {
    const client = await connect(await acme.newKey(), mode)
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name).sort()).toEqual(['list_team_issues', 'read_my_seat', ...writing].sort())
    expect(tools.every(({ outputSchema, description, annotations }) => outputSchema && description && annotations?.destructiveHint === false)).toBe(true)
    expect(tools.filter(({ annotations }) => !annotations?.readOnlyHint).map(({ name }) => name).sort()).toEqual(writing)
    const seat = await client.callTool({ name: 'read_my_seat', arguments: {} })
    expect(seat.structuredContent).toMatchObject({ id: acme.seat, accountability: { text: 'Meetings are booked', author: 'Ada Founder', untrusted: true } })
    const week = mode === 'legacy' ? '2026-W45' : '2026-W46'
    const score = await client.callTool({ name: 'report_score', arguments: { kpi: acme.kpi, period: week, value: 12, evidence: 'CRM' } })
    expect([score.isError ?? false, score.structuredContent]).toEqual([false, { kpi: acme.kpi, period: week, value: 12, changed: true, counts: true, status: 'onTrack' }])
    await client.close()
  })

  it('is told of a refusal in words and with a stable code', async () => {
    const client = await connect(await acme.newKey())
    const { isError, structuredContent } = await client.callTool({ name: 'report_score', arguments: { kpi: 'kpi_revenue', period: '2026-W46', value: 1 } })
    expect([isError, structuredContent]).toEqual([true, { code: 'not-yours', title: 'This is not your seat\'s.' }])
    await client.close()
  })

  it('is told what does not fit, field by field, with the same code as by REST', async () => {
    const client = await connect(await acme.newKey())
    const { isError, structuredContent } = await client.callTool({ name: 'report_score', arguments: { kpi: acme.kpi, period: '2026-W46', value: 'many', evidence: 'x'.repeat(1001) } })
    expect([isError, structuredContent]).toMatchObject([true, { code: 'invalid', fields: ['value', 'evidence'], detail: expect.stringContaining('expected number') }])
    await client.close()
  })

  it('a key that may only read is shown the tools that read', async () => {
    const client = await connect(await acme.newKey({ scope: 'read' }))
    expect((await client.listTools()).tools.map(({ name }) => name).sort()).toEqual(['list_team_issues', 'read_my_seat'])
    const refused = await client.callTool({ name: 'report_score', arguments: { kpi: acme.kpi, period: '2026-W46', value: 1 } }).then(answer => answer.isError, () => true)
    expect(refused).toBe(true)
    await client.close()
  })

  it('without a good key there is only 401, with where to read about keys', async () => {
    await expect(connect(`otp_${'A'.repeat(43)}`)).rejects.toThrow()
    const answer = await fetch(`${server.url}/mcp`, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, `Bearer resource_metadata="${server.url}/.well-known/oauth-protected-resource/mcp"`])
  })

  it('opens no stream and keeps no session', async () => {
    const headers = { 'authorization': `Bearer ${await acme.newKey()}`, 'accept': 'application/json, text/event-stream', 'content-type': 'application/json' }
    expect((await fetch(`${server.url}/mcp`, { headers })).status).toBe(405)
    expect((await fetch(`${server.url}/mcp`, { method: 'DELETE', headers })).status).toBe(405)
    const client = await connect(String(headers.authorization).slice(7))
    expect(client.getServerCapabilities()).toEqual({ tools: { listChanged: false } })
    await expect(client.listen({ toolsListChanged: true })).rejects.toThrow()
    await client.close()
    const about = { 'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' }, 'io.modelcontextprotocol/clientCapabilities': {} }
    const listen = { jsonrpc: '2.0', id: 7, method: 'subscriptions/listen', params: { _meta: about, notifications: { toolsListChanged: true } } }
    const answer = await fetch(`${server.url}/mcp`, { method: 'POST', headers: { ...headers, 'mcp-protocol-version': '2026-07-28', 'mcp-method': listen.method }, body: JSON.stringify(listen) })
    expect([answer.status, await answer.json()]).toEqual([404, { jsonrpc: '2.0', id: 7, error: { code: -32601, message: 'Method not found' } }])
  })

  it('answers under its own names alone, and to no other site', async () => {
    const published = await startServer({ publicUrl: 'https://otp.example' })
    const { request } = await import('node:http')
    const statusOf = (url: string, headers: Record<string, string>) => new Promise<number | undefined>((resolve, reject) => {
      request(`${url}/mcp`, { method: 'POST', headers }, answer => resolve(answer.resume().statusCode)).on('error', reject).end()
    })
    expect([await statusOf(server.url, { host: 'evil.example' }), await statusOf(published.url, { host: '10.0.0.1' })]).toEqual([403, 403])
    expect([await statusOf(server.url, { host: '10.0.0.1:8787' }), await statusOf(published.url, { host: 'otp.example' })]).toEqual([401, 401])
    expect(await statusOf(server.url, { origin: 'https://evil.example' })).toBe(403)
    await published.close()
  })
})
