import type { Problem } from './plan.ts'
import Papa from 'papaparse/papaparse.js'
import { ImportRefused, maxRows, refuseRows } from './refused.ts'
import { cut, folded, oneLine } from './text.ts'

export interface TableRow { row: number, cells: string[], text: string }
export interface Table { header: string[], rows: TableRow[], problems: Problem[] }

/** Reads CSV, TSV or semicolons. The first row that is not blank is the header; other blank rows are no rows. */
export function readTable(text: string): Table {
  const { data, errors } = Papa.parse(text, { delimitersToGuess: [',', ';', '\t', '|'], preview: maxRows * 2 })
  const filled = data
    .map((cells, index) => ({ row: index + 1, cells, text: rowText(cells) }))
    .filter(({ cells }) => cells.some(cell => cell.trim()))
  const [head, ...rows] = filled
  if (!head)
    throw new ImportRefused('empty')
  refuseRows(rows.length)
  const quotes = errors.filter(({ type }) => type === 'Quotes')
    .map(({ row = 0 }): Problem => ({ row: row + 1, code: 'broken-quotes', about: '', text: rowText(data[row] ?? []) }))
  return { header: head.cells, rows, problems: [...quotes, ...extraCells(head.cells.length, rows)] }
}

/** The first column whose heading is one of these, however it is spaced; -1 where there is none. */
export function columnOf(header: readonly string[], names: readonly string[]): number {
  const headings = header.map(folded)
  return names.map(name => headings.indexOf(folded(name))).find(index => index >= 0) ?? -1
}

/** Reads a cell by the column's heading; '' where the row or the table has none. */
export function cellReader(table: Table): (row: TableRow, ...names: string[]) => string {
  const known = new Map<string, number>()
  return (row, ...names) => {
    const key = names.join('\n')
    const index = known.get(key) ?? columnOf(table.header, names)
    known.set(key, index)
    return row.cells[index] ?? ''
  }
}

/** A row's cells as one short line. */
export function rowText(cells: readonly string[]): string {
  return cut(cells.map(oneLine).filter(Boolean).join(' | '), 300)
}

function extraCells(columns: number, rows: readonly TableRow[]): Problem[] {
  return rows.flatMap(({ row, cells, text }) => {
    const extra = rowText(cells.slice(columns))
    return extra ? [{ row, code: 'extra-cells', about: extra, text } satisfies Problem] : []
  })
}
