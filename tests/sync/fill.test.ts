import type { Kind } from '#shared/record/envelope.ts'
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory'
import { expect, it, onTestFinished } from 'vitest'
import { cellKey } from '#shared/kpi/cell.ts'
import { sheetId } from '#shared/record/ids.ts'
import { createClock } from '#shared/sync/stamp.ts'
import { aPerson } from '../support/person.ts'
import { aPhone, settled, until } from '../support/replica.ts'
import { startServer } from '../support/server.ts'

const weeks = ['2026-W45', '2026-W30', '2025-W45', '2025-W30', '2024-W45', '2024-W30'] as const
const quarters = ['2026-Q4', '2026-Q3', '2025-Q4', '2025-Q3', '2024-Q4', '2024-Q3'] as const
const kpis = Array.from({ length: 110 }, (_, n) => `k${n}`)
const now = Date.UTC(2026, 10, 18)

/** A company of 110 KPIs with three years of scores, and one person in it. */
async function aCompany() {
  const server = await startServer()
  onTestFinished(() => server.close())
  const person = aPerson(server)
  await person.signUp()
  await person.createOrg()
  const clock = createClock(() => now, 'seeder')
  const row = (kind: Kind, id: string, body: object) => {
    const v = clock.next()
    return { id, kind, base: '', v, set: Object.fromEntries(Object.entries(body).map(([field, value]) => [field, [value, v]])) }
  }
  const rows = [
    row('seat', 's1', { kind: 'human', title: 'Sales', accountability: 'Sells' }),
    ...kpis.map(id => row('kpi', id, { seat: 's1', title: id, unit: 'number', decimals: 0, better: 'up', cadence: 'week', rollUp: 'sum' })),
    ...quarters.flatMap((quarter, at) => kpis.map(kpi => row('sheet', sheetId(kpi, quarter), { kpi, quarter, [cellKey(weeks[at] ?? '', person.headers['x-member'] ?? '')]: { value: at, at: 1, source: 'hand' } }))),
  ]
  for (let at = 0; at < rows.length; at += 200)
    expect((await person.post('/api/sync/push', { rows: rows.slice(at, at + 200) })).status).toBe(200)
  return person
}

it('[L10] a new phone is ready with the newest 26 weeks; the older ones come by themselves, also after it was closed halfway', async () => {
  const person = await aCompany()
  const storage = getRxStorageMemory() as never
  const first = await aPhone(person, { storage, name: 'kept' })
  await until(first.state, state => state.ready)
  const held = async (phone: typeof first) => (await until(phone.find({ kind: 'sheet' }), found => found.length >= 220)).length
  const atReady = await held(first)
  expect([await held(first) < quarters.length * kpis.length, (await first.get('sheet:k5:2026-Q3')) !== undefined]).toEqual([true, true])
  await first.close()
  const again = await aPhone(person, { storage, name: 'kept' })
  onTestFinished(() => again.close())
  await until(again.find({ kind: 'sheet' }), found => found.length === quarters.length * kpis.length)
  await again.put('sheet', sheetId('k3', '2024-Q3'), { 'cell/2024-W30/me': null } as never, { kpi: 'k3', quarter: '2024-Q3' } as never)
  await settled(again)
  expect(atReady).toBeGreaterThanOrEqual(220)
})
