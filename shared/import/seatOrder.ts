import type { Doc } from '../record/envelope.ts'
import type { PlannedSeat } from './plan.ts'
import { inCycle } from '../chart/chain.ts'

/** A planned seat with the ids of what it names. `looped`: its move would have closed a circle, and was left out. */
export interface Seating {
  id: string
  seat: PlannedSeat
  holder?: string | null
  owner?: string
  reportsTo?: string | null
  looped?: true
}

/** Managers before their reports, so that no write comes before what it needs, nor closes a circle on the way. */
export function topDown(seats: readonly PlannedSeat[]): PlannedSeat[] {
  const reports = new Map<string, PlannedSeat[]>()
  const tops = seats.filter(({ reportsToKey }) => !reportsToKey)
  for (const seat of seats) {
    const known = reports.get(seat.reportsToKey ?? '')
    known ? known.push(seat) : reports.set(seat.reportsToKey ?? '', [seat])
  }
  for (const seat of tops)
    tops.push(...reports.get(seat.key) ?? [])
  return tops
}

/**
 * Leaves out moves that would close a circle through seats that were moved by hand since: those stay where they are.
 * Each turn leaves out at least one, so it ends.
 */
export function cutLoops(seatings: readonly Seating[], existing: readonly Doc<'seat'>[]): Seating[] {
  const before = new Map(existing.map(({ id, d }) => [id, { reportsTo: d.reportsTo }]))
  const after = new Map<string, { reportsTo?: string }>(before)
  for (const { id, reportsTo } of seatings) {
    if (reportsTo !== undefined || !after.has(id))
      after.set(id, { reportsTo: reportsTo ?? undefined })
  }
  const loops = inCycle(after)
  const isCut = ({ id, reportsTo }: Seating) => loops.has(id) && !!reportsTo && reportsTo !== before.get(id)?.reportsTo
  if (!seatings.some(isCut))
    return [...seatings]
  return cutLoops(seatings.map(seating => isCut(seating) ? { ...seating, reportsTo: undefined, looped: true } : seating), existing)
}
