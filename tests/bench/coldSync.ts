import type { BrowserContext } from 'playwright-core'
import type { Stage } from './stage.ts'

export interface ColdSync {
  /** Every number on the first screen of the scorecard is shown, ms after the address was entered. */
  usable: number
  /** Every record of the company is in the device's database. */
  whole: number
}

const patience = 120_000

/** A fresh device opens the scorecard; ends when the whole app is kept on the device too. */
export async function coldSync(context: BrowserContext, { server, counts }: Pick<Stage, 'server' | 'counts'>): Promise<ColdSync> {
  const page = await context.newPage()
  const heard = (word: string) => page.waitForEvent('console', { predicate: message => message.text().startsWith(word), timeout: patience }).then(message => Number(message.text().slice(word.length)))
  await page.addInitScript(tellWhenUsable)
  await page.addInitScript(tellWhenWhole, counts)
  const [usable, whole] = await Promise.all([heard('usable after '), heard('whole after '), page.goto(`${server.url}/scorecard`)])
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)')
  await page.close()
  return { usable, whole }
}

/** The page stops the watch itself: asking it from outside would slow what is measured. */
function tellWhenUsable() {
  const watch = new MutationObserver(() => {
    const cards = [...document.querySelectorAll('.score-card')]
    if (!cards[0]?.textContent.includes('Number kpi_0_0') || cards.some(card => !/\d/.test(card.querySelector('.num')?.textContent ?? '')))
      return
    watch.disconnect()
    requestAnimationFrame(() => console.info(`usable after ${performance.now()}`))
  })
  watch.observe(document, { subtree: true, childList: true, characterData: true })
}

function tellWhenWhole(counts: Record<string, number>) {
  const often = 250
  const databaseOf = async (collection: string) => (await indexedDB.databases()).find(({ name }) => name?.startsWith('rxdb-dexie-otp') && name.endsWith(`--0--${collection}`))?.name
  const answer = <T>(request: IDBRequest<T>) => new Promise<T>((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) }))
  const countIn = async (name: string) => {
    const database = await answer(indexedDB.open(name))
    const count = await answer(database.transaction('docs').objectStore('docs').count())
    database.close()
    return count
  }
  const look = async () => {
    const found = await Promise.all(Object.keys(counts).map(databaseOf))
    const held = await Promise.all(found.map(name => name === undefined ? 0 : countIn(name)))
    if (Object.values(counts).every((count, n) => (held[n] ?? 0) >= count))
      console.info(`whole after ${performance.now()}`)
    else
      setTimeout(look, often)
  }
  // Not before the app has made its tables: opening them first would make them empty.
  const wait = () => document.querySelector('.score-card') ? void look() : void setTimeout(wait, often)
  wait()
}
