import type { Store } from '../../../server/store/port.ts'
import type { Db, Tables } from '../../../server/store/tables.ts'
import SQLite from 'better-sqlite3'
import { Kysely, sql, SqliteDialect } from 'kysely'
import { createAccounts } from '../../../server/store/accounts.ts'
import { createReadTx, createWriteTx } from '../../../server/store/docs.ts'
import { migrateDocs } from '../../../server/store/tables.ts'
import { alone } from '../../../server/sync/fanout.ts'

/** What becomes of the next write: it fails at the very end, or the database has it run a second time. */
export type Mishap = 'fails' | 'runs-again'

export interface ModelStore { store: Store, db: Db, mishap: { next?: Mishap | undefined }, forget: (org: string) => Promise<void> }

/** The store's own tables and statements on SQLite in memory: without a file, a second connection or a timer. */
export async function createModelStore(): Promise<ModelStore> {
  const prepared = new Map<string, SQLite.Statement>()
  const file = new SQLite(':memory:')
  const prepare = (text: string) => {
    const statement = prepared.get(text) ?? file.prepare(text)
    prepared.set(text, statement)
    return statement as never
  }
  const db: Db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: { close: () => void file.close(), prepare } }) })
  await migrateDocs(db)
  const mishap: ModelStore['mishap'] = {}

  const inOne = <T>(work: (connection: Db) => Promise<T>) => db.connection().execute(async (connection) => {
    await sql`begin`.execute(connection)
    try {
      const result = await work(connection)
      await sql`commit`.execute(connection)
      return result
    }
    catch (error) {
      await sql`rollback`.execute(connection)
      throw error
    }
  })
  const write: Store['write'] = work => inOne(async (connection) => {
    const tx = createWriteTx(connection, async () => {})
    const { next } = mishap
    mishap.next = undefined
    if (next === 'runs-again') {
      await sql`savepoint first`.execute(connection)
      await work(tx)
      await sql`rollback to first`.execute(connection)
    }
    const result = await work(tx)
    if (next === 'fails')
      throw new Error('the disk is full')
    return result
  })
  return {
    store: { kind: 'sqlite', accounts: createAccounts(db, 'sqlite'), fanout: alone, glance: work => inOne(connection => work(createReadTx(connection))), read: work => inOne(connection => work(createReadTx(connection))), write, close: () => db.destroy() },
    db,
    mishap,
    forget: async (org) => {
      for (const table of ['org_sync', 'doc', 'change_log', 'lost_value', 'purged', 'refusal'] as const)
        await db.deleteFrom(table).where('org', '=', org).execute()
    },
  }
}
