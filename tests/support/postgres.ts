import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where to ask for an empty PostgreSQL database; set by `postgresCluster.ts`. */
    postgres: string
  }
}

/** The address of a fresh, empty PostgreSQL database. The first call starts the cluster of this run. */
export async function aDatabase(): Promise<string> {
  const response = await fetch(inject('postgres'))
  if (!response.ok)
    throw new Error(`PostgreSQL did not start: ${await response.text()}`)
  return response.text()
}
