/** Finds a seat by id; what is above a seat is followed through it, so the server need only load chains. */
export type SeatAbove = (id: string) => { reportsTo?: string } | undefined

/** The seats above one, nearest first; ends where a manager is missing or the chain comes round again. */
export function ancestors(get: SeatAbove, seatId: string): string[] {
  const seen = new Set([seatId])
  for (let id = get(seatId)?.reportsTo; id && !seen.has(id) && get(id); id = get(id)?.reportsTo)
    seen.add(id)
  seen.delete(seatId)
  return [...seen]
}

/** The circle that would close if the seat reported to `newParentId`: the seat, then up from its new manager. */
export function wouldCycle(get: SeatAbove, seatId: string, newParentId: string): string[] | undefined {
  if (seatId === newParentId)
    return [seatId]
  const chain = [newParentId, ...ancestors(get, newParentId)]
  const end = chain.indexOf(seatId)
  return end < 0 ? undefined : [seatId, ...chain.slice(0, end)]
}

/** Whether a seat is one of those held, or below one of them. */
export function inSubtreeOf(get: SeatAbove, seatId: string, heldSeatIds: readonly string[]): boolean {
  return heldSeatIds.includes(seatId) || ancestors(get, seatId).some(id => heldSeatIds.includes(id))
}

/** The ids of every seat that is above itself. */
export function inCycle(seats: ReadonlyMap<string, { reportsTo?: string }>): Set<string> {
  const done = new Set<string>()
  const found = new Set<string>()
  for (const start of seats.keys()) {
    const path = new Set<string>()
    let id: string | undefined = start
    for (; id && seats.has(id) && !done.has(id); id = seats.get(id)?.reportsTo) {
      path.add(id)
      done.add(id)
    }
    const chain = [...path]
    if (id && path.has(id))
      chain.slice(chain.indexOf(id)).forEach(member => found.add(member))
  }
  return found
}
