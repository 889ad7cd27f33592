import type { RxStorage } from 'rxdb'
import type { Context } from './context.ts'
import type { Stored } from './schema.ts'
import type { Kept } from './types.ts'
import { openDatabase } from './database.ts'

/**
 * Takes over what an older copy alone has: drafts, what did not stand, and what was not sent, which stays with its author
 * as not accepted. Doing it again changes nothing.
 */
export async function adopt({ db, notes }: Context, older: string, storage: RxStorage<unknown, unknown>): Promise<void> {
  const old = await openDatabase(older, storage, false)
  const waiting = await Promise.all([old.records, old.scores].map(collection => collection.find({ selector: { dirty: '1' } }).exec()))
  for (const document of waiting.flat())
    await notes.keep(carriedOver(document.toJSON() as Stored, Date.now()))
  const notices = await old.device.find({ selector: { kind: { $in: ['kept', 'draft'] } } }).exec()
  await db.device.bulkInsert(notices.map(document => ({ ...document.toJSON() })))
  await old.close()
}

function carriedOver({ id, kind, d, pend, v }: Stored, at: number): Kept {
  const fields = Object.fromEntries(Object.keys(pend).map(field => [field, d[field] ?? null]))
  return { id: `kept:${id}:${v}`, reason: 'refused', record: id, kind, at, refusal: { code: 'reset' }, fields }
}
