import type { Cadence } from '../record/kpi.ts'
import type { CivilDate } from './civil.ts'
import type { Period } from './period.ts'
import { addDays } from './civil.ts'
import { cadenceOf, isoCalendar, lastPeriods, periodOf } from './period.ts'

/**
 * The sheet a period's scores are kept in: a quarter of weeks (W53 joins the fourth), a month of days,
 * a year of slower periods. Counted in ISO years, so that it never depends on the org's own quarters.
 */
export function quarterOf(period: Period): string {
  switch (cadenceOf(period)) {
    case 'week': return `${period.slice(0, 4)}-Q${Math.min(4, Math.ceil(Number(period.slice(6)) / 13))}`
    case 'day': return period.slice(0, 7)
    case 'month':
    case 'quarter':
    case 'year': return period.slice(0, 4)
    case undefined: throw new RangeError(`Not a period: ${period}`)
  }
}

/** The sheets these periods lie in, each once, in the order met. */
export const quartersOf = (periods: readonly Period[]) => [...new Set(periods.map(quarterOf))]

/** The sheets the newest 26 weeks lie in, of every cadence, newest first: what a phone needs before the rest. */
export function recentQuarters(today: CivilDate): string[] {
  const back = (cadence: Cadence, count: number) => lastPeriods(periodOf(cadence, today, isoCalendar), count, isoCalendar)
  const since = addDays(today, -181).slice(0, 7)
  const months = back('month', 7).filter(month => month >= since)
  return [quartersOf(back('week', 26)), quartersOf(back('year', 2)), months].flatMap(sheets => sheets.reverse())
}
