import process from 'node:process'
import { startCluster } from '../support/postgresCluster.ts'

/** Where to make databases: `DATABASE_URL`, else a PostgreSQL of our own that goes when it is closed. */
export async function aCluster(): Promise<{ url: string, stop: () => Promise<void> }> {
  const given = process.env.DATABASE_URL
  if (given)
    return { url: given, stop: async () => {} }
  const cluster = await startCluster()
  return { url: await cluster.newDatabase(), stop: cluster.stop }
}
