import type { Delivery } from '#shared/record/delivery.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { keptApp, openApp } from '../support/app.ts'
import { startChromium } from '../support/chromium.ts'
import { builtClient } from '../support/dist.ts'
import { aPerson, foundDemo } from '../support/person.ts'
import { startServer } from '../support/server.ts'

const server = await startServer({ dist: builtClient() })
const chromium = await startChromium()
const ada = aPerson(server)

beforeAll(() => foundDemo(ada))

afterAll(async () => {
  await chromium.close()
  await server.close()
})

async function stored(title: string): Promise<Delivery | undefined> {
  const docs = await server.store.read(tx => tx.docsByKind(ada.headers['x-org'] ?? '', 'delivery'))
  return docs.map(({ body }) => body as unknown as Delivery).find(body => body.title === title)
}

it('a handoff taken with no signal is kept through a restart of the app and reaches the server with one', async () => {
  const device = await chromium.device({ viewport: { width: 360, height: 740 } })
  const page = await openApp(device, server.url, ada)
  await keptApp(page)
  const title = 'Plan for the winter bicycles'
  const one = page.getByRole('article').filter({ hasText: title })
  await device.setOffline(true)
  await page.getByRole('link', { name: 'All handoffs' }).click()
  await page.getByRole('heading', { name: 'Nobody accepted 1 handoff' }).waitFor()
  await one.getByRole('button', { name: `Accept: ${title}` }).click()
  await one.getByText('waiting').waitFor()
  await page.reload()
  await one.locator('.state', { hasText: 'accepted' }).waitFor()
  expect((await stored(title))?.state).toBe('sent')
  await device.setOffline(false)
  await expect.poll(() => stored(title)).toMatchObject({ state: 'accepted', stateBy: ada.headers['x-member'] })
  await device.close()
})
