import type { TestPerson } from '../support/person.ts'
import type { Figure } from './report.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { pushRows } from './company.ts'
import { median } from './report.ts'

const span = 2000

/** Rows a second that are on the disk when the phone is told so, beside the same file's bare commit rate. */
export async function measurePushes(person: TestPerson, runs: number): Promise<Figure[]> {
  await person.createOrg('Pushes')
  const issue = (n: number) => ({ kind: 'issue' as const, id: `iss_${n}_${Math.random()}`, set: { title: `Issue ${n}`, state: 'open', horizon: 'now', raisedBy: person.headers['x-member'], raisedAt: 1 } })
  const bare = Array.from({ length: runs }, bareCommits)
  const figures: Figure[] = []
  for (const [connections, rows] of [[1, 1], [16, 1], [4, 50]] as const) {
    const rates: number[] = []
    for (let run = 0; run < runs; run++)
      rates.push(await rate(connections, rows, () => pushRows(person, Array.from({ length: rows }, (_, n) => issue(n)))))
    figures.push({
      what: `push, ${connections} at once, ${rows} ${rows === 1 ? 'row' : 'rows'} each`,
      unit: 'durable rows/s',
      median: median(rates),
      ratio: median(rates) / median(bare),
      against: 'bare SQLite commits/s, same settings',
    })
  }
  return [{ what: 'bare SQLite, one row a commit, WAL FULL', unit: 'commits/s', median: median(bare) }, ...figures]
}

async function rate(connections: number, rows: number, push: () => Promise<void>): Promise<number> {
  const started = performance.now()
  let done = 0
  await Promise.all(Array.from({ length: connections }, async () => {
    while (performance.now() - started < span) {
      await push()
      done += rows
    }
  }))
  return done / (performance.now() - started) * 1000
}

function bareCommits(): number {
  const folder = mkdtempSync(join(tmpdir(), 'otp-bare-'))
  const file = new SQLite(join(folder, 'bare.db'))
  file.pragma('journal_mode = WAL')
  file.pragma('synchronous = FULL')
  file.exec('create table doc (id integer primary key, body text)')
  const insert = file.prepare('insert into doc (body) values (?)')
  const body = 'x'.repeat(400)
  const started = performance.now()
  let done = 0
  while (performance.now() - started < span / 2) {
    insert.run(body)
    done++
  }
  const perSecond = done / (performance.now() - started) * 1000
  file.close()
  rmSync(folder, { recursive: true })
  return perSecond
}
