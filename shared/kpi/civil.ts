/** A day on the wall calendar, `2026-11-22`: no time, no zone. */
export type CivilDate = string

const dayLength = 86_400_000
const shape = /^\d{4}-\d\d-\d\d$/

/** Days since 1970-01-01. */
export const dayNumber = (date: CivilDate) => Date.parse(`${date}T00:00:00Z`) / dayLength
export const dateOfDay = (day: number): CivilDate => new Date(day * dayLength).toISOString().slice(0, 10)
export const addDays = (date: CivilDate, days: number) => dateOfDay(dayNumber(date) + days)

/** 0 Sunday … 6 Saturday; 1970-01-01 was a Thursday. */
export const weekdayOf = (date: CivilDate) => (((dayNumber(date) + 4) % 7) + 7) % 7

/** Whether the text is a day that exists: no 30 February. */
export function isCivilDate(text: string): boolean {
  if (!shape.test(text))
    return false
  const day = dayNumber(text)
  return Number.isFinite(day) && dateOfDay(day) === text
}

/** Whether a day or a period is of the years a company can mean, 1900 to 2999: those before and after it can always be reckoned. */
export const isOfOurTime = (name: string) => name >= '1900' && name < '3000'

/** Months since year 0, January 0 being 0. */
export const monthNumber = (date: CivilDate) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1

export const yearText = (year: number) => String(year).padStart(4, '0')

/** The month as text, `2026-11`. */
export const monthOfNumber = (month: number) => `${yearText(Math.floor(month / 12))}-${String((month % 12) + 1).padStart(2, '0')}`

/** The first day on or after `date` that is this weekday. */
export const onOrAfter = (date: CivilDate, weekday: number) => addDays(date, (weekday - weekdayOf(date) + 7) % 7)
