import type { ImportOptions, ImportPlan, Problem } from './plan.ts'
import type { DayOrder, When } from './readDate.ts'
import type { DraftKpi, Series } from './series.ts'
import type { Table, TableRow } from './table.ts'
import { dayOrderOf, readWhen } from './readDate.ts'
import { readNumber } from './readNumber.ts'
import { joinSeries, planSeries } from './series.ts'
import { readTable } from './table.ts'
import { cut, oneLine } from './text.ts'

interface DatedRow extends TableRow { when: When }

/** Numbers with a day or a period in the first column and a series in each other; all go to the seat chosen in the options. */
export function planWideSeries(text: string, options: ImportOptions): ImportPlan {
  const table = readTable(text)
  const source = options.source ?? 'kpi'
  const order = dayOrderOf(table.rows.map(({ cells }) => cells[0] ?? ''))
  const dated = table.rows.flatMap(row => datedRow(row, order) ?? [])
  const columns = titlesOf(table)
  const series = columns.titles.map((title, index) => planSeries(draftOf(title, index + 1, dated), source, options))
  const { kpis, scores, problems } = joinSeries(series)
  const listed = [...table.problems, ...columns.problems, ...rowProblems(table, order), ...seatProblems(options), ...problems, ...series.flatMap(blankCount)]
  return { format: 'kpi-wide', source, seats: [], people: [], teams: [], kpis, scores, problems: listed, rows: table.rows.length }
}

function datedRow(row: TableRow, order: DayOrder | undefined): DatedRow | undefined {
  const when = readWhen(row.cells[0] ?? '', order)
  return when && { ...row, when }
}

function draftOf(title: string, column: number, rows: readonly DatedRow[]): DraftKpi {
  return { row: 1, title, cells: rows.map(({ row, when, cells, text }) => ({ row, when, text, value: cells[column] ?? '' })) }
}

/** A title for every column after the first: blank and repeated headings get a number. */
function titlesOf({ header }: Table): { titles: string[], problems: Problem[] } {
  const problems: Problem[] = []
  const used = new Set<string>()
  const titles = header.slice(1).map((heading, index) => {
    const column = index + 2
    const name = oneLine(heading) || `#${column}`
    const title = used.has(name) ? `${cut(name, 190)} #${column}` : name
    if (name !== oneLine(heading) || title !== name)
      problems.push({ row: 1, code: title === name ? 'blank' : 'repeated-id', about: title, text: cut(oneLine(heading), 300) })
    used.add(title)
    return title
  })
  return { titles, problems }
}

/** Rows whose date cannot be read, and rows without a single number. */
function rowProblems({ rows }: Table, order: DayOrder | undefined): Problem[] {
  return rows.flatMap(({ row, cells, text }): Problem[] => {
    if (!readWhen(cells[0] ?? '', order))
      return [{ row, code: 'unreadable-date', about: cut(oneLine(cells[0] ?? ''), 300), text }]
    return cells.slice(1).every(cell => readNumber(cell) === 'blank') ? [{ row, code: 'blank', about: cut(oneLine(cells[0] ?? ''), 300), text }] : []
  })
}

/** How many cells of a series are blank, as one problem. */
function blankCount({ kpi, blanks }: Series): Problem[] {
  return blanks.length ? [{ row: 1, code: 'blank', about: kpi.title, text: String(blanks.length) }] : []
}

function seatProblems({ seatId }: ImportOptions): Problem[] {
  return seatId ? [] : [{ row: 1, code: 'no-seat', about: '', text: '' }]
}
