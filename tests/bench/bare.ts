import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import pg from 'pg'
import { rateOf } from './rate.ts'

const body = 'x'.repeat(400)

/** Rows a second that bare SQLite commits, so many a transaction, under the server's settings. */
export function bareSqlite(rows: number, span: number): number {
  const folder = mkdtempSync(join(tmpdir(), 'otp-bare-'))
  const file = new SQLite(join(folder, 'bare.db'))
  file.pragma('journal_mode = WAL')
  file.pragma('synchronous = FULL')
  file.exec('create table doc (id integer primary key, body text)')
  const insert = file.prepare('insert into doc (body) values (?)')
  const commit = file.transaction(() => {
    for (let row = 0; row < rows; row++)
      insert.run(body)
  })
  const started = performance.now()
  let done = 0
  while (performance.now() - started < span) {
    commit()
    done += rows
  }
  const perSecond = done / (performance.now() - started) * 1000
  file.close()
  rmSync(folder, { recursive: true })
  return perSecond
}

/** Rows a second that bare PostgreSQL commits over so many connections, so many a transaction. */
export async function barePostgres(url: string, rows: number, atOnce: number, span: number): Promise<number> {
  const pool = new pg.Pool({ connectionString: url, max: atOnce })
  await pool.query('create table if not exists bare (id bigserial primary key, body text)')
  const bodies = Array.from({ length: rows }).fill(body)
  const perSecond = await rateOf(atOnce, span, async () => {
    await pool.query('insert into bare (body) select unnest($1::text[])', [bodies])
    return rows
  })
  await pool.end()
  return perSecond
}
