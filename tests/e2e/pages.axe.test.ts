import type { Page } from 'playwright-core'
import type { State } from '../support/barriers.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApp } from '../support/app.ts'
import { barriers } from '../support/barriers.ts'
import { startChromium } from '../support/chromium.ts'
import { builtClient } from '../support/dist.ts'
import { aPerson } from '../support/person.ts'
import { startServer } from '../support/server.ts'

const server = await startServer({ dist: builtClient() })
const chromium = await startChromium()
const ada = aPerson(server)
const ids: Record<string, string> = {}
const looks = [['light', 360], ['dark', 360], ['light', 1280]] as const
const open: { page?: Page } = {}

beforeAll(async () => {
  await ada.signUp()
  const { org } = await ada.createOrg()
  await ada.post(`/api/orgs/${org}/demo`, {})
  const { body } = await ada.post('/api/sync/pull', { epoch: '', limit: 1000, since: { records: 0 } })
  for (const { id, kind, d } of (body.pages as { records: { docs: { id: string, kind: string, d: { seat?: string, state?: string } }[] } }).records.docs)
    ids[kind === 'issue' && d.state === 'solved' ? 'solved' : kind] ??= kind === 'procedure' || kind === 'review' ? d.seat ?? '' : id
  open.page = await openApp(await chromium.device(), server.url, ada)
})

afterAll(async () => {
  await chromium.close()
  await server.close()
})

function at(path: () => string, more: (page: Page) => Promise<unknown> = async () => {}) {
  return async (page: Page) => {
    await page.goto(server.url + path())
    await page.getByRole('heading', { level: 1 }).waitFor()
    await more(page)
  }
}
const tap = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click()

const pages: State[] = [
  ['today', at(() => '/today', page => page.getByText(/numbers in/).waitFor())],
  ['the number pad', at(() => '/today', async (page) => {
    await tap(/next/i)(page)
    await page.getByRole('dialog').waitFor()
  })],
  ['the scorecard', at(() => '/scorecard', page => page.getByText('Revenue').first().waitFor())],
  ['what drifts', at(() => '/drift', page => page.getByText('An issue is drafted').waitFor())],
  ['insight', at(() => '/insight', page => page.getByText('Gaps in who answers').waitFor())],
  ['a KPI', at(() => `/kpi/${ids.kpi}`, page => page.getByRole('img').first().waitFor())],
  ['issues', at(() => '/issues', page => page.getByRole('tab').first().waitFor())],
  ['an issue', at(() => `/issues/${ids.issue}`)],
  ['a solved issue', at(() => `/issues/${ids.solved}`, page => page.getByText('Did it work?').waitFor())],
  ['to-dos', at(() => '/todos', page => page.getByRole('tab').first().waitFor())],
  ['a to-do', at(() => '/todos', async (page) => {
    await page.locator('.todo-text').first().click()
    await page.getByRole('dialog').waitFor()
  })],
  ['handoffs', at(() => '/handoffs', page => page.getByText('Nobody accepted').first().waitFor())],
  ['handing something on', at(() => '/handoffs', async (page) => {
    await tap('Hand something on')(page)
    await page.getByRole('dialog').waitFor()
  })],
  ['a seat\'s contract and procedure', at(() => `/seat/${ids.procedure}`, async (page) => {
    await page.locator('summary.procedure-name').click()
    await tap('Agree a handoff')(page)
    await page.getByRole('dialog').waitFor()
  })],
  ['pilots', at(() => '/pilots', page => page.getByText('How pilots fare').waitFor())],
  ['an agent on its way', at(() => `/seat/${ids.review}`, async (page) => {
    await page.getByText('From pilot to production').waitFor()
    await page.locator('.history-more').click()
  })],
  ['an agent that retires', at(() => `/seat/${ids.review}`, async (page) => {
    await tap('Retire')(page)
    await page.getByRole('dialog').waitFor()
  })],
  ['a priority', at(() => `/priority/${ids.priority}`)],
  ['the meeting', at(() => '/meeting', page => page.getByText('Past votes').waitFor())],
  ['the chart', at(() => '/org', page => page.getByRole('treeitem').first().waitFor())],
  ['a seat', at(() => `/seat/${ids.seat}`)],
]

describe('in light and dark, on a phone and on a desk', () => {
  it.each(pages)('%s has no barrier', async (...state) => {
    expect(await barriers(open.page as Page, [state], looks)).toEqual([])
  })
})
