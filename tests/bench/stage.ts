import type { BrowserContext } from 'playwright-core'
import type { Collection } from '#shared/record/envelope.ts'
import type { TestChromium } from '../support/chromium.ts'
import type { Row } from './company.ts'
import type { BenchServer } from './spawn.ts'
import { isoCalendar, periodOf } from '#shared/kpi/period.ts'
import { localDate } from '#shared/kpi/zone.ts'
import { collectionOf } from '#shared/record/envelope.ts'
import { startChromium } from '../support/chromium.ts'
import { builtClient } from '../support/dist.ts'
import { aPerson } from '../support/person.ts'
import { aYear, companyRows, pushAll } from './company.ts'
import { startBenchServer } from './spawn.ts'

/** A server that holds a company's year, and a browser. */
export interface Stage {
  server: BenchServer
  browser: TestChromium
  rows: Row[]
  /** How many of the rows are in each collection. */
  counts: Record<Collection, number>
  /** A fresh device on which the founder is signed in, with nothing of the company on it. */
  device: () => Promise<BrowserContext>
  close: () => Promise<void>
}

export async function openStage({ quick }: { quick: boolean }): Promise<Stage> {
  builtClient()
  const server = await startBenchServer()
  const person = aPerson(server)
  await person.signUp()
  const place = await person.createOrg('A year')
  const rows = companyRows(quick ? { ...aYear, seats: aYear.seats / 10 } : aYear, place.member, periodOf('week', localDate(Date.now(), 'UTC'), isoCalendar))
  await pushAll(person, rows)
  const user = ((await person.get('/api/account/me')).body.user as { id: string }).id
  const identity = JSON.stringify({ ...place, user, name: 'Ada', orgName: 'A year', role: 'admin' })
  const browser = await startChromium()
  const countOf = (collection: Collection) => rows.filter(row => collectionOf(row.kind) === collection).length
  return {
    server,
    browser,
    rows,
    counts: { records: countOf('records'), scores: countOf('scores') },
    device: async () => {
      const context = await browser.device()
      await context.addCookies([...person.cookies].map(([name, value]) => ({ name, value, url: server.url })))
      await context.addInitScript(`localStorage.setItem('otp:identity', ${JSON.stringify(identity)})`)
      return context
    },
    close: async () => {
      await browser.close()
      await server.close()
    },
  }
}
