import type { TestPerson } from '../support/person.ts'
import type { Bench } from './bench.ts'
import type { Figure } from './report.ts'
import type { Place } from './seed.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { aPerson } from '../support/person.ts'
import { inOrg } from './company.ts'
import { startDatabases } from './databases.ts'
import { median } from './report.ts'
import { fillOrgs } from './seed.ts'
import { startBenchServer } from './spawn.ts'

const changes = 10

/** Ten changes pulled by a phone that has the rest, from companies of very different size. */
export async function measureCatchUp(bench: Bench): Promise<Figure[]> {
  const sizes = bench.quick ? [100, 1000, 10_000] : [1000, 10_000, 100_000, ...bench.full ? [1_000_000] : []]
  if (!bench.full)
    bench.leave('an org of a million records is filled with --full only.')
  const figures = await onStore(bench, sizes, '')
  const databases = await startDatabases()
  figures.push(...await onStore(bench, sizes, await databases.fresh()))
  await databases.stop()
  return figures
}

async function onStore({ runs }: Bench, sizes: readonly number[], databaseUrl: string): Promise<Figure[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'otp-catch-up-'))
  const before = await startBenchServer({ dataDir, databaseUrl })
  const founder = aPerson(before)
  await founder.signUp()
  const places: Place[] = []
  for (const size of sizes)
    places.push(await founder.createOrg(`Of ${size}`))
  await before.close()
  await fillOrgs({ dataDir, databaseUrl }, places.map((place, n) => ({ place, records: sizes[n] ?? 0 })))
  const server = await startBenchServer({ dataDir, databaseUrl })
  const took = await pullInTurn(at(server, founder), places, 40 * runs)
  await server.close()
  rmSync(dataDir, { recursive: true, force: true })
  return figuresOf(databaseUrl === '' ? 'SQLite' : 'PostgreSQL', sizes, took)
}

/** The companies take turns: what disturbs the machine then disturbs all of them. */
async function pullInTurn(person: TestPerson, places: readonly Place[], rounds: number): Promise<number[][]> {
  const took: number[][] = places.map(() => [])
  const heads = await Promise.all(places.map(place => headOf(person, place)))
  for (let round = -10; round < rounds; round++) {
    for (const [n, place] of places.entries()) {
      const started = performance.now()
      const docs = await pullSince(person, place, (heads[n] ?? 0) - changes)
      if (docs !== changes)
        throw new Error(`${docs} changes pulled instead of ${changes}`)
      // The first ones load and compile.
      if (round >= 0)
        took[n]?.push(performance.now() - started)
    }
  }
  return took
}

/** The same person on the server's new address. */
function at(server: { url: string }, founder: TestPerson): TestPerson {
  const person = aPerson(server)
  founder.cookies.forEach((value, name) => person.cookies.set(name, value))
  return person
}

async function headOf(person: TestPerson, place: Place): Promise<number> {
  return Number((await inOrg(person, place).post('/api/sync/pull', { epoch: '', limit: 1, since: {} })).body.head)
}

async function pullSince(person: TestPerson, place: Place, since: number): Promise<number> {
  const { body } = await inOrg(person, place).post('/api/sync/pull', { epoch: '', limit: 500, since: { records: since, scores: since } })
  return Object.values(body.pages as Record<string, { docs: unknown[] }>).reduce((sum, page) => sum + page.docs.length, 0)
}

function figuresOf(store: string, sizes: readonly number[], took: readonly number[][]): Figure[] {
  const medians = took.map(median)
  const apart = Math.max(...medians) / Math.min(...medians)
  return [
    ...sizes.map((size, n) => ({ what: `${store}: ten changes pulled from ${size.toLocaleString('en')} records`, unit: 'ms', median: medians[n] ?? 0 })),
    { what: `${store}: the slowest of these`, unit: 'ms', median: Math.max(...medians), ratio: apart, against: 'the fastest', aims: [{ of: 'ratio', most: 1.2 }] },
  ]
}
