import type { Review } from '../record/review.ts'
import type { Seat } from '../record/seat.ts'
import type { Light } from '../record/workState.ts'
import type { LightState } from './lights.ts'
import { lights } from '../record/workState.ts'
import { missingLights } from './lights.ts'
import { inOrder } from './moves.ts'

/** An agent's seat with its history and its lights as they are. */
export interface Walker { id: string, seat: Seat, reviews: readonly Review[], lights: readonly LightState[] }

export interface Funnel {
  /** Agents that were ever more than planned. */
  started: number
  /** Those of them that ever came to production. */
  promoted: number
  /** Those of them that are retired or paused. */
  stopped: number
  /** From start to production, of those where both are on record. */
  medianDays: number | undefined
  /** In production now, of those that were ever started: 0 to 1. */
  share: number | undefined
}

const day = 86_400_000
const wasPromoted = ({ seat, reviews }: Walker) => seat.stage === 'production' || reviews.some(({ stage }) => stage === 'production')

/** How the company's pilots fared. */
export function funnelOf(walkers: readonly Walker[]): Funnel {
  const started = walkers.filter(wasStarted)
  const inProduction = started.filter(({ seat }) => seat.stage === 'production')
  return {
    started: started.length,
    promoted: started.filter(wasPromoted).length,
    stopped: started.filter(({ seat }) => seat.stage === 'retired' || seat.stage === 'paused').length,
    medianDays: median(started.flatMap(({ reviews }) => daysToProduction(reviews))),
    share: started.length > 0 ? inProduction.length / started.length : undefined,
  }
}

/** How many pilots each light is out for, the most common first; those that are out for none are not listed. */
export function heldBack(walkers: readonly Walker[]): { light: Light, count: number }[] {
  const missing = walkers.filter(({ seat }) => seat.stage === 'pilot').flatMap(walker => missingLights(walker.lights))
  return lights
    .map(light => ({ light, count: missing.filter(one => one === light).length }))
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count)
}

/** The middle one of some numbers, or the mean of the two in the middle. */
export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((one, other) => one - other)
  const half = Math.floor(sorted.length / 2)
  const [low, high] = [sorted[sorted.length % 2 ? half : half - 1], sorted[half]]
  return low === undefined || high === undefined ? undefined : (low + high) / 2
}

function wasStarted({ seat, reviews }: Walker): boolean {
  const onlyPlanned = seat.stage === undefined || seat.stage === 'planned'
  return !onlyPlanned || reviews.some(({ stage }) => stage === 'pilot' || stage === 'production')
}

function daysToProduction(reviews: readonly Review[]): number[] {
  const walked = inOrder(reviews)
  const from = walked.find(({ verdict }) => verdict === 'start')
  const to = walked.find(({ verdict }) => verdict === 'promote')
  return from && to && to.at >= from.at ? [Math.round((to.at - from.at) / day)] : []
}
