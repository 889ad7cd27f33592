import type { Books } from './ledger.ts'
import SQLite from 'better-sqlite3'
import pg from 'pg'

interface Row { id: string, seq: number | string, body: string, fields: string, lost: string, ok: string }

/** Reads a company's books past the server, and says what the database itself finds broken. */
export async function readBooks(database: string, org: string): Promise<Books & { broken: string[] }> {
  const store = database.startsWith('postgres:') ? await aPostgres(database) : aFile(database)
  const [sync] = await store.rows('select seq from org_sync where org = $1', [org])
  const docs = await store.rows('select id, seq, body from doc where org = $1', [org])
  const changes = await store.rows('select seq, id, fields, lost from change_log where org = $1', [org])
  const broken = await store.broken()
  await store.close()
  return {
    head: Number(sync?.seq ?? -1),
    docs: docs.map(({ id, seq, body }) => ({ id, seq: Number(seq), body: JSON.parse(body) as Record<string, unknown> })),
    changes: changes.map(({ id, seq, fields, lost }) => ({ id, seq: Number(seq), set: JSON.parse(fields) as Books['changes'][0]['set'], lost: JSON.parse(lost) as Books['changes'][0]['lost'] })),
    broken,
  }
}

function aFile(file: string) {
  const db = new SQLite(file, { readonly: true })
  return {
    rows: async (text: string, values: readonly unknown[]) => db.prepare(text.replace('$1', '?')).all(...values) as Row[],
    broken: async () => (db.pragma('integrity_check') as { integrity_check: string }[]).map(row => row.integrity_check).filter(said => said !== 'ok'),
    close: async () => void db.close(),
  }
}

/** Data checksums are on: reading every row whole reads every page whole. */
async function aPostgres(url: string) {
  const line = new pg.Client({ connectionString: url })
  await line.connect()
  const rows = async (text: string, values: unknown[] = []) => (await line.query<Row>(text, values)).rows
  return {
    rows,
    broken: async () => {
      const [failures] = await rows(`select coalesce(checksum_failures, 0)::text as ok from pg_stat_database where datname = current_database()`)
      return failures?.ok === '0' ? [] : [`${failures?.ok} pages with a wrong checksum`]
    },
    close: () => line.end(),
  }
}
