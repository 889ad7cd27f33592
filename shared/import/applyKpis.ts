import type { Bodies } from '../record/envelope.ts'
import type { ApplyContext, Existing, Writes } from './apply.ts'
import type { ImportPlan, PlannedKpi } from './plan.ts'
import { folded } from './text.ts'
import { byImportKey, noWrites, record } from './writes.ts'

/** KPIs with a seat: what the file names, else the one chosen. One that is here is left as people have set it since: only its scores come anew. */
export function applyKpis(plan: ImportPlan, existing: Existing, context: ApplyContext): Writes & { ids: ReadonlyMap<string, string> } {
  const writes = noWrites()
  const ids = new Map<string, string>()
  const known = byImportKey(existing.kpis)
  const seatOf = seatFinder(existing.seats)
  for (const kpi of plan.kpis) {
    const doc = known.get(kpi.key)
    const named = kpi.seatName && !doc ? seatOf(kpi.seatName) : undefined
    const seat = doc?.d.seat ?? named ?? existing.seats.find(({ id, d }) => id === kpi.seatId && !d.archived)?.id
    const cadence = doc?.d.cadence ?? kpi.cadence
    if (!seat || (kpi.seatName && !doc && !named))
      writes.problems.push({ row: kpi.row, code: 'unknown-seat', about: kpi.seatName ?? '', text: kpi.title })
    else if (cadence !== kpi.cadence)
      writes.problems.push({ row: kpi.row, code: 'other-cadence', about: cadence, text: kpi.title })
    if (!seat || cadence !== kpi.cadence)
      continue
    const id = doc?.id ?? context.newId('kpi')
    ids.set(kpi.key, id)
    record(writes, doc ? undefined : { kind: 'kpi', id, body: newKpi(kpi, seat) })
  }
  return { ...writes, ids }
}

/** Nobody has said yet which way is good, nor how to roll it up. */
function newKpi({ key, title, unit, decimals, cadence }: PlannedKpi, seat: string): Bodies['kpi'] {
  return { seat, title, unit, decimals, better: 'neither', cadence, rollUp: 'last', importKey: key }
}

/** By the seat's id, the key it was imported under, or a title only one seat has. */
function seatFinder(seats: Existing['seats']): (name: string) => string | undefined {
  const live = seats.filter(({ d }) => !d.archived)
  return (name) => {
    const exact = live.find(({ id, d }) => id === name || d.importKey === name)
    const [only, ...others] = live.filter(({ d }) => folded(d.title) === folded(name))
    return exact?.id ?? (others.length ? undefined : only?.id)
  }
}
