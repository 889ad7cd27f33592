import type { WriteTx } from './port.ts'
import type { Db } from './tables.ts'
import { setImmediate as turn } from 'node:timers/promises'
import { sql } from 'kysely'

interface Job { run: (tx: WriteTx) => Promise<void>, done: () => void, fail: (error: unknown) => void }

const mostTogether = 64

/**
 * Commits writes that arrive together in one transaction, each behind its own savepoint: one disk
 * flush for all, and a failing one takes only itself back. Resolves after the commit.
 */
export function createGroupCommit(db: Db, writeTx: (connection: Db) => WriteTx) {
  const queue: Job[] = []
  let draining: Promise<void> | undefined

  async function drain() {
    while (queue.length > 0) {
      // Two turns of the loop: what has arrived is read, and joins. A wait by the clock would cost a lone writer more than it saves.
      await turn()
      await turn()
      const jobs = queue.splice(0, mostTogether)
      await db.connection().execute(connection => commitTogether(connection, writeTx(connection), jobs)).catch(error => jobs.forEach(job => job.fail(error)))
    }
    draining = undefined
  }

  return {
    run: <T>(work: (tx: WriteTx) => Promise<T>): Promise<T> => new Promise((resolve, reject) => {
      let result: T
      const run = async (tx: WriteTx) => {
        result = await work(tx)
      }
      queue.push({ run, done: () => resolve(result), fail: reject })
      draining ??= drain()
    }),
    settled: async () => draining,
  }
}

async function commitTogether(connection: Db, tx: WriteTx, jobs: readonly Job[]): Promise<void> {
  const done: Job[] = []
  await sql`begin immediate`.execute(connection)
  try {
    for (const job of jobs) {
      await sql`savepoint job`.execute(connection)
      try {
        await job.run(tx)
        done.push(job)
      }
      catch (error) {
        await sql`rollback to job`.execute(connection)
        job.fail(error)
      }
      await sql`release job`.execute(connection)
    }
    await sql`commit`.execute(connection)
  }
  catch (error) {
    await sql`rollback`.execute(connection).catch(() => {})
    throw error
  }
  done.forEach(job => job.done())
}
