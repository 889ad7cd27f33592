import type { Bench } from './bench.ts'
import type { Figure } from './report.ts'
import { aPerson } from '../support/person.ts'
import { barePostgres, bareSqlite } from './bare.ts'
import { anIssue, pushRows } from './company.ts'
import { startDatabases } from './databases.ts'
import { cookieOf, createLeanClient } from './lean.ts'
import { rateOf } from './rate.ts'
import { median } from './report.ts'
import { startBenchServer } from './spawn.ts'

interface Load { atOnce: number, rows: number, orgs: number }
type Commits = (rows: number, atOnce: number) => Promise<number>

const loads: Load[] = [
  { atOnce: 1, rows: 1, orgs: 1 },
  { atOnce: 16, rows: 1, orgs: 1 },
  { atOnce: 16, rows: 1, orgs: 100 },
  { atOnce: 16, rows: 50, orgs: 1 },
  { atOnce: 16, rows: 50, orgs: 100 },
]

/** Rows a second that are on the disk when the phone is told so, beside what the same store commits bare. */
export async function measurePushes(bench: Bench): Promise<Figure[]> {
  const span = bench.quick ? 300 : 2000
  const figures = await onStore(bench, 'SQLite', '', span, async rows => bareSqlite(rows, span / 2))
  const databases = await startDatabases()
  const bare = await databases.fresh()
  figures.push(...await onStore(bench, 'PostgreSQL', await databases.fresh(), span, (rows, atOnce) => barePostgres(bare, rows, atOnce, span / 2)))
  await databases.stop()
  return figures
}

/** The bare commits are measured between the pushes: what disturbs the machine then disturbs both. */
async function onStore({ runs }: Bench, store: string, databaseUrl: string, span: number, commits: Commits): Promise<Figure[]> {
  const server = await startBenchServer({ databaseUrl })
  const push = await pusher(server.url)
  const figures: Figure[] = []
  for (const load of loads) {
    const rates: number[] = []
    const bare: number[] = []
    for (let run = 0; run < runs; run++) {
      bare.push(await commits(load.rows, load.atOnce))
      rates.push(await rateOf(load.atOnce, span, () => push(load)))
    }
    figures.push({ what: `${store}, bare: ${wordsOf(load.rows)} a commit, over ${store === 'SQLite' ? 1 : load.atOnce}`, unit: 'rows/s', median: median(bare) })
    figures.push({
      what: `${store}: pushes of ${wordsOf(load.rows)}, ${load.atOnce} at once, ${load.orgs === 1 ? 'one org' : `${load.orgs} orgs`}`,
      unit: 'durable rows/s',
      median: median(rates),
      ratio: median(rates) / median(bare),
      against: 'bare',
      ...load.atOnce > 1 && { aims: [{ of: 'ratio', least: 0.6 }] },
    })
  }
  await server.close()
  return figures
}

/** Pushes new issues to one org after the other; answers how many. */
async function pusher(url: string): Promise<(load: Load) => Promise<number>> {
  const person = aPerson({ url })
  await person.signUp()
  const orgs: { org: string, member: string }[] = []
  while (orgs.length < 100)
    orgs.push(await person.createOrg(`Pushes ${orgs.length}`))
  const state = { pushes: 0 }
  const client = createLeanClient(url, cookieOf(person), 16)
  return async ({ rows, orgs: some }) => {
    const place = orgs[state.pushes++ % some] as typeof orgs[number]
    await pushRows(client.inOrg(place), Array.from({ length: rows }, () => anIssue(place.member)))
    return rows
  }
}

function wordsOf(rows: number): string {
  return rows === 1 ? 'one row' : `${rows} rows`
}
