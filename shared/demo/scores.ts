import type { Calendar, Period } from '../kpi/period.ts'
import type { Entry, Sheet } from '../record/sheet.ts'
import { cellKey } from '../kpi/cell.ts'
import { lastPeriods, periodOf, periodRange } from '../kpi/period.ts'
import { quarterOf } from '../kpi/quarter.ts'
import { instantOf, localDate } from '../kpi/zone.ts'
import { sheetId } from '../record/ids.ts'

const hour = 3_600_000

interface Written {
  kpi: string
  weeks: readonly (number | null)[]
  writer: string
  source: Entry['source']
}

/** The sheets of one KPI whose last week is the running one. Entries are made on a week's last afternoon, never after `now`. */
export function demoSheets(written: Written, now: number, calendar: Calendar): { id: string, body: Sheet }[] {
  const thisWeek = periodOf('week', localDate(now, calendar.timeZone), calendar)
  const sheets = new Map<string, Sheet>()
  lastPeriods(thisWeek, written.weeks.length, calendar).forEach((period, index) => {
    const value = written.weeks[index] ?? null
    if (value === null)
      return
    const quarter = quarterOf(period)
    const sheet = sheets.get(quarter) ?? { kpi: written.kpi, quarter, demo: true }
    sheet[cellKey(period, written.writer)] = { value, at: writtenAt(period, now, calendar), source: written.source }
    sheets.set(quarter, sheet)
  })
  return [...sheets].map(([quarter, body]) => ({ id: sheetId(written.kpi, quarter), body }))
}

function writtenAt(period: Period, now: number, calendar: Calendar): number {
  const { last } = periodRange(period, calendar)
  return Math.min(instantOf(last, '15:00', calendar.timeZone), now - hour)
}
