import type { CivilDate } from '../kpi/civil.ts'
import type { Calendar, Period } from '../kpi/period.ts'
import type { Cadence } from '../record/kpi.ts'
import { dayNumber, isCivilDate } from '../kpi/civil.ts'
import { cadenceOf, periodOf } from '../kpi/period.ts'

/** What a cell says about time: a day, or a period by its name. */
export interface When { day?: CivilDate, period?: Period }
export type DayOrder = 'day-first' | 'month-first'

const slashed = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/

/** Which of `3/4/2026`'s numbers is the day, by the dates of the same file that leave no choice; undefined where none does. */
export function dayOrderOf(texts: readonly string[]): DayOrder | undefined {
  const parts = texts.map(text => slashed.exec(text.trim())).filter(match => match !== null)
  const dayFirst = parts.some(([, first]) => Number(first) > 12)
  const monthFirst = parts.some(([, , second]) => Number(second) > 12)
  if (dayFirst !== monthFirst)
    return dayFirst ? 'day-first' : 'month-first'
  return undefined
}

/** Dots always put the day first; slashes only with an order. Undefined where the text is no day or period that exists. */
export function readWhen(text: string, order: DayOrder | undefined): When | undefined {
  const trimmed = text.trim()
  const day = isoDay(trimmed) ?? slashedDay(trimmed, trimmed.includes('.') ? 'day-first' : order)
  if (day)
    return { day }
  const name = trimmed.toUpperCase().replace(/^(\d{4})[ -]?([WQ])(\d{1,2})$/, (_, year, kind, count) => `${year}-${kind}${kind === 'W' ? count.padStart(2, '0') : count}`)
  return cadenceOf(name) ? { period: name } : undefined
}

/** How often dates come, by the gap in the middle; undefined below two dates. */
export function cadenceOfDays(days: readonly CivilDate[]): Cadence | undefined {
  const numbers = [...new Set(days)].map(dayNumber).sort((a, b) => a - b)
  const gaps = numbers.slice(1).map((day, index) => day - (numbers[index] ?? day)).sort((a, b) => a - b)
  const middle = gaps[Math.floor(gaps.length / 2)]
  if (middle === undefined)
    return undefined
  return middle <= 3 ? 'day' : middle <= 10 ? 'week' : middle <= 45 ? 'month' : middle <= 135 ? 'quarter' : 'year'
}

/** The period of this cadence, or undefined where the text names one of another. */
export function periodFor(when: When, cadence: Cadence, calendar: Calendar): Period | undefined {
  if (when.day)
    return periodOf(cadence, when.day, calendar)
  return when.period && cadenceOf(when.period) === cadence ? when.period : undefined
}

function isoDay(text: string): CivilDate | undefined {
  const [, year, month = '', day = ''] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/.exec(text) ?? []
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isCivilDate(date) ? date : undefined
}

function slashedDay(text: string, order: DayOrder | undefined): CivilDate | undefined {
  const [, first = '', second = '', year] = slashed.exec(text) ?? []
  const [day, month] = order === 'day-first' ? [first, second] : [second, first]
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return order && isCivilDate(date) ? date : undefined
}
