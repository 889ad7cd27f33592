import type { BrowserContext, Page } from 'playwright-core'
import { appendFileSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keptApp, openApp } from '../support/app.ts'
import { startChromium } from '../support/chromium.ts'
import { copyOfClient } from '../support/dist.ts'
import { aPerson, foundDemo } from '../support/person.ts'
import { startServer } from '../support/server.ts'

const copy = copyOfClient()
const server = await startServer({ dist: copy.dist })
const chromium = await startChromium()
const ada = aPerson(server)

beforeAll(() => foundDemo(ada))

afterAll(async () => {
  await chromium.close()
  await server.close()
  copy.remove()
})

async function aDevice(): Promise<{ device: BrowserContext, page: Page }> {
  const device = await chromium.device()
  const page = await openApp(device, server.url, ada)
  await keptApp(page)
  return { device, page }
}

/** Resolves when a database of this device is held; `let-go` lets it go as it was. */
async function holdDatabase(ending: string): Promise<void> {
  const found = (await indexedDB.databases()).find(({ name }) => name?.includes(ending))
  const asked = indexedDB.open(found?.name ?? '', 1_000_000)
  let isHeld = true
  addEventListener('let-go', () => isHeld = false)
  return new Promise((resolve) => {
    asked.onupgradeneeded = () => {
      const { transaction, result } = asked
      const hold = () => {
        if (isHeld)
          transaction!.objectStore(result.objectStoreNames[0]!).get('').onsuccess = hold
        else
          transaction!.abort()
      }
      hold()
      resolve()
    }
  })
}

describe('with no signal', () => {
  it('opens cold at every address, with the company in it', async () => {
    const { device } = await aDevice()
    await device.setOffline(true)
    const seats = await server.store.read(tx => tx.docsByKind(ada.headers['x-org'] ?? '', 'seat'))
    const kpis = await server.store.read(tx => tx.docsByKind(ada.headers['x-org'] ?? '', 'kpi'))
    const wanted: [string, string][] = [
      ['/', 'Today'],
      ['/today', 'Today'],
      ['/scorecard', 'Scorecard'],
      ['/issues', 'Issues'],
      ['/org', 'Org'],
      ['/settings', 'Settings'],
      ['/settings/members', 'Members'],
      ['/settings/device', 'On this device'],
      ['/import', 'Import'],
      [`/seat/${seats[0]?.id}`, String(seats[0]?.body.title)],
      [`/kpi/${kpis[0]?.id}`, String(kpis[0]?.body.title)],
    ]
    for (const [path, title] of wanted) {
      const page = await device.newPage()
      await page.goto(server.url + path)
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
      await page.close()
    }
    await device.close()
  })

  it('shows what the phone holds before its database is open, and keeps what is written meanwhile', async () => {
    const { device, page } = await aDevice()
    await device.setOffline(true)
    // Nothing of the app runs here; the database stands still in the middle of an upgrade, and whoever opens it waits.
    await page.goto(`${server.url}/icon.svg`)
    await page.evaluate(holdDatabase, '--_rxdb_internal')
    const app = await device.newPage()
    await app.goto(`${server.url}/issues`)
    await app.locator('.issue-row').first().waitFor()
    await app.getByPlaceholder(/./).first().fill('Typed early')
    await app.getByRole('button', { name: 'Add', exact: true }).click()
    expect(await app.locator('.issue-row', { hasText: 'Typed early' }).count()).toBe(0)
    await page.evaluate(() => dispatchEvent(new Event('let-go')))
    await app.locator('.issue-row', { hasText: 'Typed early' }).waitFor()
    await app.reload()
    await app.locator('.issue-row', { hasText: 'Typed early' }).waitFor()
    await device.close()
  })

  it('really has none: the server cannot be asked, and nothing of it was kept', async () => {
    const { device, page } = await aDevice()
    await device.setOffline(true)
    expect(await page.evaluate(() => fetch('/api/health').then(() => 'answered', () => 'nobody'))).toBe('nobody')
    const kept = await page.evaluate(async () => {
      const caches_ = await Promise.all((await caches.keys()).map(async name => (await caches.open(name)).keys()))
      return caches_.flat().map(({ url }) => new URL(url).pathname)
    })
    expect(kept).toContain('/index.html')
    expect(kept.filter(path => path.startsWith('/api') || path === '/version.json')).toEqual([])
    await device.close()
  })
})

describe('a new version', () => {
  it('waits for a tap in one tab, and disturbs nobody who types in another', async () => {
    const { device, page } = await aDevice()
    const other = await device.newPage()
    await other.goto(`${server.url}/import`)
    await other.getByLabel('Or paste it here').fill('half a sent')
    await mark(page)
    await mark(other)
    appendFileSync(join(copy.dist, 'sw.js'), '\n// the next version\n')
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update())
    await page.locator('[data-update]').waitFor()
    expect(await isMarked(page)).toBe(true)
    await page.bringToFront()
    await page.getByRole('button', { name: 'Update' }).click()
    await page.waitForFunction(() => !('marked' in globalThis))
    await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
    expect(await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting)).toBe(null)
    expect(await isMarked(other)).toBe(true)
    expect(await other.getByLabel('Or paste it here').inputValue()).toBe('half a sent')
    await other.bringToFront()
    await other.getByRole('link', { name: 'Org' }).click()
    await other.waitForFunction(() => !('marked' in globalThis))
    await other.getByRole('heading', { level: 1, name: 'Org' }).waitFor()
    await device.close()
  })

  it('comes past a worker that keeps an old page', async () => {
    const { device, page } = await aDevice()
    const asked = page.waitForRequest(request => request.isNavigationRequest() && request.url().includes('fresh='))
    await page.goto(`${server.url}/today?fresh=1`)
    expect((await (await asked).response())?.fromServiceWorker()).toBe(false)
    await device.close()
  })
})

describe('the build', () => {
  it('asks no other origin for anything', async () => {
    const device = await chromium.device()
    const origins = new Set<string>()
    device.on('request', request => /^https?:/.test(request.url()) && origins.add(new URL(request.url()).origin))
    const page = await openApp(device, server.url, ada)
    await keptApp(page)
    for (const path of ['/scorecard', '/issues', '/meeting', '/org', '/settings', '/settings/members', '/import']) {
      await page.goto(server.url + path)
      await page.getByRole('heading', { level: 1 }).waitFor()
    }
    expect([...origins]).toEqual([server.url])
    await device.close()
  })

  it('carries neither the database\'s advertisement nor its developer mode', () => {
    const files = readdirSync(copy.dist, { recursive: true, encoding: 'utf8' }).filter(name => /\.(?:js|html|css|json|webmanifest)$/.test(name))
    expect(files.length).toBeGreaterThan(10)
    expect(files.filter(name => readFileSync(join(copy.dist, name), 'utf8').includes('rxdb.info/html'))).toEqual([])
  })

  it('keeps every file its manifest names, in the size it says', async () => {
    const manifest = JSON.parse(readFileSync(join(copy.dist, 'manifest.webmanifest'), 'utf8')) as Record<'icons' | 'screenshots', { src: string, sizes: string }[]>
    for (const { src, sizes } of [...manifest.icons, ...manifest.screenshots].filter(({ sizes }) => sizes !== 'any')) {
      const png = readFileSync(join(copy.dist, src))
      expect(`${src} ${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`).toBe(`${src} ${sizes}`)
    }
  })
})

async function mark(page: Page): Promise<void> {
  await page.evaluate(() => Object.assign(globalThis, { marked: true }))
}

function isMarked(page: Page): Promise<boolean> {
  return page.evaluate(() => 'marked' in globalThis)
}
