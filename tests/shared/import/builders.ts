import type { ApplyContext, Existing, Writes } from '#shared/import/apply.ts'
import type { ImportOptions, ImportPlan } from '#shared/import/plan.ts'
import type { Bodies, Body, Doc, Kind } from '#shared/record/envelope.ts'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { isoCalendar } from '#shared/kpi/period.ts'
import { indexOf } from '#shared/record/envelope.ts'

export const options: ImportOptions = { calendar: isoCalendar, seatId: 'seat_a' }

export const fixture = (name: string) => readFileSync(resolve(import.meta.dirname, '../../fixtures', name), 'utf8')

export function aDoc<K extends Kind>(kind: K, id: string, d: Bodies[K]): Doc<K> {
  return { id, kind, v: '1', ...indexOf(kind, d as unknown as Body), d }
}

/** Ids that count up. */
export function newIds(name = 'first'): ApplyContext['newId'] {
  const ids: string[] = []
  return kind => `${kind}_${name}_${ids.push(kind)}`
}

export function aContext(overrides: Partial<ApplyContext> = {}): ApplyContext {
  return { now: 1_000_000, newId: newIds(), writer: 'mem_me', ...overrides }
}

export const me = aDoc('member', 'mem_me', { name: 'Ada Bloom', role: 'admin', state: 'active' })

export const aSeatDoc = (id: string, d: Partial<Bodies['seat']> = {}) => aDoc('seat', id, { kind: 'human', title: id, accountability: 'x', ...d })

/** The records as they are once the writes are in. */
export function after(existing: Existing, { add, set }: Writes): Existing {
  const docs = new Map<string, Doc>(Object.values(existing).flat().map((doc: Doc) => [doc.id, doc]))
  for (const { kind, id, body } of add)
    docs.set(id, aDoc(kind, id, body) as Doc)
  for (const { id, fields } of set) {
    const doc = docs.get(id)
    if (!doc)
      throw new Error(`set of an unknown ${id}`)
    const merged = Object.entries({ ...doc.d, ...fields }).filter(([, value]) => value !== null)
    docs.set(id, aDoc(doc.kind, id, Object.fromEntries(merged) as unknown as Bodies[Kind]) as Doc)
  }
  const of = <K extends Kind>(kind: K) => [...docs.values()].filter(doc => doc.kind === kind) as Doc<K>[]
  return { seats: of('seat'), members: of('member'), kpis: of('kpi'), sheets: of('sheet'), teams: of('team'), procedures: of('procedure') }
}

export const nothing: Existing = { seats: [], members: [], kpis: [], sheets: [], teams: [], procedures: [] }

export const codes = ({ problems }: Pick<ImportPlan, 'problems'>) => problems.map(({ row, code, about }) => [row, code, about])

/** How often each code was listed. */
export function counts({ problems }: Pick<ImportPlan, 'problems'>): Record<string, number> {
  const found: Record<string, number> = {}
  for (const { code } of problems)
    found[code] = (found[code] ?? 0) + 1
  return found
}
