import type { StoredDoc } from '../../server/store/port.ts'
import { join } from 'node:path'
import { cellKey } from '#shared/kpi/cell.ts'
import { indexOf } from '#shared/record/envelope.ts'
import { sheetId } from '#shared/record/ids.ts'
import { makeStamp } from '#shared/sync/stamp.ts'
import { openPostgres } from '../../server/store/postgres.ts'
import { openSqlite } from '../../server/store/sqlite.ts'

const atOnce = 2000
const noon = Date.UTC(2026, 9, 1, 12)

export interface Place { org: string, member: string }

/** Fills companies up to so many records each, past the server: straight into the store, while nobody else has it open. */
export async function fillOrgs({ dataDir, databaseUrl }: { dataDir: string, databaseUrl: string }, places: readonly { place: Place, records: number }[]): Promise<void> {
  const store = databaseUrl === '' ? await openSqlite(join(dataDir, 'otp.db')) : await openPostgres(databaseUrl)
  for (const { place, records } of places) {
    for (let at = 0; at < records; at += atOnce) {
      await store.write(async (tx) => {
        const count = Math.min(atOnce, records - at)
        const first = await tx.takeSeq(place.org, count, makeStamp(noon, 0, 'bench0'))
        const docs = Array.from({ length: count }, (_, n) => aRecord(place, at + n, first + n))
        await tx.putDocs(place.org, docs)
        await tx.addChanges(place.org, docs.map(doc => ({ seq: doc.seq, id: doc.id, v: doc.v, by: place.member, at: noon, set: {}, lost: {} })))
      })
    }
  }
  await store.close()
}

/** Every tenth an issue, the others sheets with two weeks in them. */
function aRecord({ org, member }: Place, n: number, seq: number): StoredDoc {
  const v = makeStamp(noon + n, 0, 'bench0')
  const kpi = `kpi_${org}_${n}`
  const entry = { value: n, at: noon, source: 'hand' }
  const body = n % 10 === 0
    ? { title: `Issue ${n}`, state: 'open', horizon: 'now', raisedBy: member, raisedAt: noon }
    : { kpi, quarter: '2026-Q4', [cellKey('2026-W40', member)]: entry, [cellKey('2026-W41', member)]: entry }
  const kind = n % 10 === 0 ? 'issue' : 'sheet'
  const { parent, owner, when } = indexOf(kind, body)
  const stamps = Object.fromEntries(Object.keys(body).map(field => [field, v]))
  return { id: kind === 'issue' ? `iss_${org}_${n}` : sheetId(kpi, '2026-Q4'), kind, seq, v, deleted: false, audience: '', shown: true, parent, owner, when, body, stamps }
}
