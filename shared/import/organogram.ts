import type { DraftSeat } from './drafts.ts'
import type { ImportOptions, ImportPlan } from './plan.ts'
import type { Table, TableRow } from './table.ts'
import { placeSeats } from './placeSeats.ts'
import { isEliminated, isUnnamed, readHolder } from './postHolder.ts'
import { cellReader, readTable } from './table.ts'
import { folded } from './text.ts'

type Read = ReturnType<typeof cellReader>

const managerColumn = 'Reports to Senior Post'

/**
 * A UK government organogram of senior posts. Ids are text (`00109715`), the top reports to `XX`, and the
 * name may be `N/D` (not disclosed), `Vacant` or `Eliminated`. Ids repeat between departments, so keys hold the publisher's name.
 */
export function planOrganogram(text: string, options: ImportOptions): ImportPlan {
  const table = readTable(text)
  const read = cellReader(table)
  const source = options.source ?? `organogram/${publisherOf(table, read).replaceAll(':', ' ')}`
  const placed = placeSeats(table.rows.map(row => draftOf(row, read)), source)
  return { format: 'organogram', ...placed, problems: [...table.problems, ...placed.problems], rows: table.rows.length }
}

/** The organisation of every row, else the department they belong to: the same in whatever order the rows come. */
function publisherOf({ rows }: Table, read: Read): string {
  const only = (name: string) => {
    const [first, ...others] = new Set(rows.map(row => folded(read(row, name))))
    return others.length ? undefined : first
  }
  return only('Organisation') || only('Parent Department') || 'several'
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
