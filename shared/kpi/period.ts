import type { Cadence } from '../record/kpi.ts'
import type { CivilDate } from './civil.ts'
import { addDays, dateOfDay, dayNumber, isCivilDate, monthNumber, monthOfNumber, onOrAfter, weekdayOf, yearText } from './civil.ts'

/**
 * `2026-W47`, `2026-11`, `2026-Q4`, `2026` or `2026-11-22`: a name, never a timestamp.
 * Two of the same cadence compare bytewise in the order of time.
 */
export type Period = string

/** How an org counts time; an org record is one. */
export interface Calendar {
  timeZone: string
  /** 0 Sunday … 6 Saturday. */
  weekStart: number
  /** First month of the business year, 1 … 12. */
  yearStart: number
}

/** First and last day, both in it. */
export interface PeriodRange { first: CivilDate, last: CivilDate }

/** Monday weeks and years from January, for comparing where no org is at hand. */
export const isoCalendar: Calendar = { timeZone: 'UTC', weekStart: 1, yearStart: 1 }

const shapes: [Cadence, RegExp][] = [
  ['week', /^\d{4}-W(?:0[1-9]|[1-4]\d|5[0-3])$/],
  ['month', /^\d{4}-(?:0[1-9]|1[0-2])$/],
  ['quarter', /^\d{4}-Q[1-4]$/],
  ['year', /^\d{4}$/],
]

/** The cadence a period's name belongs to; undefined where the text names no period (2025 has no W53). */
export function cadenceOf(period: string): Cadence | undefined {
  if (isCivilDate(period))
    return 'day'
  const cadence = shapes.find(([, shape]) => shape.test(period))?.[0]
  const isLeapWeek = cadence === 'week' && period.endsWith('53')
  return isLeapWeek && isoWeek(thursdayOf(period)) !== period ? undefined : cadence
}

/** The period of this cadence a day falls in. Weeks carry the ISO week of their fourth day, business years the year they start in. */
export function periodOf(cadence: Cadence, date: CivilDate, calendar: Calendar): Period {
  const business = monthNumber(date) - (calendar.yearStart - 1)
  switch (cadence) {
    case 'day': return date
    case 'week': return isoWeek(addDays(date, 3 - ((weekdayOf(date) - calendar.weekStart + 7) % 7)))
    case 'month': return date.slice(0, 7)
    case 'quarter': return `${yearText(Math.floor(business / 12))}-Q${Math.floor((business % 12) / 3) + 1}`
    case 'year': return yearText(Math.floor(business / 12))
  }
}

/** The days of a period. Text that names no period throws. */
export function periodRange(period: Period, calendar: Calendar): PeriodRange {
  const year = Number(period.slice(0, 4)) * 12 + calendar.yearStart - 1
  switch (known(period)) {
    case 'day': return { first: period, last: period }
    case 'week': return weekRange(period, calendar)
    case 'month': return monthRange(monthNumber(`${period}-01`), 1)
    case 'quarter': return monthRange(year + (Number(period.slice(6)) - 1) * 3, 3)
    case 'year': return monthRange(year, 12)
  }
}

/** The period `count` later, or earlier where it is negative. */
export function addPeriods(period: Period, count: number, calendar: Calendar): Period {
  const cadence = known(period)
  const { first } = periodRange(period, calendar)
  const months = { month: 1, quarter: 3, year: 12 }
  if (cadence === 'day' || cadence === 'week')
    return periodOf(cadence, addDays(first, count * (cadence === 'week' ? 7 : 1)), calendar)
  return periodOf(cadence, `${monthOfNumber(monthNumber(first) + count * months[cadence])}-01`, calendar)
}

/** The `count` periods ending with this one, oldest first. */
export function lastPeriods(period: Period, count: number, calendar: Calendar): Period[] {
  return Array.from({ length: count }, (_, index) => addPeriods(period, index - count + 1, calendar))
}

/** Order in time; periods of different cadences by the day they start. */
export function comparePeriods(one: Period, other: Period, calendar: Calendar = isoCalendar): number {
  const same = known(one) === known(other)
  const [left, right] = same ? [one, other] : [periodRange(one, calendar).first, periodRange(other, calendar).first]
  return left < right ? -1 : left > right ? 1 : 0
}

function known(period: Period): Cadence {
  const cadence = cadenceOf(period)
  if (!cadence)
    throw new RangeError(`Not a period: ${period}`)
  return cadence
}

function weekRange(period: Period, calendar: Calendar): PeriodRange {
  const monday = addDays(thursdayOf(period), -3)
  const first = addDays(onOrAfter(monday, (calendar.weekStart + 3) % 7), -3)
  return { first, last: addDays(first, 6) }
}

function monthRange(start: number, months: number): PeriodRange {
  return { first: `${monthOfNumber(start)}-01`, last: addDays(`${monthOfNumber(start + months)}-01`, -1) }
}

/** The Thursday of an ISO week: week 1 is the one with 4 January in it. */
function thursdayOf(week: Period): CivilDate {
  const fourth = `${week.slice(0, 4)}-01-04`
  const thursday = addDays(fourth, 4 - (weekdayOf(fourth) || 7))
  return addDays(thursday, (Number(week.slice(6)) - 1) * 7)
}

/** ISO 8601: a week belongs to the year its Thursday is in. */
function isoWeek(date: CivilDate): Period {
  const thursday = dayNumber(date) + 4 - (weekdayOf(date) || 7)
  const year = dateOfDay(thursday).slice(0, 4)
  const week = Math.floor((thursday - dayNumber(`${year}-01-01`)) / 7) + 1
  return `${year}-W${String(week).padStart(2, '0')}`
}
