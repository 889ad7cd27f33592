import type { RxCollection, RxDatabase } from 'rxdb'
import type { Collection, Kind } from '#shared/record/envelope.ts'
import type { Clock } from '#shared/sync/stamp.ts'
import type { DeviceNotes } from './device.ts'
import type { DeviceNote, Stored, StoredCollection } from './schema.ts'
import { collectionOf } from '#shared/record/envelope.ts'

export interface Collections { records: StoredCollection, scores: StoredCollection, device: RxCollection<DeviceNote> }
export type Database = RxDatabase<Collections>

/** What the parts of one replica share. */
export interface Context {
  db: Database
  clock: Clock
  notes: DeviceNotes
  /** The server's time as far as known; undefined before its first answer. */
  serverNow: () => number | undefined
}

export const collectionFor = (db: Database, kind: Kind): StoredCollection => db[collectionOf(kind)]

/** Where a record with this id lives: sheets name themselves. */
export const collectionOfId = (id: string): Collection => id.startsWith('sheet:') ? 'scores' : 'records'

/** Changes a stored record in one step with whatever else writes to it; does nothing where it is gone. */
export async function modify(db: Database, id: string, change: (stored: Stored) => Stored): Promise<boolean> {
  const document = await db[collectionOfId(id)].findOne(id).exec()
  if (!document)
    return false
  await document.incrementalModify(stored => ({ ...stored, ...change(stored) }))
  return true
}
