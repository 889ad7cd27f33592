import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { nextMeeting } from '#shared/kpi/due.ts'
import { createLog } from '../../server/ops/log.ts'
import { readPushKeys } from '../../server/reminders/keys.ts'
import { remindAll } from '../../server/reminders/remind.ts'
import { aKpi, aSeat } from '../server/commitBench.ts'
import { keptApp, openApp } from '../support/app.ts'
import { startChromium } from '../support/chromium.ts'
import { builtClient } from '../support/dist.ts'
import { aPerson } from '../support/person.ts'
import { aPushService } from '../support/pushService.ts'
import { startServer } from '../support/server.ts'

const service = await aPushService()
const server = await startServer({ dist: builtClient(), push: service.way })
const chromium = await startChromium()
const ada = aPerson(server)
/** Never near while this runs; the last one, four days ago, reported another week than the running one. */
const slot = { weekday: (new Date().getDay() + 3) % 7, time: '10:00', minutes: 60 }

beforeAll(async () => {
  await ada.signUp()
  const { member } = await ada.createOrg()
  await ada.write('seat', 's1', aSeat({ holder: member }))
  for (const title of ['Cash', 'Sales'])
    await ada.write('kpi', `k_${title}`, { ...aKpi('s1'), title })
  await ada.write('team', 't1', { 'name': 'Leads', slot, 'seat/s1': true })
})

afterAll(async () => {
  await chromium.close()
  await server.close()
  await service.close()
})

/** Chromium here has no push service of its own: this one takes its place, the rest is the browser's. */
async function aPhone() {
  const phone = service.browser()
  const device = await chromium.device({ permissions: ['notifications'] })
  await device.addInitScript(([endpoint, keys]) => {
    const held: { told?: object } = {}
    const told = (key: string) => ({ options: { applicationServerKey: Uint8Array.from(atob(key.replaceAll('-', '+').replaceAll('_', '/')), letter => letter.charCodeAt(0)).buffer }, toJSON: () => ({ endpoint, keys }), unsubscribe: async () => held.told = undefined })
    PushManager.prototype.getSubscription = async () => (held.told ?? null) as PushSubscription | null
    PushManager.prototype.subscribe = async options => (held.told = told(String(options?.applicationServerKey))) as unknown as PushSubscription
  }, [phone.subscription.endpoint, phone.subscription.keys] as const)
  return { phone, device }
}

/** Hands a message to the page's worker as its push service would. */
async function deliver(device: BrowserContext, page: Page, text: string) {
  const devtools = await device.newCDPSession(page)
  const found = new Promise<string>(resolve => devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => registrations[0] && resolve(registrations[0].registrationId)))
  await devtools.send('ServiceWorker.enable')
  await devtools.send('ServiceWorker.deliverPushMessage', { origin: server.url, registrationId: await found, data: text })
}

const shown = (page: Page) => page.evaluate(async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(({ title, body, tag }) => [title, body, tag]))

it('who has entered their numbers is asked, is reminded of what the next meeting misses, and comes by a tap to the first of them', async () => {
  const { phone, device } = await aPhone()
  const page = await openApp(device, server.url, ada)
  await keptApp(page)
  await page.getByRole('button', { name: 'Enter the next number' }).click()
  for (const done of ['Next number', 'Done']) {
    await page.locator('.pad').getByRole('button', { name: '7', exact: true }).click()
    await page.getByRole('button', { name: done, exact: true }).click()
  }
  await page.getByRole('button', { name: 'Remind me' }).click()
  await page.locator('[data-remind]').waitFor({ state: 'detached' })
  await page.goto(`${server.url}/settings`)
  await expect.poll(() => page.getByRole('switch', { name: 'Remind me before meetings' }).isChecked()).toBe(true)

  const at = nextMeeting(slot, Date.now() - 7 * 86_400_000, 'Europe/Berlin')
  const sender = { way: service.way, keys: await readPushKeys(server.store.accounts), subject: 'mailto:ops@example.com' }
  await remindAll({ store: server.store, log: createLog('silent'), now: () => at - 60_000, sender })
  expect(phone.got).toHaveLength(1)

  const told = { ...JSON.parse(phone.got[0]?.text ?? '') as { tag: string }, at: Date.now() + 7_190_000 }
  await deliver(device, page, JSON.stringify(told))
  await deliver(device, page, JSON.stringify(told))
  await expect.poll(() => shown(page)).toEqual([['2 of your numbers are missing', 'Leads meets in 2 hours', told.tag]])

  const [worker] = device.serviceWorkers()
  await worker?.evaluate(async () => {
    const own = globalThis as unknown as { registration: ServiceWorkerRegistration }
    const [notification] = await own.registration.getNotifications()
    dispatchEvent(Object.assign(new Event('notificationclick'), { notification, waitUntil: (work: Promise<unknown>) => work.catch(() => undefined) }))
  })
  await page.getByRole('dialog', { name: 'Cash' }).waitFor()
  expect(await page.evaluate(() => performance.getEntriesByType('navigation').length)).toBe(1)
  await expect.poll(() => shown(page)).toEqual([])
  await device.close()
})
