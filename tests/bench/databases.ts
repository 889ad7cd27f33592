import type { TestProject } from 'vitest/node'
import { setup } from '../support/postgresCluster.ts'

export interface Databases { fresh: () => Promise<string>, stop: () => Promise<void> }

/** A PostgreSQL cluster of its own, as the tests have it, with as many empty databases as are asked for. */
export async function startDatabases(): Promise<Databases> {
  const door = { url: '' }
  const stop = await setup({ provide: (_name: string, url: string) => void (door.url = url) } as unknown as TestProject)
  return {
    fresh: async () => {
      const answer = await fetch(door.url)
      if (!answer.ok)
        throw new Error(`PostgreSQL did not start: ${await answer.text()}`)
      return answer.text()
    },
    stop,
  }
}
