import type { Page } from 'playwright-core'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { keptApp, openApp, synced } from '../support/app.ts'
import { barriers } from '../support/barriers.ts'
import { startChromium } from '../support/chromium.ts'
import { builtClient } from '../support/dist.ts'
import { aPerson } from '../support/person.ts'
import { startServer } from '../support/server.ts'

const dist = builtClient()
const [dataDir, backup] = [mkdtempSync(join(tmpdir(), 'otp-')), mkdtempSync(join(tmpdir(), 'otp-'))]
const chromium = await startChromium()
const at = { server: await startServer({ dist, dataDir }) }
const ada = aPerson(at.server)
const url = at.server.url

/** One phone lives through everything but a full disk. */
const phone = await chromium.device()

beforeAll(async () => {
  await ada.signUp()
  await ada.createOrg()
  const page = await openApp(phone, url, ada)
  await keptApp(page)
  await page.close()
})
/** What one test leaves behind, also where it failed, must not be in the way of the next. */
afterEach(async () => {
  await phone.unrouteAll()
  await phone.setOffline(false)
  await Promise.all(phone.pages().map(page => page.close()))
})
afterAll(async () => {
  await chromium.close()
  await at.server.close()
  for (const folder of [dataDir, backup])
    rmSync(folder, { recursive: true, force: true })
})

const names = (page: Page) => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ''))

async function aPage(path = '/issues'): Promise<Page> {
  const page = await phone.newPage()
  await page.goto(url + path)
  await synced(page)
  return page
}

/** Raises an issue on the issues page, which is open. */
async function raise(page: Page, title: string): Promise<void> {
  await page.getByPlaceholder(/./).first().fill(title)
  await page.getByRole('button', { name: 'Add', exact: true }).click()
}

/** Waits until the issue is with the server, and this phone knows it: the chip is calm, and lags behind. */
function sent(page: Page, title: string): Promise<void> {
  return page.locator('.issue-row', { hasText: title }).filter({ hasNotText: 'waiting' }).waitFor()
}

/** What a browser does that clears a site's databases to make room. */
async function clearDatabases(page: Page): Promise<void> {
  const protocol = await phone.newCDPSession(page)
  await protocol.send('Storage.clearDataForOrigin', { origin: url, storageTypes: 'indexeddb' })
}

/** What else lies on a device fills it to the last kilobyte; answers how to throw it away. */
async function fill(page: Page): Promise<() => Promise<unknown>> {
  await page.evaluate(async () => {
    const opened = indexedDB.open('photos', 1)
    opened.onupgradeneeded = () => opened.result.createObjectStore('photo', { autoIncrement: true })
    await new Promise(done => opened.onsuccess = done)
    const put = (size: number) => new Promise<boolean>((done) => {
      const writing = opened.result.transaction('photo', 'readwrite')
      writing.objectStore('photo').put(crypto.getRandomValues(new Uint8Array(size)))
      writing.oncomplete = () => done(true)
      writing.onabort = () => done(false)
    })
    for (const size of [60_000, 8000, 1000, 100]) {
      let room = true
      while (room)
        room = await put(size)
    }
    opened.result.close()
  })
  return () => page.evaluate(() => new Promise(done => indexedDB.deleteDatabase('photos').onsuccess = done))
}

describe('storage that is refused', () => {
  it('says so in words, also where the browser lets nothing be read at all, and opens once it is allowed', async () => {
    const blocked = await phone.newPage()
    await blocked.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('denied', 'SecurityError')
      }
    })
    await blocked.goto(url)
    await blocked.getByRole('heading', { name: 'This browser keeps nothing for OTP' }).waitFor()
    await blocked.getByText('storage-refused · SecurityError').waitFor()
    expect(await barriers(blocked, [['nothing is kept', async () => {}]])).toEqual([])
    const shut = await phone.newPage()
    await shut.addInitScript(() => Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('denied', 'SecurityError')
      },
    }))
    await shut.goto(url)
    await shut.getByText('storage-refused · SecurityError').waitFor()
    await aPage('/today')
  })
})

describe('a device with no room', () => {
  it('keeps on the screen what was typed, says why, and takes it when there is room', async () => {
    const device = await chromium.device()
    const held = await device.newPage()
    await (await device.newCDPSession(held)).send('Storage.overrideQuotaForOrigin', { origin: url, quotaSize: 4_000_000 })
    const page = await openApp(device, url, ada)
    await keptApp(page)
    await page.goto(`${url}/issues`)
    await synced(page)
    const empty = await fill(page)
    await raise(page, 'Typed with no room')
    await page.getByText('This device is full: that was not kept').waitFor()
    await page.locator('[data-notice=full]').waitFor()
    expect(await page.getByPlaceholder(/./).first().inputValue()).toBe('Typed with no room')
    expect(await barriers(page, [['no room', async () => {}]])).toEqual([])
    await empty()
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('link', { name: 'Typed with no room' }).waitFor()
    await synced(page)
    await device.close()
  })
})

describe('a browser that clears the databases', () => {
  it('under an open page: one reload, the loss in words, and everything the server has again', async () => {
    const page = await aPage()
    await raise(page, 'With the server')
    await sent(page, 'With the server')
    await phone.setOffline(true)
    await raise(page, 'Never sent')
    await raise(page, 'Neither this')
    await page.locator('[data-sync]', { hasText: '2 waiting' }).waitFor()
    await clearDatabases(page)
    await page.getByText('2 changes that had not been sent were lost').waitFor()
    await phone.setOffline(false)
    // What was glimpsed while the browser was still clearing goes when the database answers.
    await page.getByRole('link', { name: 'Never sent' }).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'With the server' }).waitFor()
    await page.reload()
    await page.getByRole('button', { name: 'Understood' }).click()
    await page.locator('[data-notice]').waitFor({ state: 'detached' })
    await synced(page)
    await page.reload()
    // The words on the chip come seconds later than all that could tell of a loss.
    await page.locator('[data-sync]', { hasText: 'synced' }).waitFor()
    expect(await page.locator('[data-notice]').count()).toBe(0)
  })

  it('again within the minute: no second reload, but words and a way to try', async () => {
    const page = await aPage()
    for (const reloads of [true, false]) {
      await page.evaluate(() => Object.assign(globalThis, { marked: true }))
      await clearDatabases(page)
      if (reloads)
        await page.waitForFunction(() => !('marked' in globalThis)).then(() => synced(page))
    }
    await page.getByRole('heading', { name: 'The browser closed the storage' }).waitFor()
    expect(await page.evaluate(() => 'marked' in globalThis)).toBe(true)
    await page.getByRole('button', { name: 'Try again' }).click()
    await synced(page)
  })

  it('while the app slept: waking up finds out before anybody writes', async () => {
    const page = await aPage()
    // Nothing waits for the end of this: the reload may come before it.
    await page.evaluate(() => {
      Object.assign(globalThis, { marked: true })
      const gone = (name = '') => new Promise(done => Object.assign(indexedDB.deleteDatabase(name), { onsuccess: done, onblocked: done }))
      void indexedDB.databases().then(found => Promise.all(found.map(({ name }) => gone(name)))).then(() => document.dispatchEvent(new Event('visibilitychange')))
    })
    await page.waitForFunction(() => !('marked' in globalThis))
    await synced(page)
  })
})

describe('an app the server no longer speaks to', () => {
  it('is told to update, in words, and what waits leaves nevertheless', async () => {
    const page = await aPage()
    await phone.route(/\/api\/sync\/(pull|stream)/, route => route.continue({ headers: { ...route.request().headers(), 'x-protocol': '0' } }))
    await phone.setOffline(true)
    await page.goto(`${url}/issues`)
    await raise(page, 'Typed before the update')
    await phone.setOffline(false)
    await page.locator('[data-notice=outdated]').getByRole('button', { name: 'Update' }).waitFor()
    await expect.poll(async () => JSON.stringify((await ada.post('/api/sync/pull', { epoch: '', limit: 2000, since: { records: 0 } })).body)).toContain('Typed before the update')
    await page.locator('[data-sync]', { hasText: 'update needed' }).waitFor()
  })
})

describe('a crash while a copy is built anew', () => {
  it('leaves nothing behind: the next start takes over what the older copy alone had, and deletes it', async () => {
    const page = await aPage()
    const before = await names(page)
    await phone.setOffline(true)
    await raise(page, 'Only in the older copy')
    await page.locator('[data-sync]', { hasText: '1 waiting' }).waitFor()
    await page.evaluate(() => {
      const mark = Object.keys(localStorage).find(key => key.startsWith('otp:mark:')) ?? ''
      const { copy } = JSON.parse(localStorage.getItem(mark) ?? '') as { copy: string }
      localStorage.setItem(mark.replace('mark', 'copy'), `${copy}~1`)
    })
    await page.goto('about:blank')
    await phone.setOffline(false)
    await page.goto(`${url}/issues`)
    await page.locator('[data-sync]', { hasText: '1 refused' }).click()
    await page.getByText('This device’s copy was built anew, and this had not reached the server.').waitFor()
    await page.getByRole('button', { name: 'Change and send again' }).click()
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'Only in the older copy' }).waitFor()
    await synced(page)
    await expect.poll(async () => (await names(page)).filter(name => before.includes(name))).toEqual([])
  })
})

describe('a server put back from a backup', () => {
  it('has both tabs go on in a copy built anew, with what was being typed, and the old one gone', async () => {
    const page = await aPage()
    await at.server.close()
    cpSync(dataDir, backup, { recursive: true })
    at.server = await startServer({ dist, dataDir, port: at.server.port })
    const other = await phone.newPage()
    await other.goto(`${url}/issues`)
    await raise(other, 'Since the backup')
    await sent(other, 'Since the backup')
    await page.goto(`${url}/issues`)
    await page.getByPlaceholder(/./).first().fill('half a thought')
    const before = await names(page)
    await at.server.close()
    rmSync(dataDir, { recursive: true })
    cpSync(backup, dataDir, { recursive: true })
    at.server = await startServer({ dist, dataDir, port: at.server.port, restored: true })
    await page.getByRole('link', { name: 'Since the backup' }).waitFor({ state: 'detached' })
    await other.getByRole('link', { name: 'Since the backup' }).waitFor({ state: 'detached' })
    await expect.poll(async () => (await names(page)).filter(name => before.includes(name))).toEqual([])
    for (const tab of [page, other])
      await synced(tab)
    await page.reload()
    await expect.poll(() => page.getByPlaceholder(/./).first().inputValue()).toBe('half a thought')
    await raise(other, 'From the other tab')
    await page.getByRole('link', { name: 'From the other tab' }).waitFor()
  })
})
