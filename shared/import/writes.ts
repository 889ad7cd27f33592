import type { Body, Doc, Kind } from '../record/envelope.ts'
import type { Addition, Change, Fields, Writes } from './apply.ts'

export const noWrites = (): Writes => ({ add: [], set: [], unchanged: 0, problems: [] })

/** Records by their import key; of two with the same, the one that sorts first by id, on every replica. */
export function byImportKey<K extends Kind>(docs: readonly Doc<K>[]): Map<string, Doc<K>> {
  const sorted = [...docs].sort((one, other) => one.id < other.id ? 1 : -1)
  return new Map(sorted.flatMap((doc) => {
    const key = (doc.d as Body).importKey
    return typeof key === 'string' ? [[key, doc] as const] : []
  }))
}

/** A body without the fields that are undefined or null. */
export function bodyOf<K extends Kind>(fields: { [F in keyof Doc<K>['d']]: Doc<K>['d'][F] | null }): Doc<K>['d'] {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)) as Doc<K>['d']
}

/** The wished fields that differ from the record: undefined leaves a field alone, null empties it. */
export function changes<K extends Kind>(doc: Doc<K>, wished: Fields): Change | undefined {
  const body = doc.d as Body
  const fields = Object.fromEntries(Object.entries(wished).filter(([name, value]) => value !== undefined && !same(value, body[name])))
  return Object.keys(fields).length ? { kind: doc.kind, id: doc.id, fields } : undefined
}

/** Counts a record as changed or unchanged. */
export function record(writes: Writes, written: Addition | Change | undefined): void {
  if (!written)
    writes.unchanged++
  else if ('body' in written)
    writes.add.push(written)
  else
    writes.set.push(written)
}

function same(wished: unknown, now: unknown): boolean {
  return wished === now || (wished === null && now === undefined)
}
