import type { Doc } from '../record/envelope.ts'
import type { Existing } from './apply.ts'
import type { ImportPlan, PlannedSeat } from './plan.ts'

interface Place { reportsTo?: string | null }
type PlaceFinder = (seat: PlannedSeat, doc: Doc<'seat'> | undefined) => Place

/**
 * Whom a seat reports to once it is in: nothing where the file does not say. The top of an agent company goes
 * under the seat chosen for it; where people have hung it under a seat of theirs, it stays.
 */
export function placeFinder(plan: ImportPlan, { seats }: Existing, ids: ReadonlyMap<string, string>): PlaceFinder {
  const imported = new Set(ids.values())
  const under = seats.find(({ id, d }) => id === plan.agentsUnder && !d.archived)?.id ?? null
  return (seat, doc) => {
    if (seat.reportsToKey === undefined)
      return {}
    if (seat.reportsToKey || plan.format !== 'agents')
      return { reportsTo: seat.reportsToKey && ids.get(seat.reportsToKey) }
    const now = doc?.d.reportsTo
    const isTheirs = now !== undefined && !imported.has(now)
    return isTheirs ? {} : { reportsTo: under }
  }
}
