import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { describe, expect, it, onTestFinished } from 'vitest'
import { aDatabase } from '../support/postgres.ts'
import { aChaos } from './chaos.ts'
import { refuseChange } from './chaosCheck.ts'

const runs = Number(process.env.CHAOS_RUNS ?? 2)
const seeds = Array.from({ length: runs }, (_, n) => 20_261 + n * 7)

// Half as many on PostgreSQL: each of its commits waits for a disk.
describe.each([['sqlite', seeds], ['postgres', seeds.slice(0, Math.ceil(runs / 2))]] as const)('four phones in chaos, on %s', (store, seedsHere) => {
  it.each(seedsHere)('[O1] after quiet every replica is the server\'s visible set, byte for byte, and no value comes back (seed %i)', async (seed) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'otp-chaos-'))
    const databaseUrl = store === 'postgres' ? await aDatabase() : undefined
    const chaos = await aChaos(seed, { dataDir, databaseUrl })
    onTestFinished(async () => {
      await chaos.close()
      rmSync(dataDir, { recursive: true, force: true })
    })
    await chaos.rage(200)
    await chaos.calm()
    for (const { mine, servers } of await chaos.sets())
      expect(mine).toEqual(servers)
    expect((await chaos.histories()).map(refuseChange).filter(Boolean)).toEqual([])
    const { edits, faults, restarts } = chaos.counts()
    expect([edits > 40, faults > 20, restarts > 1]).toEqual([true, true, true])
  }, 90_000)
})
