import type { BrowserContext } from 'playwright-core'
import type { TestChromium } from '../support/chromium.ts'
import type { TestPerson } from '../support/person.ts'
import type { Figure } from './report.ts'
import type { BenchServer } from './spawn.ts'
import { isoCalendar, periodOf } from '#shared/kpi/period.ts'
import { localDate } from '#shared/kpi/zone.ts'
import { startChromium } from '../support/chromium.ts'
import { aYear, companyRows, pushAll } from './company.ts'
import { median } from './report.ts'

const shown = 'numbers are there after '

/** A company's year to a fresh browser, the same documents put bare, and a start with no network on a slow phone. */
export async function measurePhone(server: BenchServer, person: TestPerson, runs: number): Promise<Figure[]> {
  const { org, member } = await person.createOrg('A year')
  const rows = companyRows(aYear, member, periodOf('week', localDate(Date.now(), 'UTC'), isoCalendar))
  await pushAll(person, rows)
  const browser = await startChromium()
  const cold: number[] = []
  const bare: number[] = []
  const warm: number[] = []
  for (let run = 0; run < runs; run++) {
    const context = await signedIn(browser, server.url, person, { org, member })
    cold.push(await coldSync(context, server.url))
    bare.push(await barePuts(context, server.url, rows))
    // The first start with no network compiles; the browser keeps what it compiled for the next.
    await warmStart(context, server.url)
    warm.push(await warmStart(context, server.url))
    await context.close()
  }
  await browser.close()
  return [
    { what: `${rows.length.toLocaleString('en')} documents put bare into IndexedDB`, unit: 'ms', median: median(bare) },
    { what: 'a company\'s year to a whole scorecard, fresh browser', unit: 'ms', median: median(cold), ratio: median(bare) / median(cold), against: 'the speed of bare puts' },
    { what: 'start with no network to Today, 4× CPU slow-down', unit: 'ms', median: median(warm), budget: '≤ 1,500 ms' },
  ]
}

async function signedIn(browser: TestChromium, url: string, person: TestPerson, identity: { org: string, member: string }): Promise<BrowserContext> {
  const context = await browser.device()
  await context.addCookies([...person.cookies].map(([name, value]) => ({ name, value, url })))
  const me = JSON.stringify({ ...identity, user: ((await person.get('/api/account/me')).body.user as { id: string }).id, name: 'Ada', orgName: 'A year', role: 'admin' })
  await context.addInitScript(`localStorage.setItem('otp:identity', ${JSON.stringify(me)})`)
  return context
}

/** From the address bar to the last row of the scorecard, everything synced. */
async function coldSync(context: BrowserContext, url: string): Promise<number> {
  const page = await context.newPage()
  const started = performance.now()
  await page.goto(`${url}/scorecard`)
  await page.getByText('synced').first().waitFor({ timeout: 120_000 })
  await page.getByText('Number kpi_0_0').first().waitFor({ timeout: 120_000 })
  const took = performance.now() - started
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)')
  await page.close()
  return took
}

/** The same records as plain objects, 500 a transaction, on the same machine and browser. */
async function barePuts(context: BrowserContext, url: string, rows: readonly object[]): Promise<number> {
  const page = await context.newPage()
  await page.goto(`${url}/icon.svg`)
  const took = await page.evaluate(putAll, rows as never)
  await page.close()
  return took
}

async function putAll(rows: readonly { id: string }[]): Promise<number> {
  const opened = indexedDB.open('bare', 1)
  opened.onupgradeneeded = () => opened.result.createObjectStore('docs', { keyPath: 'id' })
  await new Promise((resolve, reject) => Object.assign(opened, { onsuccess: resolve, onerror: reject, onblocked: reject }))
  const started = performance.now()
  for (let at = 0; at < rows.length; at += 500) {
    const transaction = opened.result.transaction('docs', 'readwrite')
    const done = new Promise((resolve, reject) => Object.assign(transaction, { oncomplete: resolve, onabort: reject }))
    rows.slice(at, at + 500).forEach(row => transaction.objectStore('docs').put(row))
    await done
  }
  const took = performance.now() - started
  opened.result.close()
  return took
}

/** The page stops the watch itself: asking it from outside, again and again, would slow what is measured. */
async function warmStart(context: BrowserContext, url: string): Promise<number> {
  await context.setOffline(true)
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  const said = page.waitForEvent('console', { predicate: message => message.text().startsWith(shown), timeout: 60_000 })
  await page.addInitScript(tellWhenShown, shown)
  await page.goto(`${url}/today`, { waitUntil: 'commit' })
  const took = Number((await said).text().slice(shown.length))
  await page.close()
  await context.setOffline(false)
  return took
}

function tellWhenShown(word: string) {
  const watch = new MutationObserver(() => {
    if (!document.querySelector('main')?.textContent.includes('Number kpi_0_0'))
      return
    watch.disconnect()
    requestAnimationFrame(() => console.info(word + performance.now()))
  })
  watch.observe(document, { subtree: true, childList: true })
}
