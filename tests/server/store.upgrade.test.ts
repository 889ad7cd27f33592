import type { Store } from '../../server/store/port.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import pg from 'pg'
import { expect, it } from 'vitest'
import { cellKey } from '#shared/kpi/cell.ts'
import { sheetId } from '#shared/record/ids.ts'
import { openPostgres } from '../../server/store/postgres.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import { createSync } from '../../server/sync/sync.ts'
import { openOrg, writeAsServer } from '../../server/sync/writeAsServer.ts'
import { aDatabase } from '../support/postgres.ts'
import { aKpi, aSeat } from './commitBench.ts'

/** What the tables lacked before records had a time and digests were kept. */
const before = [
  'drop index doc_when',
  'alter table doc drop column "when"',
  ...['records_count', 'records_sum', 'scores_count', 'scores_sum'].map(column => `alter table org_sync drop column ${column}`),
]

async function someRecords(store: Store) {
  const deps = createSync({ store, now: () => 1_000_000 })
  await openOrg(deps, 'acme')
  await writeAsServer(deps, 'acme', 'ada', [
    { id: 's1', kind: 'seat', set: aSeat() },
    { id: 'k1', kind: 'kpi', set: aKpi('s1') },
    { id: sheetId('k1', '2026-Q4'), kind: 'sheet', set: { kpi: 'k1', quarter: '2026-Q4', [cellKey('2026-W45', 'ada')]: { value: 1, at: 1, source: 'hand' } } },
  ])
}

function stateOf(store: Store) {
  return store.read(async tx => ({
    sync: await tx.orgSync('acme'),
    sheets: await tx.docsOfWhen('acme', 'scores', '2026-Q4', { after: '', upTo: 100, limit: 10 }),
    newest: await tx.whenBefore('acme', 'scores'),
  }))
}

async function survives(open: () => Promise<Store>, makeOld: () => Promise<unknown>) {
  const first = await open()
  await someRecords(first)
  const state = await stateOf(first)
  await first.close()
  await makeOld()
  const again = await open()
  expect(await stateOf(again)).toEqual(state)
  expect(state).toMatchObject({ newest: '2026-Q4', sync: { digests: { records: { count: 2 }, scores: { count: 1 } } } })
  await again.close()
}

it('a SQLite file of an older version opens with everything in it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'otp-old-'))
  const file = join(folder, 'otp.db')
  await survives(() => openSqlite(file), async () => {
    const old = new SQLite(file)
    before.forEach(line => old.exec(line))
    old.close()
  })
  rmSync(folder, { recursive: true, force: true })
})

it('a PostgreSQL database of an older version opens with everything in it', async () => {
  const url = await aDatabase()
  await survives(() => openPostgres(url), async () => {
    const old = new pg.Client(url)
    await old.connect()
    for (const line of before)
      await old.query(line)
    await old.end()
  })
})
