import type { Call } from '../../client/composables/agentSnippets.ts'
import type { TestServer } from '../support/server.ts'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { snippetFor } from '../../client/composables/agentSnippets.ts'
import { anAgentCompany } from '../support/agent.ts'
import { startServer } from '../support/server.ts'

describe('what the page gives to copy', () => {
  const at = {} as { server: TestServer, call: Call }
  beforeAll(async () => {
    const server = await startServer({ now: () => Date.UTC(2026, 10, 18, 12) })
    await server.store.accounts.putSetting('sign-up', 'open')
    const acme = await anAgentCompany(server, () => Date.UTC(2026, 10, 18, 12))
    Object.assign(at, { server, call: { origin: server.url, key: await acme.newKey(), kpi: acme.kpi, period: '2026-W46' } })
  })
  afterAll(() => at.server.close())

  it('for curl reads the seat and reports a number, as it stands', async () => {
    const answers = []
    for (const command of snippetFor('curl', at.call).split('\n\n')) {
      const headers = Object.fromEntries([...command.matchAll(/-H "([^:]+): ([^"]+)"/g)].map(([, name = '', value = '']) => [name, value]))
      const [, method = 'GET'] = /-X (\w+)/.exec(command) ?? []
      const [url = ''] = /http\S+/.exec(command) ?? []
      const [, body] = /-d '(.+)'/.exec(command) ?? []
      answers.push(await (await fetch(url, { method, headers, ...body && { body } })).json())
    }
    expect(answers).toMatchObject([{ title: { text: 'Scout' } }, { kpi: at.call.kpi, period: '2026-W46', value: 12, changed: true }])
  })

  it.each(['mcp', 'editor'] as const)('for %s is JSON that a client connects with', async (way) => {
    const [servers] = Object.values(JSON.parse(snippetFor(way, at.call)) as Record<string, { otp: { url: string, headers: Record<string, string> } }>)
    const client = new Client({ name: 'test', version: '1' })
    await client.connect(new StreamableHTTPClientTransport(new URL(servers?.otp.url ?? ''), { requestInit: { headers: servers?.otp.headers } }))
    expect((await client.callTool({ name: 'read_my_seat', arguments: {} })).structuredContent).toMatchObject({ title: { text: 'Scout' } })
    await client.close()
  })
})
