import type { CivilDate } from './civil.ts'
import { addDays } from './civil.ts'

const dayLength = 86_400_000

/** Building a formatter costs a hundred times what using it does. */
const formatters = new Map<string, Intl.DateTimeFormat>()

/** The day it is in a zone at an instant (milliseconds since 1970). An unknown zone throws. */
export const localDate = (instant: number, timeZone: string): CivilDate => new Date(wallTime(instant, timeZone)).toISOString().slice(0, 10)

/**
 * The instant a wall clock in the zone shows this day and `HH:MM`. Where the clock shows it twice,
 * the first; where it skips it, as long after the skip as the time was into it (02:30 becomes 03:30).
 */
export function instantOf(date: CivilDate, time: string, timeZone: string): number {
  const wall = Date.parse(`${date}T${time}:00Z`)
  const before = offsetAt(wall - dayLength, timeZone)
  const after = offsetAt(wall + dayLength, timeZone)
  const shown = [wall - before, wall - after].filter(instant => wallTime(instant, timeZone) === wall)
  return shown.length ? Math.min(...shown) : wall - before
}

/** The first instant of a day in the zone: not always 00:00. */
export const startOfDay = (date: CivilDate, timeZone: string) => instantOf(date, '00:00', timeZone)

/** The instant a day is over. */
export const endOfDay = (date: CivilDate, timeZone: string) => startOfDay(addDays(date, 1), timeZone)

/** Whether this device knows the zone. A bare offset is none: not every browser reads one, and it knows no summer. */
export function isTimeZone(name: string): boolean {
  if (!/^[a-z]/i.test(name))
    return false
  try {
    formatterFor(name)
    return true
  }
  catch {
    return false
  }
}

function offsetAt(instant: number, timeZone: string): number {
  return wallTime(instant, timeZone) - Math.floor(instant / 1000) * 1000
}

/** What the wall clock shows, to the second, written as if it were UTC. */
function wallTime(instant: number, timeZone: string): number {
  const parts: Record<string, string> = {}
  for (const { type, value } of formatterFor(timeZone).formatToParts(instant))
    parts[type] = value
  const year = parts.year?.padStart(4, '0')
  return Date.parse(`${year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}:${parts.second}Z`)
}

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone)
  if (known)
    return known
  const two = '2-digit'
  const made = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', { timeZone, hourCycle: 'h23', year: 'numeric', month: two, day: two, hour: two, minute: two, second: two })
  formatters.set(timeZone, made)
  return made
}
