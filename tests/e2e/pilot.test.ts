import type { BrowserContext, Page } from 'playwright-core'
import type { TestPerson } from '../support/person.ts'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { afterAll, expect, it } from 'vitest'
import { addPeriods, isoCalendar, periodOf } from '#shared/kpi/period.ts'
import { localDate } from '#shared/kpi/zone.ts'
import { anAgent, taken } from '../support/agent.ts'
import { keptApp, openApp } from '../support/app.ts'
import { startChromium } from '../support/chromium.ts'
import { builtClient } from '../support/dist.ts'
import { aPerson } from '../support/person.ts'
import { startServer } from '../support/server.ts'

const chromium = await startChromium()
const server = await startServer({ dist: builtClient() })
afterAll(async () => {
  await chromium.close()
  await server.close()
})

/** What was typed is on the server a moment later. */
const patient = { timeout: 20_000 }

interface Phone { page: Page, device: BrowserContext }
const week = (back: number) => addPeriods(periodOf('week', localDate(Date.now(), 'Europe/Berlin'), isoCalendar), -back, isoCalendar)
/** Twelve weeks, the last three below the twenty the template asks for. */
const weeks = [21, 24, 22, 27, 25, 30, 26, 24, 22, 17, 14, 11].map((value, n) => ({ period: week(12 - n), value }))

/** Ada is the chief; Ben's seat reports to hers; the two meet on Mondays. */
async function aCompany() {
  const ada = aPerson(server)
  await ada.signUp()
  const { org, member } = await ada.createOrg()
  const invited = await ada.invite('manager', 'Ben')
  const ben = aPerson(server)
  await ben.join(invited.token)
  const seat = (title: string, holder: string, more: object = {}) => ({ kind: 'human', title, accountability: `Answers for ${title}`, holder, ...more })
  await taken(ada.write('seat', 'seat_chief', seat('Chief', member)))
  await taken(ada.write('seat', 'seat_sales', seat('Sales', invited.member, { reportsTo: 'seat_chief' })))
  await taken(ada.write('team', 'team_lead', { 'name': 'Leadership', 'slot': { weekday: 1, time: '09:00', minutes: 60 }, 'seat/seat_chief': true, 'seat/seat_sales': true }))
  return { ada, ben, org }
}

async function phoneOf(person: TestPerson): Promise<Phone> {
  const device = await chromium.device()
  const page = await openApp(device, server.url, person)
  await keptApp(page)
  return { page, device }
}

const tap = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' }).first().click()
const docsOf = async (org: string, kind: 'kpi' | 'issue' | 'seat' | 'contract') => (await server.store.read(tx => tx.docsByKind(org, kind))).map(({ id, body }) => ({ id, body }))

it('a pilot is started, gets its four lights from two phones, reports, drifts, is promoted, and stopped with no signal', async () => {
  const { ada, ben, org } = await aCompany()
  const [mine, bens] = [await phoneOf(ada), await phoneOf(ben)]

  // One phone starts it from a template.
  await mine.page.goto(`${server.url}/pilots`)
  await tap(mine.page, 'New pilot')
  const form = mine.page.getByRole('dialog')
  await form.getByLabel('Begin with').selectOption({ label: 'Lead research' })
  await form.getByLabel('Reports to').click()
  await mine.page.getByRole('button', { name: /Sales/ }).last().click()
  await tap(mine.page, 'Start pilot')
  await mine.page.waitForURL('**/seat/**')
  const path = new URL(mine.page.url()).pathname
  const seat = path.split('/')[2] ?? ''
  await expect.poll(() => docsOf(org, 'kpi'), patient).toHaveLength(2)

  // The other, with no signal, agrees the handoff.
  await bens.page.goto(server.url + path)
  await bens.page.getByRole('heading', { level: 1, name: 'Lead research' }).waitFor()
  await bens.device.setOffline(true)
  await tap(bens.page, 'Agree a handoff')
  const contract = bens.page.getByRole('dialog')
  await contract.getByLabel('To', { exact: true }).click()
  await bens.page.getByRole('button', { name: /Sales/ }).last().click()
  await contract.getByLabel('What passes').fill('A company worth calling')
  await contract.getByLabel('What the receiver must do').fill('Call it')
  await contract.getByLabel('What happens if nobody accepts').fill('The lead is lost')
  await contract.getByRole('button', { name: 'Add', exact: true }).click()
  await bens.page.getByText('A company worth calling').first().waitFor()
  await bens.device.setOffline(false)
  await expect.poll(() => docsOf(org, 'contract'), patient).toHaveLength(1)

  // It gets a key, and reports twelve weeks.
  await mine.page.goto(`${server.url}${path}/connect`)
  await tap(mine.page, 'Make a key')
  const key = /otp_[\w-]{43}/.exec(await mine.page.getByText(/otp_[\w-]{43}/).first().textContent() ?? '')?.[0] ?? ''
  const kpi = (await docsOf(org, 'kpi')).find(({ body }) => body.title === 'Companies worth calling')
  const client = new Client({ name: 'a pilot', version: '1' })
  await client.connect(new StreamableHTTPClientTransport(new URL(`${server.url}/mcp`), { requestInit: { headers: { authorization: `Bearer ${key}` } } }))
  for (const { period, value } of weeks) {
    const answer = await client.callTool({ name: 'report_score', arguments: { kpi: kpi?.id, period, value, evidence: 'From the list' } })
    expect([period, answer.isError ?? false]).toEqual([period, false])
  }
  await client.close()
  await mine.page.getByText(/Received: .* for Companies worth calling/).waitFor()

  // It drifts: one issue is drafted, whoever looks.
  for (const { page } of [mine, bens]) {
    await page.goto(`${server.url}/drift`)
    await page.getByText('An issue is drafted').first().waitFor()
  }
  await expect.poll(() => docsOf(org, 'issue'), patient).toMatchObject([{ id: `issue:drift:${kpi?.id}:${weeks.at(-1)?.period}` }])
  await tap(mine.page, 'Make an issue')

  // With its four lights on it is promoted, and the other phone sees it.
  await mine.page.goto(server.url + path)
  await tap(mine.page, 'Promote')
  await tap(mine.page, 'Promote to production')
  await expect.poll(async () => (await docsOf(org, 'seat')).find(({ id }) => id === seat)?.body.stage, patient).toBe('production')
  await bens.page.goto(server.url + path)
  await bens.page.getByText('Promoted to production').first().waitFor()

  // Stopped with no signal: the truth on the phone, and the end of every key once the server has heard.
  const agent = anAgent(server.url, key)
  await mine.device.setOffline(true)
  await tap(mine.page, 'Stop Lead research at once')
  await mine.page.getByText('Stopping, not delivered yet').waitFor()
  expect((await agent.get('/api/v1/seat')).status).toBe(200)
  await mine.device.setOffline(false)
  await mine.page.getByText('Stopping, not delivered yet').waitFor({ state: 'detached' })
  const refused = await agent.get('/api/v1/seat')
  expect([refused.status, refused.body.code]).toEqual([403, 'seat-stopped'])
}, 120_000)
