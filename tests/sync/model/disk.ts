import type { WithDeleted } from 'rxdb'
import type { Checkpoint } from '../../../client/db/replication.ts'
import type { Stored } from '../../../client/db/schema.ts'
import { Subject } from 'rxjs'

export type Doc = WithDeleted<Stored>

/** A stored record: `rev` counts its writes, `origin` is the one that came from the server, `lwt` when it was written. */
export interface Row { doc: Doc, rev: number, lwt: number, origin?: number }

/** What the server is believed to hold; `resolved` is the write that took over the server's state. */
export interface Meta { doc: Doc, resolved?: number }

/** One collection as it lies on a device: it outlives the program that uses it. */
export interface Disk { rows: Map<string, Row>, metas: Map<string, Meta>, up: number, down?: Checkpoint }

export const emptyDisk = (): Disk => ({ rows: new Map(), metas: new Map(), up: -1 })

/** A collection in use: the few doors to it that our client opens. */
export interface Fork {
  disk: Disk
  changes: Subject<Row>
  /** This device's clock as a write would be given it. */
  now: () => number
  /** Writes where nobody wrote since `before`; answers the new row. */
  write: (doc: Doc, before: Row | undefined, down?: boolean) => Row | undefined
}

/** Write times rise within one run of the program; a clock set back between two runs sets them back. */
export function createFork(disk: Disk, wallClock: () => number, watch: (row: Row) => void): Fork & Record<string, unknown> {
  const changes = new Subject<Row>()
  let last = 0
  const write: Fork['write'] = (doc, before, down = false) => {
    const held = disk.rows.get(doc.id)
    if (held?.rev !== before?.rev)
      return undefined
    last = Math.max(last + 0.01, wallClock())
    const rev = (held?.rev ?? 0) + 1
    const row: Row = { doc: structuredClone(doc), rev, lwt: last, ...down ? { origin: rev } : held?.origin !== undefined && { origin: held.origin } }
    disk.rows.set(doc.id, row)
    watch(row)
    if (!down)
      changes.next(row)
    return row
  }
  const live = () => [...disk.rows.values()].filter(({ doc }) => !doc._deleted)
  const document = ({ doc }: Row) => ({
    ...doc,
    toJSON: () => structuredClone(doc),
    incrementalModify: async (change: (stored: Stored) => Stored) => {
      const held = disk.rows.get(doc.id)
      if (held && !held.doc._deleted)
        write({ ...change(structuredClone(held.doc)), _deleted: false }, held)
    },
  })
  const exec = <T>(find: () => T) => ({ exec: async () => find() })
  return {
    disk,
    changes,
    now: () => Math.max(last + 0.01, wallClock()),
    write,
    findOne: (id: string) => exec(() => live().filter(({ doc }) => doc.id === id).map(document)[0] ?? null),
    findByIds: (ids: string[]) => exec(() => new Map(live().filter(({ doc }) => ids.includes(doc.id)).map(row => [row.doc.id, document(row)]))),
    find: (query?: { selector?: Partial<Stored> }) => exec(() => live().filter(({ doc }) => query?.selector?.dirty === undefined || doc.dirty === query.selector.dirty).map(document)),
  }
}
