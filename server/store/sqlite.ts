import type { SqliteDatabase, SqliteStatement } from 'kysely'
import type { Store, WriteTx } from './port.ts'
import type { Db, Tables } from './tables.ts'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import SQLite from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { alone } from '../sync/fanout.ts'
import { createAccounts, migrateAccounts } from './accounts.ts'
import { createReadTx, createWriteTx } from './docs.ts'
import { createGroupCommit } from './groupCommit.ts'
import { migrateDocs } from './tables.ts'

const mostStatements = 500
const oldestSqlite = [3, 51, 3]

/** Opens the one file; refuses, in words, a second process on it and an SQLite known to corrupt. */
export async function openSqlite(file: string): Promise<Store> {
  mkdirSync(dirname(file), { recursive: true })
  const letGo = holdAlone(file)
  const writer = open(file)
  const db: Db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: preparedOnce(writer) }) })
  await db.transaction().execute(tx => migrateDocs(tx))
  await migrateAccounts(db, 'sqlite')
  const readerFile = open(file)
  const reader: Db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: preparedOnce(readerFile) }) })
  const commits = createGroupCommit(db, connection => createWriteTx(connection, async () => {}))
  return {
    kind: 'sqlite',
    accounts: createAccounts(db, 'sqlite'),
    fanout: alone,
    glance: work => work(createReadTx(reader)),
    read: work => reader.transaction().execute(tx => work(createReadTx(tx))),
    write: <T>(work: (tx: WriteTx) => Promise<T>) => commits.run(work),
    close: async () => {
      await commits.settled()
      await reader.destroy()
      await db.destroy()
      // Kysely closes only what it has used; the last to close folds the write-ahead log in.
      readerFile.close()
      writer.close()
      letGo()
    },
  }
}

/** Keeps compiled statements: the query builder would compile the same text anew each time. */
function preparedOnce(database: SQLite.Database): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>()
  return {
    close: () => void database.close(),
    prepare: (text) => {
      const known = statements.get(text)
      if (known)
        return known
      if (statements.size >= mostStatements)
        statements.clear()
      const statement = database.prepare(text)
      statements.set(text, statement)
      return statement
    },
  }
}

/** WAL with FULL: a resolved commit survives a power cut. */
function open(file: string): SQLite.Database {
  const database = new SQLite(file, { timeout: 5000 })
  for (const setting of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'trusted_schema = OFF'])
    database.pragma(setting)
  const version = String(database.prepare('select sqlite_version()').pluck().get())
  const parts = version.split('.').map(Number)
  const difference = oldestSqlite.map((least, at) => (parts[at] ?? 0) - least).find(step => step !== 0) ?? 0
  if (difference < 0)
    throw new Error(`SQLite ${version} can corrupt its write-ahead log; ${oldestSqlite.join('.')} or newer is needed.`)
  return database
}

/**
 * One process holds the file. The lock is the operating system's: it goes with the process, however that ends,
 * and no process number left in a file can be mistaken for somebody alive.
 */
function holdAlone(file: string): () => void {
  const holder = new SQLite(`${file}.held`, { timeout: 0 })
  const note = `${file}.lock`
  try {
    holder.exec('begin exclusive')
  }
  catch {
    holder.close()
    throw new Error(`Another OTP process (${readFileSync(note, 'utf8')}) holds this database. Stop it first, or use PostgreSQL (DATABASE_URL) to run several.`)
  }
  writeFileSync(note, String(process.pid), { mode: 0o600 })
  return () => {
    rmSync(note, { force: true })
    holder.close()
  }
}
