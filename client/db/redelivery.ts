import type { WithDeleted } from 'rxdb'
import type { Stamp } from '#shared/sync/stamp.ts'
import type { Stored } from './schema.ts'

/**
 * RxDB skips a record that arrives while it has a local write of it open, and never asks again.
 * So what is delivered while a push is open is kept, and delivered once more when the push has settled.
 */
export interface Redelivery {
  /** Notes a delivery: kept while pushes are open, else it settles what was kept of the same record. */
  delivered: (docs: readonly WithDeleted<Stored>[]) => void
  /** Forgets what was kept of a record when the server has answered with a newer state of it. */
  answered: (id: string, v: Stamp) => void
  /** Adds records to be delivered again, from a repair. */
  add: (docs: readonly WithDeleted<Stored>[]) => void
  /** The kept records that this page does not bring anyway. */
  due: (docs: readonly WithDeleted<Stored>[]) => WithDeleted<Stored>[]
  pushOpened: () => void
  /** `settled` resolves when RxDB has written down what the push came to. */
  pushClosed: (settled: () => Promise<void>) => void
  isOpen: () => boolean
}

export function createRedelivery(resync: () => void): Redelivery {
  const kept = new Map<string, WithDeleted<Stored>>()
  let open = 0
  return {
    delivered: (docs) => {
      for (const doc of docs) {
        if (open > 0)
          kept.set(doc.id, doc)
        else
          kept.delete(doc.id)
      }
    },
    answered: (id, v) => {
      const held = kept.get(id)
      if (held && held.v < v)
        kept.delete(id)
    },
    add: docs => docs.forEach(doc => kept.set(doc.id, doc)),
    due: (docs) => {
      const coming = new Set(docs.map(doc => doc.id))
      return [...kept.values()].filter(doc => !coming.has(doc.id))
    },
    pushOpened: () => {
      open++
    },
    pushClosed: (settled) => {
      void settled().then(() => {
        open--
        if (open === 0 && kept.size > 0)
          resync()
      })
    },
    isOpen: () => open > 0,
  }
}
