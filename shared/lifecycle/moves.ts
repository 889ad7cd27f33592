import type { Review } from '../record/review.ts'
import type { Stage } from '../record/seat.ts'

/** Where an agent's seat may go from where it stands. Only retiring is for good. */
const moves: Record<Stage, readonly Stage[]> = {
  planned: ['pilot', 'paused', 'retired'],
  pilot: ['production', 'paused', 'retired'],
  production: ['paused', 'retired'],
  paused: ['pilot', 'production', 'retired'],
  retired: [],
}

export const canMove = (from: Stage, to: Stage) => from === to || moves[from].includes(to)

/** Where a paused seat goes on: in production where it was before, else as a pilot. */
export function stageBeforePause(reviews: readonly Review[]): 'pilot' | 'production' {
  const last = inOrder(reviews).findLast(({ stage }) => stage === 'pilot' || stage === 'production')
  return last?.stage === 'production' ? 'production' : 'pilot'
}

/** Oldest first. */
export function inOrder<R extends Review>(reviews: readonly R[]): R[] {
  return [...reviews].sort((one, other) => one.at - other.at)
}
