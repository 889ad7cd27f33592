import type { Applied } from '#shared/import/apply.ts'
import type { ImportPlan } from '#shared/import/plan.ts'
import type { Replica } from '../../client/db/types.ts'
import { describe, expect, it } from 'vitest'
import { countsOf, problemGroups, writesIn } from '../../client/composables/importCounts.ts'
import { readText } from '../../client/composables/readText.ts'
import { writeImport } from '../../client/composables/writeImport.ts'

const noPlan: ImportPlan = { format: 'seats', source: 'seats', seats: [], people: [], teams: [], kpis: [], scores: [], problems: [], rows: 0 }
const nothing: Applied = { add: [], set: [], unchanged: 0, problems: [], missing: [] }
const sheet = { 'kpi': 'kpi_1', 'quarter': '2026-Q4', 'cell/2026-W47/mem_1': { value: 1, at: 0, source: 'import' as const }, 'cell/2026-W48/mem_1': { value: 2, at: 0, source: 'import' as const } }

describe('the preview', () => {
  it('counts numbers, not the sheets they are kept in', () => {
    const scores = [{ row: 2, kpiKey: 'a', period: '2026-W47', value: 1 }]
    const counts = countsOf({ plan: { ...noPlan, scores }, applied: { ...nothing, add: [{ kind: 'sheet', id: 's', body: sheet }] } })
    expect(counts).toEqual([{ what: 'score', added: 2, changed: 0, whole: 1 }])
  })

  it('names only the kinds the file has', () => {
    const applied = { ...nothing, set: [{ kind: 'seat' as const, id: 'seat_1', fields: { title: 'New' } }] }
    expect(countsOf({ plan: noPlan, applied })).toEqual([{ what: 'seat', added: 0, changed: 1, whole: 0 }])
    expect(writesIn({ plan: noPlan, applied })).toBe(1)
  })

  it('groups what has no place by reason, the most frequent first, and drops no row', () => {
    const blank = (row: number) => ({ row, code: 'blank' as const, about: '', text: `row ${row}` })
    const plan = { ...noPlan, problems: [{ ...blank(1), code: 'no-manager' as const }, blank(2)] }
    const groups = problemGroups({ plan, applied: { ...nothing, problems: [blank(3)] } })
    expect(groups.map(({ code, rows }) => [code, rows.map(({ row }) => row)])).toEqual([['blank', [2, 3]], ['no-manager', [1]]])
  })
})

it('writes in the order given, new records before changes, and tells how far it is', async () => {
  const log: string[] = []
  const replica = {
    addAll: async (rows: { id: string }[]) => void log.push(...rows.map(({ id }) => id)),
    set: async (id: string) => void log.push(`set ${id}`),
  } as unknown as Replica
  const add = Array.from({ length: 450 }, (_, n) => ({ kind: 'seat' as const, id: `seat_${n}`, body: { kind: 'human' as const, title: 'T', accountability: '' } }))
  const told: number[] = []
  await writeImport(replica, { add, set: [{ kind: 'seat', id: 'seat_old', fields: {} }] }, done => told.push(done))
  expect(log).toEqual([...add.map(({ id }) => id), 'set seat_old'])
  expect(told).toEqual([0, 200, 400, 450, 451])
})

it('reads UTF-8, and what older spreadsheets write', async () => {
  expect(await readText(new Blob([new Uint8Array([0xC3, 0xA9])]))).toBe('é')
  expect(await readText(new Blob([new Uint8Array([0xE9, 0x80])]))).toBe('é€')
})
