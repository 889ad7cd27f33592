import type { DraftSeat } from './drafts.ts'
import type { ImportOptions, ImportPlan } from './plan.ts'
import type { TableRow } from './table.ts'
import { placeSeats } from './placeSeats.ts'
import { isEliminated, isUnnamed, readHolder } from './postHolder.ts'
import { cellReader, readTable } from './table.ts'

/** Posts as CSV: `id`, `parentId` (blank for the top), `name` (blank for a vacancy), `jobTitle`. */
export function planPosts(text: string, options: ImportOptions): ImportPlan {
  const table = readTable(text)
  const read = cellReader(table)
  const placed = placeSeats(table.rows.map(row => draftOf(row, read)), options.source ?? 'posts')
  return { format: 'posts', ...placed, problems: [...table.problems, ...placed.problems], rows: table.rows.length }
}

function draftOf(row: TableRow, read: ReturnType<typeof cellReader>): DraftSeat {
  const id = read(row, 'id').trim()
  const name = read(row, 'name').trim()
  return {
    row: row.row,
    id,
    calledBy: id ? [id] : [],
    title: read(row, 'jobTitle'),
    kind: 'human',
    accountability: '',
    holder: readHolder(name),
    manager: read(row, 'parentId').trim() || null,
    managerColumn: 'parentId',
    ...isEliminated(name) && { archived: true },
    ...isUnnamed(name) && { note: name },
    text: row.text,
  }
}
