import type { DatedGoal, Goal, Kpi } from '../record/kpi.ts'
import type { Calendar, Period } from './period.ts'
import { cadenceOf, comparePeriods, isoCalendar } from './period.ts'

/** The field of a goal that holds from a period on; without one, from the beginning. */
export const goalKey = (from?: Period) => `goal/${from ?? '0'}` as const
/** The field of a goal that holds in one period alone. */
export const onceKey = (period: Period) => `once/${period}` as const

/** Whether a score is on track. Bounds are inclusive: hitting the goal counts; `above`, `below` and `outside` mean strictly so. */
export function meetsGoal(goal: Goal, value: number): boolean {
  switch (goal.kind) {
    case 'atLeast': return value >= goal.target
    case 'atMost': return value <= goal.target
    case 'above': return value > goal.target
    case 'below': return value < goal.target
    case 'equal': return value === goal.target
    case 'between': return value >= goal.low && value <= goal.high
    case 'outside': return value < goal.low || value > goal.high
    case 'yesNo': return (value !== 0) === goal.target
  }
}

/**
 * The goal that holds in a period: its one-period goal, else the newest dated goal not after it.
 * A goal dated in another cadence (the KPI's was changed) holds from the day its period starts.
 */
export function goalFor(kpi: Kpi, period: Period, calendar: Calendar = isoCalendar): Goal | undefined {
  const once = kpi[`once/${period}`]
  if (once)
    return once.kind === 'none' ? undefined : once
  const from = datedFrom(kpi).filter(start => comparePeriods(start, period, calendar) <= 0)
  const newest = from.sort((a, b) => comparePeriods(b, a, calendar))[0]
  const dated = kpi[goalKey(newest)]
  return !dated || dated.kind === 'none' ? undefined : dated
}

/** Every dated goal of a KPI, oldest first; `from` is undefined for the one that holds from the beginning. */
export function goalHistory(kpi: Kpi, calendar: Calendar = isoCalendar): { from: Period | undefined, goal: DatedGoal }[] {
  const starts = datedFrom(kpi).sort((a, b) => comparePeriods(a, b, calendar))
  return [undefined, ...starts].flatMap((from) => {
    const goal = kpi[goalKey(from)]
    return goal ? [{ from, goal }] : []
  })
}

/** The periods goals start in; keys that name no period, and emptied ones, hold for nothing. */
function datedFrom(kpi: Kpi): Period[] {
  return Object.entries(kpi)
    .filter(([key, goal]) => key.startsWith('goal/') && goal)
    .map(([key]) => key.slice(5))
    .filter(start => cadenceOf(start) !== undefined)
}
