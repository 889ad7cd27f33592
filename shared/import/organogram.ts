import type { DraftSeat } from './drafts.ts'
import type { ImportOptions, ImportPlan } from './plan.ts'
import type { TableRow } from './table.ts'
import { placeSeats } from './placeSeats.ts'
import { isEliminated, isUnnamed, readHolder } from './postHolder.ts'
import { cellReader, readTable } from './table.ts'
import { folded } from './text.ts'

type Read = ReturnType<typeof cellReader>

const managerColumn = 'Reports to Senior Post'

/**
 * A UK government organogram of senior posts. Ids are text (`00109715`), the top reports to `XX`, and the
 * name may be `N/D` (not disclosed), `Vacant` or `Eliminated`. Ids repeat between departments, so keys hold the first row's.
 */
export function planOrganogram(text: string, options: ImportOptions): ImportPlan {
  const table = readTable(text)
  const read = cellReader(table)
  const department = table.rows[0] ? folded(read(table.rows[0], 'Parent Department', 'Organisation')) : ''
  const source = options.source ?? `organogram/${department.replaceAll(':', ' ')}`
  const placed = placeSeats(table.rows.map(row => draftOf(row, read)), source)
  return { format: 'organogram', ...placed, problems: [...table.problems, ...placed.problems], rows: table.rows.length }
}

function draftOf(row: TableRow, read: Read): DraftSeat {
  const id = read(row, 'Post Unique Reference').trim()
  const name = read(row, 'Name').trim()
  const sentence = read(row, 'Job/Team Function')
  return {
    row: row.row,
    id,
    calledBy: id ? [id] : [],
    title: read(row, 'Job Title'),
    kind: 'human',
    accountability: /^\s*n\/?[ad]\s*$/i.test(sentence) ? '' : sentence,
    holder: readHolder(name),
    manager: managerOf(read(row, managerColumn).trim()),
    managerColumn,
    ...isEliminated(name) && { archived: true },
    ...isUnnamed(name) && { note: name },
    text: row.text,
  }
}

function managerOf(words: string): string | null | undefined {
  return /^xx$/i.test(words) ? null : words || undefined
}
