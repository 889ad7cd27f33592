import type { ImportOptions, ImportPlan, Problem } from './plan.ts'
import type { DayOrder, When } from './readDate.ts'
import type { DraftKpi } from './series.ts'
import type { TableRow } from './table.ts'
import { dayOrderOf, readWhen } from './readDate.ts'
import { joinSeries, planSeries } from './series.ts'
import { cellReader, readTable } from './table.ts'
import { cut, folded, oneLine } from './text.ts'

/** The headings of our own CSV of scores, one score a row; `seat` is a seat's title and may be left out. */
export const scoreColumns = {
  kpi: ['kpi', 'metric', 'measure', 'measurable'],
  seat: ['seat', 'owner', 'role'],
  when: ['period', 'date', 'week', 'month', 'day'],
  value: ['value', 'score', 'actual', 'result'],
} as const

interface LongRow { row: TableRow, kpi: string, seat: string, when: When | undefined, whenText: string, value: string }

/** One score a row. Rows without a KPI's name or a readable date are listed and become no score. */
export function planLongSeries(text: string, options: ImportOptions): ImportPlan {
  const table = readTable(text)
  const source = options.source ?? 'kpi'
  const read = cellReader(table)
  const order = dayOrderOf(table.rows.map(row => read(row, ...scoreColumns.when)))
  const rows = table.rows.map(row => longRow(row, read, order))
  const series = draftsOf(rows).map(draft => planSeries(draft, source, options))
  const { kpis, scores, problems } = joinSeries(series)
  const blanks = series.flatMap(one => one.blanks.map(({ row, text }): Problem => ({ row, code: 'blank', about: one.kpi.title, text })))
  const seatless = kpis.filter(kpi => !kpi.seatId && !kpi.seatName).map(({ row, title }): Problem => ({ row, code: 'no-seat', about: title, text: title }))
  return { format: 'kpi-long', source, seats: [], people: [], teams: [], kpis, scores, problems: [...table.problems, ...rows.flatMap(rowProblems), ...seatless, ...problems, ...blanks], rows: table.rows.length }
}

function longRow(row: TableRow, read: ReturnType<typeof cellReader>, order: DayOrder | undefined): LongRow {
  const whenText = read(row, ...scoreColumns.when)
  return {
    row,
    kpi: oneLine(read(row, ...scoreColumns.kpi)),
    seat: oneLine(read(row, ...scoreColumns.seat)),
    when: readWhen(whenText, order),
    whenText,
    value: read(row, ...scoreColumns.value),
  }
}

function rowProblems({ row, kpi, when, whenText }: LongRow): Problem[] {
  if (!kpi)
    return [{ row: row.row, code: 'blank', about: 'kpi', text: row.text }]
  return when ? [] : [{ row: row.row, code: 'unreadable-date', about: cut(oneLine(whenText), 300), text: row.text }]
}

function draftsOf(rows: readonly LongRow[]): DraftKpi[] {
  const drafts = new Map<string, DraftKpi>()
  for (const { row, kpi, seat, when, value } of rows) {
    if (!kpi || !when)
      continue
    const name = JSON.stringify([folded(kpi), folded(seat)])
    const draft = drafts.get(name) ?? { row: row.row, title: kpi, ...seat && { seatName: seat }, cells: [] }
    draft.cells.push({ row: row.row, when, value, text: row.text })
    drafts.set(name, draft)
  }
  return [...drafts.values()]
}
