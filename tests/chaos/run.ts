import type { RunRecord } from './record.ts'
import type { World, WorldOptions } from './world.ts'
import process from 'node:process'
import { calm, judge } from './calm.ts'
import { undertaker } from './changes.ts'
import { isClosed } from './handset.ts'
import { rage } from './rage.ts'
import { aWorld } from './world.ts'

/** One run from its seed: a company is made, everything goes wrong, everything heals, and everything is judged. */
export async function runSeed(seed: number, options: WorldOptions): Promise<RunRecord> {
  const world = await aWorld(seed, options)
  const bug = (error: unknown) => void (isClosed(error) || world.divergences.push(`not expected: ${error instanceof Error ? error.stack : String(error)}`))
  process.on('unhandledRejection', bug)
  try {
    const convergence = await wholeRun(world, options.quiet).catch((error: unknown) => {
      bug(error)
      return 0
    })
    const { log } = await world.place.reader().view(world.company.org)
    return {
      seed,
      ...world.counts,
      faults: { ...world.counts.faults, 'records ended': log.filter(({ by }) => by === undertaker).length, 'away longer than tombstones live': world.handsets.reduce((sum, handset) => sum + handset.outlived(), 0) },
      acks: world.ledger.acks().length,
      conflicts: log.reduce((sum, { lost }) => sum + Object.keys(lost).length, 0),
      refusals: world.ledger.refusals(),
      convergence,
      divergences: world.divergences,
    }
  }
  finally {
    await world.close()
    // A replica that was closed while it drained may say so a moment later.
    setTimeout(() => process.off('unhandledRejection', bug), 3000).unref()
  }
}

async function wholeRun(world: World, quiet: number): Promise<number> {
  await rage(world)
  const convergence = await calm(world)
  await judge(world, quiet)
  return convergence
}
