import type { SourceChange } from '../changes.ts'
import type { Scenario } from './scenarios.ts'
import process from 'node:process'
import { calm, judge } from '../calm.ts'
import { aWorld } from '../world.ts'
import { scenarios } from './scenarios.ts'
import { NeverCame } from './steps.ts'

/** Plays a story on a server and phones of its own; answers the first thing that must not be. */
export async function tellStory(story: Scenario, changes: readonly SourceChange[]): Promise<string | undefined> {
  const cluster = story.includes('PostgreSQL') ? process.env.DATABASE_URL : undefined
  const options = { cluster, processes: cluster ? 2 : 1, changes, steps: 0, quiet: 300 }
  const world = await aWorld(1, options, { phones: ['Ada', 'Adi'], steps: [] })
  const [ada, ben] = world.handsets
  if (!ada || !ben)
    throw new Error('a story needs two phones')
  try {
    const seen = await scenarios[story](world, ada, ben)
    if (seen !== undefined)
      return seen
    await calm(world)
    await judge(world, options.quiet)
    return world.divergences[0]
  }
  catch (error) {
    if (error instanceof NeverCame)
      return error.message
    throw error
  }
  finally {
    await world.close()
  }
}
