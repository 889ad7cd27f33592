import type { Kind } from '#shared/record/envelope.ts'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import pg from 'pg'

/** A record and a line of the log as they lie in the database, read past the server. */
export interface DocLine { id: string, kind: Kind, seq: number, v: string, deleted: boolean, audience: string, body: Record<string, unknown>, stamps: Record<string, string> }
export interface LogLine { seq: number, id: string, v: string, by: string, set: Record<string, [unknown, string]>, lost: Record<string, [unknown, string, string]> }
export interface StoreView { head: number, docs: DocLine[], log: LogLine[] }

export interface StoreReader {
  view: (org: string) => Promise<StoreView>
  /** The log's sequence numbers after one, in order. */
  seqsAfter: (org: string, after: number) => Promise<number[]>
  close: () => Promise<void>
}

type Row = Record<string, unknown>
type Ask = (text: string, ...values: unknown[]) => Promise<Row[]>

const seqText = 'select seq from change_log where org = ? and seq > ? order by seq'

/** Reads the SQLite file beside the server; opened for each look, for the file is replaced by a restore. */
export function readSqlite(dataDir: string): StoreReader {
  const look = async <T>(work: (ask: Ask) => Promise<T>): Promise<T> => {
    const file = new SQLite(join(dataDir, 'otp.db'), { readonly: true, timeout: 5000 })
    try {
      return await work(async (text, ...values) => file.prepare(text).all(...values) as Row[])
    }
    finally {
      file.close()
    }
  }
  return {
    view: org => look(ask => viewOf(ask, org)),
    seqsAfter: (org, after) => look(async ask => (await ask(seqText, org, after)).map(row => Number(row.seq))),
    close: async () => {},
  }
}

export function readPostgres(databaseUrl: string): StoreReader {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 })
  pool.on('error', () => {})
  const ask: Ask = async (text, ...values) => {
    let at = 0
    return (await pool.query(text.replace(/\?/g, () => `$${++at}`), values)).rows as Row[]
  }
  return {
    view: org => viewOf(ask, org),
    seqsAfter: async (org, after) => (await ask(seqText, org, after)).map(row => Number(row.seq)),
    close: () => pool.end(),
  }
}

async function viewOf(ask: Ask, org: string): Promise<StoreView> {
  const [sync] = await ask('select seq from org_sync where org = ?', org)
  const docs = await ask('select * from doc where org = ? order by id', org)
  const log = await ask('select * from change_log where org = ? order by seq', org)
  return {
    head: Number(sync?.seq ?? 0),
    docs: docs.map(row => ({ ...row, seq: Number(row.seq), deleted: Number(row.deleted) === 1, body: JSON.parse(String(row.body)), stamps: JSON.parse(String(row.stamps)) }) as DocLine),
    log: log.map(row => ({ seq: Number(row.seq), id: row.id, v: row.v, by: row.author, set: JSON.parse(String(row.fields)), lost: JSON.parse(String(row.lost)) }) as LogLine),
  }
}
