import type { Goal } from '../record/kpi.ts'
import type { Entry } from '../record/sheet.ts'
import { meetsGoal } from './goal.ts'

/**
 * How a period stands. `stale` is a number that is overdue (in words: missing); `unavailable` one somebody
 * said cannot be reported; `noGoal` a number with nothing to measure it by, shown neutrally.
 */
export type Status = 'onTrack' | 'offTrack' | 'noData' | 'stale' | 'unavailable' | 'noGoal'

export interface StatusInput {
  goal: Goal | undefined
  entry: Entry | undefined
  dueAt: number
  now: number
}

/** The status of a period. Zero and negative numbers are data; a missing one is neither red nor zero. */
export function statusOf({ goal, entry, dueAt, now }: StatusInput): Status {
  if (!entry)
    return now < dueAt ? 'noData' : 'stale'
  if (entry.value === null)
    return 'unavailable'
  if (!goal)
    return 'noGoal'
  return meetsGoal(goal, entry.value) ? 'onTrack' : 'offTrack'
}

/**
 * How many periods in a row are off track up to the last one, `statuses` being oldest first.
 * Periods that are not due yet are passed over at the end; anything else that is not off track ends the row.
 */
export function streakOffTrack(statuses: readonly Status[]): number {
  const newest = statuses.findLastIndex(status => status !== 'noData')
  const before = statuses.findLastIndex((status, index) => index <= newest && status !== 'offTrack')
  return newest - before
}
