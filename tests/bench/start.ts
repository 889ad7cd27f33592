import type { BrowserContext, Page } from 'playwright-core'
import type { Bench } from './bench.ts'
import type { Figure } from './report.ts'
import { coldSync } from './coldSync.ts'
import { median } from './report.ts'
import { openStage } from './stage.ts'

const shown = 'numbers are there after '

/** Starts on a phone that holds a company's year: of the database alone, and of the whole app with no network. */
export async function measureStart(bench: Bench): Promise<Figure[]> {
  const stage = await openStage(bench)
  const database: number[] = []
  const app: number[] = []
  for (let run = 0; run < bench.runs; run++) {
    const context = await stage.device()
    await coldSync(context, stage)
    // The first start with no network compiles; the browser keeps what it compiled for the next.
    await startOffline(context, stage.server.url, 1)
    database.push((await startOffline(context, stage.server.url, 6)).database)
    app.push((await startOffline(context, stage.server.url, 4)).app)
    await context.close()
  }
  await stage.close()
  return [
    { what: 'RxDB opened to its first answer, warm, 6× CPU slow-down', unit: 'ms', median: median(database), aims: [{ of: 'median', most: 500 }] },
    { what: 'start with no network to Today, 4× CPU slow-down', unit: 'ms', median: median(app), aims: [{ of: 'median', most: 1500 }] },
  ]
}

/** The page stops the watch itself: asking it from outside, again and again, would slow what is measured. */
async function startOffline(context: BrowserContext, url: string, slowDown: number): Promise<{ app: number, database: number }> {
  await context.setOffline(true)
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowDown })
  const said = page.waitForEvent('console', { predicate: message => message.text().startsWith(shown), timeout: 60_000 })
  await page.addInitScript(tellWhenShown, shown)
  await page.goto(`${url}/today`, { waitUntil: 'commit' })
  const app = Number((await said).text().slice(shown.length))
  const database = await openingTime(page)
  await page.close()
  await context.setOffline(false)
  return { app, database }
}

/** From the marks the replica leaves; the database is opened when the first page is shown. */
function openingTime(page: Page): Promise<number> {
  return page.evaluate(() => new Promise<number>((resolve) => {
    const watch = new PerformanceObserver((list) => {
      const [answer] = list.getEntriesByName('replica:answers')
      if (answer)
        resolve(answer.startTime - (performance.getEntriesByName('replica:opens')[0]?.startTime ?? Number.NaN))
    })
    watch.observe({ type: 'mark', buffered: true })
  }))
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
