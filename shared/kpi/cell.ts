import type { Entry, Sheet } from '../record/sheet.ts'
import type { Period } from './period.ts'

/** One writer's entry in a cell. */
export interface CellEntry { writer: string, entry: Entry }

/** Whether a writer's id is an agent seat's rather than a person's. */
export type IsAgent = (writer: string) => boolean

export const cellKey = (period: Period, writer: string) => `cell/${period}/${writer}` as const
export const chosenKey = (period: Period) => `chosen/${period}` as const

/** Every entry of a cell, the newest first; the order is the same on every replica. */
export function cellEntries(sheet: Sheet | undefined, period: Period): CellEntry[] {
  const prefix = cellKey(period, '')
  return Object.entries(sheet ?? {})
    .filter(([key, entry]) => key.startsWith(prefix) && entry)
    .map(([key, entry]) => ({ writer: key.slice(prefix.length), entry: entry as Entry }))
    .sort(newestFirst)
}

/** What counts: the entry somebody chose, else the newest person's, else the newest agent's. */
export function countedEntry(sheet: Sheet | undefined, period: Period, isAgent: IsAgent): CellEntry | undefined {
  const entries = cellEntries(sheet, period)
  const chosen = sheet?.[chosenKey(period)]
  return entries.find(({ writer }) => writer === chosen)
    ?? entries.find(({ writer }) => !isAgent(writer))
    ?? entries[0]
}

/** The entries that do not count, newest first: "also reported". */
export function otherEntries(sheet: Sheet | undefined, period: Period, isAgent: IsAgent): CellEntry[] {
  const counted = countedEntry(sheet, period, isAgent)
  return cellEntries(sheet, period).filter(({ writer }) => writer !== counted?.writer)
}

/** Every period of a sheet with an entry in it, in bytewise order. */
export function periodsIn(sheet: Sheet): Period[] {
  const cells = Object.entries(sheet).filter(([key, entry]) => key.startsWith('cell/') && entry)
  return [...new Set(cells.map(([key]) => key.slice(5, key.lastIndexOf('/'))))].sort()
}

/** Written at the same instant: typed before imported, then by the writer's id. */
function newestFirst(one: CellEntry, other: CellEntry): number {
  const imported = ({ entry }: CellEntry) => Number(entry.source === 'import')
  return other.entry.at - one.entry.at
    || imported(one) - imported(other)
    || (one.writer < other.writer ? -1 : 1)
}
