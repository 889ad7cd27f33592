import type { Page } from 'playwright-core'
import type { TestPerson } from '../support/person.ts'
import type { TestServer } from '../support/server.ts'
import { Buffer } from 'node:buffer'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openApp } from '../support/app.ts'
import { startChromium } from '../support/chromium.ts'
import { builtClient } from '../support/dist.ts'
import { aPerson } from '../support/person.ts'
import { describeWithRealData, realData } from '../support/realData.ts'
import { startServer } from '../support/server.ts'

describeWithRealData('real files, brought in on a phone', () => {
  const at: { chromium?: Awaited<ReturnType<typeof startChromium>>, servers: TestServer[] } = { servers: [] }
  beforeAll(async () => {
    at.chromium = await startChromium()
  })
  afterAll(async () => {
    await at.chromium?.close()
    await Promise.all(at.servers.map(server => server.close()))
  })

  async function aCompany(): Promise<{ server: TestServer, person: TestPerson, page: Page }> {
    const server = await startServer({ dist: builtClient() })
    at.servers.push(server)
    const person = aPerson(server)
    await person.signUp()
    await person.createOrg()
    return { server, person, page: await phone(server, person) }
  }

  async function phone(server: TestServer, person: TestPerson): Promise<Page> {
    const device = await (at.chromium as Awaited<ReturnType<typeof startChromium>>).device()
    return openApp(device, server.url, person)
  }

  async function preview(page: Page, server: TestServer, name: string, text: string): Promise<void> {
    await page.goto(`${server.url}/import`)
    await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })
    await page.getByRole('heading', { name: 'What it would do' }).waitFor()
  }

  const write = async (page: Page) => {
    await page.getByRole('button', { name: /^Write / }).click()
    await page.getByText(/records written/).waitFor({ timeout: 60_000 })
  }

  it('a chart whose managers are missing keeps its 273 seats, lists 17, and shows them under "no place yet"', async () => {
    const { server, page } = await aCompany()
    await preview(page, server, 'team.yml', realData('org-sourcegraph', 'at-2022-04-05-7d6670feb9', 'data', 'team.yml'))
    await page.getByText('17 things could not be placed as the file has them').waitFor()
    await page.getByRole('row', { name: /^Seats 273/ }).waitFor()
    await write(page)
    await page.getByRole('link', { name: /chart/i }).click()
    await page.getByText(/^273 seats/).waitFor()
    await page.getByText('No place yet: 17 seats').waitFor()
  })

  it('2,256 seats come in, reach a fresh phone and scroll to the last', async () => {
    const { server, person, page } = await aCompany()
    await preview(page, server, 'posts.csv', realData('org-ukgov-big', 'app', 'data', 'dwp.csv'))
    await write(page)
    await page.locator('[data-sync=synced]').waitFor({ timeout: 80_000 })
    const fresh = await phone(server, person)
    await fresh.goto(`${server.url}/org`)
    await fresh.getByText(/^2,256 seats/).waitFor()
    const tree = fresh.getByRole('tree')
    await tree.focus()
    await fresh.keyboard.press('*')
    await fresh.keyboard.press('End')
    const last = fresh.locator('[role=treeitem]').last()
    await last.waitFor()
    await expect.poll(() => last.isVisible()).toBe(true)
    expect(await fresh.locator('[role=treeitem]').count()).toBeLessThan(200)
  })

  it('the last 13 weeks of "Total Equity" sum to 361,228 on the KPI page', async () => {
    const { server, person, page } = await aCompany()
    await person.write('seat', 'seat_funds', { kind: 'human', title: 'Flows', accountability: 'Knows where the money goes', holder: person.headers['x-member'] })
    await preview(page, server, 'weekly.csv', realData('kpi-fundflows', 'data', 'weekly.csv'))
    await page.getByLabel('Seat the KPIs belong to').selectOption({ label: 'Flows' })
    await write(page)
    const equity = async () => (await server.store.read(tx => tx.docsByKind(person.headers['x-org'] ?? '', 'kpi'))).find(({ body }) => body.title === 'Total Equity')?.id
    await expect.poll(equity, { timeout: 20_000 }).toBeDefined()
    await page.goto(`${server.url}/kpi/${await equity()}`)
    await page.getByText('361,228').first().waitFor()
  })
})
