import type { RxCollection } from 'rxdb'
import type { Observable } from 'rxjs'
import type { DeviceNote } from './schema.ts'
import type { Kept } from './types.ts'
import { map } from 'rxjs'

/** What belongs to this device alone: kept changes, drafts, and what the replica must remember. */
export interface DeviceNotes {
  keep: (kept: Kept) => Promise<void>
  kept: Observable<readonly Kept[]>
  letGo: (id: string) => Promise<void>
  draft: (key: string) => Promise<string | undefined>
  saveDraft: (key: string, text: string | undefined) => Promise<void>
  remembered: <T>(key: string) => Promise<T | undefined>
  remember: (key: string, value: unknown) => Promise<void>
}

export function createNotes(collection: RxCollection<DeviceNote>, now: () => number): DeviceNotes {
  const get = async (id: string) => (await collection.findOne(id).exec())?.d
  /** Not RxDB's upsert: once one of its writings has failed, every later one of that id fails with it. */
  const put = async (kind: string, id: string, d: Record<string, unknown>): Promise<void> => {
    const note = { id, kind, at: now(), d }
    const found = await collection.findOne(id).exec()
    if (found)
      return void await found.incrementalModify(held => ({ ...held, ...note }))
    await collection.insert(note).catch((error: { code?: string }) => {
      if (error.code !== 'CONFLICT')
        throw error
      return put(kind, id, d)
    })
  }
  const remove = async (id: string) => {
    await (await collection.findOne(id).exec())?.incrementalRemove()
  }
  return {
    keep: kept => put('kept', kept.id, { ...kept }),
    kept: collection.find({ selector: { kind: 'kept' } }).$.pipe(
      map(found => found.map(document => document.d as unknown as Kept).sort((a, b) => b.at - a.at)),
    ),
    letGo: remove,
    draft: async key => (await get(`draft:${key}`))?.text as string | undefined,
    saveDraft: (key, text) => text === undefined ? remove(`draft:${key}`) : put('draft', `draft:${key}`, { text }),
    remembered: async <T>(key: string) => (await get(`note:${key}`))?.value as T | undefined,
    remember: (key, value) => put('note', `note:${key}`, { value }),
  }
}
