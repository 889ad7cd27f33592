import type { Body, Kind } from '#shared/record/envelope.ts'
import type { Context } from './context.ts'
import type { Fields, Replica } from './types.ts'
import { newId } from '#shared/record/ids.ts'
import { collectionFor, modify } from './context.ts'
import { created, edited } from './edit.ts'

const randomBytes = (bytes: Uint8Array) => void crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>)
export const newNode = () => newId('org', 0, randomBytes).slice(-6)

/** Everything a person writes: stamped, and on the device before it resolves. */
export function createWriter({ db, clock }: Context, now: () => number): Pick<Replica, 'add' | 'addAll' | 'set' | 'put'> {
  const edit = (id: string, fields: Body) => modify(db, id, stored => edited(stored, fields, clock))
  return {
    add: async (kind, body, id = newId(kind, now(), randomBytes)) => {
      await collectionFor(db, kind).insert(created(kind, id, body as unknown as Body, clock))
      return id
    },
    addAll: async (rows) => {
      for (const collection of ['records', 'scores'] as const) {
        const fitting = rows.filter(row => collectionFor(db, row.kind) === db[collection])
        await db[collection].bulkInsert(fitting.map(({ kind, id, body }) => created(kind, id, body as unknown as Body, clock)))
      }
    },
    set: async (id, fields) => {
      if (!await edit(id, fields as Body))
        throw new Error(`set on a record that is not here: ${id}`)
    },
    put: async <K extends 'sheet' | 'ballot'>(kind: K, id: string, fields: Fields<K>, otherwise: object) => {
      if (await edit(id, fields as Body))
        return
      const fresh = created(kind as Kind, id, { ...otherwise, ...fields as Body }, clock)
      await collectionFor(db, kind).insert(fresh).catch(async (error: { code?: string }) => {
        if (error.code !== 'CONFLICT' || !await edit(id, fields as Body))
          throw error
      })
    },
  }
}
