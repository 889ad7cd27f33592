import type { TestChromium } from '../support/chromium.ts'
import type { Row } from './company.ts'
import type { CouchDoc } from './couchPage/doc.ts'
import type { Helper } from './spawn.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { collectionOf } from '#shared/record/envelope.ts'
import { couchDocOf, scoreDocsOf } from './couchPage/doc.ts'
import { startHelper } from './spawn.ts'

/** The CouchDB-protocol peer with a company in it, and its page. */
export interface Couch { coldSync: (browser: TestChromium) => Promise<number>, close: () => Promise<void> }

const whole = 'whole after '

/** `perScore`: one document per score instead of one per sheet. */
export async function startCouch(rows: readonly Row[], perScore: boolean): Promise<Couch> {
  const page = mkdtempSync(join(tmpdir(), 'otp-couch-'))
  await build({ configFile: false, root: join(import.meta.dirname, 'couchPage'), base: './', logLevel: 'error', build: { outDir: page, emptyOutDir: true } })
  const server = await startHelper('peers/couchServer.mjs', { PAGE: page })
  const [records, sheets] = (['records', 'scores'] as const).map(collection => rows.filter(row => collectionOf(row.kind) === collection)) as [Row[], Row[]]
  await put(server, 'records', records.map(couchDocOf))
  await put(server, 'scores', perScore ? sheets.flatMap(scoreDocsOf) : sheets.map(couchDocOf))
  return {
    coldSync: browser => coldSync(browser, `${server.url}/page/`),
    close: async () => {
      await server.close()
      rmSync(page, { recursive: true, force: true })
    },
  }
}

async function put({ url }: Helper, name: string, docs: readonly CouchDoc[]): Promise<void> {
  const send = async (path: string, method: string, body?: object) => {
    const answer = await fetch(`${url}/${path}`, { method, headers: { 'content-type': 'application/json' }, body: body && JSON.stringify(body) })
    if (!answer.ok)
      throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  }
  await send(name, 'PUT')
  for (let at = 0; at < docs.length; at += 1000)
    await send(`${name}/_bulk_docs`, 'POST', { docs: docs.slice(at, at + 1000).map(({ id, ...doc }) => ({ _id: id, ...doc })) })
}

/** From the address bar to everything there and shown. */
async function coldSync(browser: TestChromium, url: string): Promise<number> {
  const context = await browser.device()
  const page = await context.newPage()
  const said = page.waitForEvent('console', { predicate: message => message.text().startsWith(whole), timeout: 600_000 })
  await page.goto(url)
  const took = Number((await said).text().slice(whole.length))
  await context.close()
  return took
}
