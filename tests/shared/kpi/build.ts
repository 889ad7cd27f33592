import type { Calendar, Period } from '#shared/kpi/period.ts'
import type { Kpi } from '#shared/record/kpi.ts'
import type { Entry } from '#shared/record/sheet.ts'
import * as fc from 'fast-check'
import { cellKey } from '#shared/kpi/cell.ts'
import { dateOfDay } from '#shared/kpi/civil.ts'
import { quarterOf } from '#shared/kpi/quarter.ts'
import { cadences } from '#shared/record/kpi.ts'

export const aCalendar = (overrides: Partial<Calendar> = {}): Calendar => ({ timeZone: 'UTC', weekStart: 1, yearStart: 1, ...overrides })
export const aKpi = (overrides: Partial<Kpi> = {}): Kpi => ({ seat: 'seat_1', title: 'Signups', unit: 'number', decimals: 0, better: 'up', cadence: 'week', rollUp: 'sum', ...overrides })
export const anEntry = (overrides: Partial<Entry> = {}): Entry => ({ value: 1, at: 1000, source: 'hand', ...overrides })

export const dates = fc.integer({ min: -25_000, max: 60_000 }).map(dateOfDay)
export const someCadence = fc.constantFrom(...cadences)
export const calendars = fc.record({
  timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/Los_Angeles', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia'),
  weekStart: fc.integer({ min: 0, max: 6 }),
  yearStart: fc.integer({ min: 1, max: 12 }),
})

/** Sheets by quarter that hold one entry for each period given. */
export function sheetsOf(scores: Record<Period, Entry>, writer = 'mem_a') {
  const sheets = new Map<string, { kpi: string, quarter: string }>()
  for (const [period, entry] of Object.entries(scores)) {
    const quarter = quarterOf(period)
    sheets.set(quarter, { kpi: 'kpi_1', quarter, ...sheets.get(quarter), [cellKey(period, writer)]: entry })
  }
  return (quarter: string) => sheets.get(quarter)
}
