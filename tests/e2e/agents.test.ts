import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { afterAll, expect, it } from 'vitest'
import { isoCalendar, periodOf } from '#shared/kpi/period.ts'
import { localDate } from '#shared/kpi/zone.ts'
import { anAgent, anAgentCompany, asServer } from '../support/agent.ts'
import { openApp } from '../support/app.ts'
import { startChromium } from '../support/chromium.ts'
import { builtClient } from '../support/dist.ts'
import { startServer } from '../support/server.ts'

const [chromium, server] = await Promise.all([startChromium(), startServer({ dist: builtClient() })])
await server.store.accounts.putSetting('sign-up', 'open')
afterAll(async () => {
  await chromium.close()
  await server.close()
})

const week = periodOf('week', localDate(Date.now(), 'Europe/Berlin'), isoCalendar)

it('a key made on a phone connects an agent: its number ticks there, what it asks is approved there, and a stop ends it', async () => {
  const acme = await anAgentCompany(server)
  await asServer(server, acme.org, acme.seat, { authority: 'approve' })
  const device = await chromium.device()
  const phone = await openApp(device, server.url, acme.admin)
  await phone.goto(`${server.url}/seat/${acme.seat}/connect`)
  await phone.getByRole('button', { name: 'Make a key' }).click()
  const key = await phone.getByRole('region', { name: 'Your new key' }).textContent() ?? ''
  expect(key).toMatch(/^otp_/)

  const client = new Client({ name: 'scout', version: '1' }, { versionNegotiation: { mode: 'auto' } })
  await client.connect(new StreamableHTTPClientTransport(new URL(`${server.url}/mcp`), { requestInit: { headers: { authorization: `Bearer ${key}` } } }))
  const report = await client.callTool({ name: 'report_score', arguments: { kpi: acme.kpi, period: week, value: 12, evidence: 'CRM <img src=x>' } })
  expect(report.structuredContent).toMatchObject({ changed: true, counts: true })
  await phone.getByText('Received: 12 for Meetings booked').waitFor()
  await phone.goto(`${server.url}/kpi/${acme.kpi}`)
  await phone.getByText('Scout (agent)').first().waitFor()
  await phone.getByText('CRM <img src=x>').waitFor()

  await client.callTool({ name: 'raise_issue', arguments: { title: 'The export is empty' } })
  await phone.goto(`${server.url}/proposals`)
  await phone.getByText('The export is empty').waitFor()
  await phone.getByRole('button', { name: 'Approve' }).click()
  await phone.goto(`${server.url}/issues`)
  await phone.getByText('raised by Scout · agent').waitFor()

  await asServer(server, acme.org, acme.seat, { stage: 'paused' })
  await expect(client.callTool({ name: 'read_my_seat', arguments: {} })).rejects.toThrow()
  expect((await anAgent(server.url, key).get('/api/v1/seat')).body.code).toBe('seat-stopped')
  await client.close()
})
