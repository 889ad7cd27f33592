import type { Delivery } from '../record/delivery.ts'
import { isOver } from './state.ts'

/** Through so many agents in a row a delivery may come; after that a person has to send it on. */
export const hopLimit = 4

export const isTooFar = (hops = 0) => hops > hopLimit

/**
 * The hops of what an agent sends: one more than the furthest of what it has from agents and has not finished.
 * An agent that loops is caught without being asked what made it send. What a person sends starts at none.
 */
export function hopsOf(received: readonly Delivery[], isAgent: (id: string) => boolean): number {
  const open = received.filter(delivery => isAgent(delivery.sentBy) && !isOver(delivery) && delivery.state !== 'returned')
  return Math.max(0, ...open.map(({ hops = 0 }) => hops + 1))
}
