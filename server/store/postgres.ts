import type { Store } from './port.ts'
import type { Db, Tables } from './tables.ts'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { createAccounts, migrateAccounts } from './accounts.ts'
import { createReadTx, createWriteTx } from './docs.ts'
import { createPostgresFanout } from './postgresFanout.ts'
import { migrateDocs } from './tables.ts'

/** Serialisation failure and deadlock: the database asks to run the transaction again. */
const again = new Set(['40001', '40P01'])
const mostTries = 5

/** Opens PostgreSQL; refuses, in words, settings under which an acknowledged write could be lost. */
export async function openPostgres(url: string): Promise<Store> {
  const pool = new pg.Pool({ connectionString: url, max: 20 })
  pool.on('error', () => {})
  // A line that breaks in the middle of a transaction fails that one; unheard, it would end the process.
  pool.on('connect', line => line.on('error', () => {}))
  const db: Db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  await refuseUnsafe(db)
  // Another process may be at work on the same tables.
  await withTries(() => migrateOnce(db))
  const fanout = createPostgresFanout(url)
  return {
    kind: 'postgres',
    accounts: createAccounts(db, 'postgres'),
    fanout,
    glance: work => work(createReadTx(db)),
    read: work => db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(tx => work(createReadTx(tx))),
    write: work => withTries(() => db.transaction().execute(tx => work(createWriteTx(tx, (org, ids) => lockIds(tx, org, ids))))),
    close: async () => {
      await fanout.close()
      await db.destroy()
    },
  }
}

/** Advisory locks cover ids that do not exist yet; one sorted pass keeps two pushes from a deadlock. */
async function lockIds(tx: Db, org: string, ids: readonly string[]): Promise<void> {
  const keys = [...new Set(ids)].sort().map(id => `${org} ${id}`)
  if (keys.length > 0)
    await sql`select pg_advisory_xact_lock(hashtextextended(key, 0)) from unnest(${keys}::text[]) with ordinality as t(key, n) order by n`.execute(tx)
}

async function withTries<T>(work: () => Promise<T>, left = mostTries): Promise<T> {
  try {
    return await work()
  }
  catch (error) {
    if (left > 1 && again.has(String((error as { code?: unknown }).code)))
      return withTries(work, left - 1)
    throw error
  }
}

/** Several processes may start at once: one migrates, the others wait. */
async function migrateOnce(db: Db): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(7041963)`.execute(tx)
    await migrateDocs(tx)
    await migrateAccounts<Tables>(tx, 'postgres')
  })
}

async function refuseUnsafe(db: Db): Promise<void> {
  for (const [setting, bad] of [['fsync', 'off'], ['full_page_writes', 'off'], ['synchronous_commit', 'off']] as const) {
    const { rows } = await sql<{ value: string }>`select current_setting(${setting}) as value`.execute(db)
    if (rows[0]?.value === bad)
      throw new Error(`PostgreSQL runs with ${setting} = off: a power cut could lose what a phone was told is saved. Switch it on.`)
  }
}
