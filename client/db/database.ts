import type { RxStorage } from 'rxdb'
import type { Collections, Database } from './context.ts'
import { createRxDatabase } from 'rxdb/plugins/core'
import { conflictHandler, deviceSchema, envelopeSchema } from './schema.ts'

/** The three collections of one copy, as they are on this device. */
export async function openDatabase(name: string, storage: RxStorage<unknown, unknown>, multiInstance: boolean): Promise<Database> {
  const db = await createRxDatabase<Collections>({ name, storage, multiInstance })
  await db.addCollections({
    records: { schema: envelopeSchema, conflictHandler },
    scores: { schema: envelopeSchema, conflictHandler },
    device: { schema: deviceSchema },
  })
  return db
}
