import type { Bench } from './bench.ts'
import type { Figure } from './report.ts'
import type { Place } from './seed.ts'
import type { BenchServer } from './spawn.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { aPerson } from '../support/person.ts'
import { anIssue, pushRows } from './company.ts'
import { startDatabases } from './databases.ts'
import { cookieOf, createLeanClient } from './lean.ts'
import { readLedger, watchOrder } from './ledger.ts'
import { postgresCpu } from './postgresCpu.ts'
import { rateOf } from './rate.ts'
import { median } from './report.ts'
import { startBenchServer } from './spawn.ts'

const [orgs, atOnce] = [10, 16]

interface Run { rate: number, cpu: number, database: number }

/** Single-row pushes through one process and through two in turn, on one PostgreSQL and the same cores. */
export async function measureProcesses(bench: Bench): Promise<Figure[]> {
  const databases = await startDatabases()
  const databaseUrl = await databases.fresh()
  // One secret: a cookie from one process is good at the other.
  const dataDir = mkdtempSync(join(tmpdir(), 'otp-processes-'))
  const servers = [await startBenchServer({ databaseUrl, dataDir }), await startBenchServer({ databaseUrl, dataDir })]
  const load = await openLoad(servers, databaseUrl)
  const one: Run[] = []
  const two: Run[] = []
  await load.run(servers, bench.quick ? 200 : 1000)
  for (let run = 0; run < bench.runs; run++) {
    one.push(await load.run(servers.slice(0, 1), bench.quick ? 500 : 4000))
    two.push(await load.run(servers, bench.quick ? 500 : 4000))
  }
  const wrong = await load.wrong()
  await Promise.all(servers.map(server => server.close()))
  await databases.stop()
  rmSync(dataDir, { recursive: true, force: true })
  return figuresOf(one, two, wrong)
}

/** Every company is watched on both processes from the start. */
async function openLoad(servers: readonly BenchServer[], databaseUrl: string) {
  const founder = aPerson(servers[0] as BenchServer)
  await founder.signUp()
  const cookie = cookieOf(founder)
  const clients = servers.map(({ url }) => createLeanClient(url, cookie, atOnce))
  const places: Place[] = []
  while (places.length < orgs)
    places.push(await founder.createOrg(`Of ${places.length}`))
  const watched = await Promise.all(places.map(async place => ({ place, acknowledged: [] as string[], lines: await Promise.all(servers.map(server => watchOrder(server, cookie, place))) })))
  const state = { pushes: 0 }

  async function push(through: number): Promise<number> {
    const turn = state.pushes++
    const { place, acknowledged } = watched[turn % orgs] as typeof watched[number]
    const issue = anIssue(place.member)
    await pushRows((clients[Math.floor(turn / orgs) % through] as typeof clients[number]).inOrg(place), [issue])
    acknowledged.push(issue.id)
    return 1
  }

  async function used() {
    const cpu = (await Promise.all(servers.map(server => server.usage()))).reduce((sum, usage) => sum + usage.cpu, 0)
    return { cpu, database: await postgresCpu(databaseUrl) ?? Number.NaN }
  }

  return {
    run: async (through: readonly BenchServer[], span: number): Promise<Run> => {
      const [before, from] = [await used(), state.pushes]
      const rate = await rateOf(atOnce, span, () => push(through.length))
      const [after, pushes] = [await used(), state.pushes - from]
      return { rate, cpu: (after.cpu - before.cpu) / pushes, database: (after.database - before.database) / pushes }
    },
    /** How much acknowledged is not there, how many sequence numbers are missing, how often a stream left out or turned round. */
    wrong: async () => (await Promise.all(watched.map(async ({ place, acknowledged, lines }) => {
      const { ids, head, gaps } = await readLedger(databaseUrl, place.org)
      const late = (await Promise.all(lines.map(line => line.reaches(head)))).filter(reached => !reached).length
      lines.forEach(line => line.close())
      return acknowledged.filter(id => !ids.has(id)).length + gaps + late + lines.reduce((sum, line) => sum + line.gaps(), 0)
    }))).reduce((sum, count) => sum + count, 0),
  }
}

function figuresOf(one: readonly Run[], two: readonly Run[], wrong: number): Figure[] {
  const of = (runs: readonly Run[], what: keyof Run) => median(runs.map(run => run[what]))
  return [
    { what: 'PostgreSQL, one process: pushes of one row', unit: 'durable rows/s', median: of(one, 'rate') },
    { what: 'PostgreSQL, two processes on the same cores', unit: 'durable rows/s', median: of(two, 'rate'), ratio: of(two, 'rate') / of(one, 'rate'), against: 'one process', aims: [{ of: 'ratio', least: 0.9 }] },
    { what: 'lost, out of order or not told', unit: 'changes', median: wrong, aims: [{ of: 'median', most: 0 }] },
    { what: 'CPU of the server for a push, one process', unit: 'ms', median: of(one, 'cpu') },
    { what: 'CPU of the servers for a push, two processes', unit: 'ms', median: of(two, 'cpu') },
    { what: 'CPU of PostgreSQL for a push, two processes', unit: 'ms', median: of(two, 'database') },
    { what: 'by that CPU, a core for one server process alone', unit: 'rows/s', median: 1000 / of(two, 'cpu') },
    { what: 'by that CPU, a core for PostgreSQL alone', unit: 'rows/s', median: 1000 / of(two, 'database') },
  ]
}
