import { dateFormat, locale } from '../text/intl.ts'
import { currencyCodes, timeZones } from './guesses.ts'

interface Option<T> { value: T, label: string }

/** `0` Sunday … `6` Saturday, in the person's own words. */
export function dayName(day: number, length: 'long' | 'short' = 'long'): string {
  return dateFormat({ weekday: length, timeZone: 'UTC' }).format(Date.UTC(2023, 0, 1 + day))
}

export function dayOptions(): Option<number>[] {
  return [1, 2, 3, 4, 5, 6, 0].map(value => ({ value, label: dayName(value) }))
}

export function monthOptions(): Option<number>[] {
  const name = dateFormat({ month: 'long', timeZone: 'UTC' })
  return Array.from({ length: 12 }, (_, month) => ({ value: month + 1, label: name.format(Date.UTC(2023, month, 1)) }))
}

export function zoneOptions(known: string): Option<string>[] {
  return timeZones(known).map(value => ({ value, label: value.replaceAll('_', ' ') }))
}

export function currencyOptions(known: string): Option<string>[] {
  const names = new Intl.DisplayNames(locale(), { type: 'currency' })
  return currencyCodes(known).map(value => ({ value, label: `${value} · ${names.of(value) ?? value}` }))
}
