import type { BrowserContext } from 'playwright-core'

/** The same records as plain objects put into IndexedDB, 500 a transaction, on the same machine and browser; ms. */
export async function barePuts(context: BrowserContext, url: string, rows: readonly object[]): Promise<number> {
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
