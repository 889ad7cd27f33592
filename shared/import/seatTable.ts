import type { DraftSeat } from './drafts.ts'
import type { ImportOptions, ImportPlan, Problem } from './plan.ts'
import type { Table, TableRow } from './table.ts'
import { placeSeats } from './placeSeats.ts'
import { cellReader, columnOf, readTable } from './table.ts'
import { folded, oneLine } from './text.ts'

/**
 * The headings of our own CSV of seats, each with what else it may be called. Only `title` is needed.
 * `reports to` names another row by its id or its title; blank or `none` is the top. `kind` is `human` or `agent`.
 */
export const seatColumns = {
  id: ['id', 'seat id', 'key'],
  title: ['title', 'seat', 'seat title', 'job title', 'position', 'role'],
  holder: ['holder', 'name', 'held by', 'person', 'full name', 'employee'],
  email: ['email', 'e-mail', 'work email', 'mail'],
  reportsTo: ['reports to', 'reportsTo', 'manager', 'parent', 'parent id', 'parentId'],
  accountability: ['accountability', 'accountable for', 'purpose', 'function'],
  kind: ['kind', 'type'],
  team: ['team'],
  owner: ['owner'],
} as const

type Column = keyof typeof seatColumns

/** A plain CSV of seats, in any order of rows and columns. */
export function planSeatTable(text: string, options: ImportOptions): ImportPlan {
  const table = readTable(text)
  const read = seatReader(table)
  const placed = placeSeats(table.rows.map(row => draftOf(row, read)), options.source ?? 'seats')
  const problems = [...table.problems, ...placed.problems, ...table.rows.flatMap(row => kindProblems(row, read)), ...unknownColumns(table)]
  return { format: 'seats', ...placed, problems, rows: table.rows.length }
}

type Read = (row: TableRow, column: Column) => string | undefined

/** Reads a cell; undefined where the file has no such column. */
function seatReader(table: Table): Read {
  const cell = cellReader(table)
  const present = new Set(Object.keys(seatColumns).filter(column => columnOf(table.header, seatColumns[column as Column]) >= 0))
  return (row, column) => present.has(column) ? cell(row, ...seatColumns[column]).trim() : undefined
}

function draftOf(row: TableRow, read: Read): DraftSeat {
  const id = read(row, 'id') ?? ''
  const title = read(row, 'title') ?? ''
  const manager = read(row, 'reportsTo') ?? ''
  const holder = read(row, 'holder')
  const email = read(row, 'email')
  return {
    row: row.row,
    id,
    calledBy: [id, folded(title)].filter(Boolean),
    title,
    kind: kindOf(read(row, 'kind')) ?? 'human',
    accountability: read(row, 'accountability') ?? '',
    ...holder !== undefined && { holder: /^vacant$/i.test(holder) ? null : holder || null },
    ...email && { email },
    ...read(row, 'owner') && { owner: read(row, 'owner') },
    ...read(row, 'team') && { team: read(row, 'team') },
    manager: /^(?:none|-)$/i.test(manager) ? null : manager || null,
    managerColumn: 'reports to',
    text: row.text,
  }
}

function kindOf(words = ''): 'human' | 'agent' | undefined {
  if (/^(?:agent|ai|ai agent|bot)$/i.test(words))
    return 'agent'
  return /^(?:human|person|people)?$/i.test(words) ? 'human' : undefined
}

function kindProblems(row: TableRow, read: Read): Problem[] {
  const kind = read(row, 'kind') ?? ''
  const holder = read(row, 'holder') ?? ''
  if (!kindOf(kind))
    return [{ row: row.row, code: 'unknown-kind', about: kind, text: row.text }]
  return kindOf(kind) === 'agent' && holder ? [{ row: row.row, code: 'agent-with-holder', about: holder, text: row.text }] : []
}

function unknownColumns({ header }: Table): Problem[] {
  const known = new Set(Object.values(seatColumns).flat().map(folded))
  return header.filter(heading => heading.trim() && !known.has(folded(heading)))
    .map(heading => ({ row: 1, code: 'unknown-column', about: oneLine(heading), text: oneLine(heading) }))
}
