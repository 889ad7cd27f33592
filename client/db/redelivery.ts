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
  /** At most `room` of the kept records that this page does not bring anyway; none twice before a push has come to an end. */
  due: (docs: readonly WithDeleted<Stored>[], room: number) => WithDeleted<Stored>[]
  pushOpened: () => void
  /** `settled` resolves when RxDB has written down what the push came to. */
  pushClosed: (settled: () => Promise<void>) => void
  isOpen: () => boolean
  /** Whether anything is still to be delivered again. */
  isHolding: () => boolean
}

export function createRedelivery(resync: () => void): Redelivery {
  /** `served`: how many pushes had ended when it was last delivered. */
  const kept = new Map<string, { doc: WithDeleted<Stored>, served: number }>()
  let open = 0
  let ended = 0
  const dueNow = () => [...kept.values()].filter(({ served }) => served < ended).map(({ doc }) => doc)
  return {
    delivered: (docs) => {
      for (const doc of docs) {
        if (open > 0)
          kept.set(doc.id, { doc, served: ended })
        else
          kept.delete(doc.id)
      }
      if (dueNow().length > 0)
        resync()
    },
    answered: (id, v) => {
      const held = kept.get(id)
      if (held && held.doc.v < v)
        kept.delete(id)
    },
    add: docs => docs.forEach(doc => kept.set(doc.id, { doc, served: -1 })),
    due: (docs, room) => {
      const coming = new Set(docs.map(doc => doc.id))
      return dueNow().filter(doc => !coming.has(doc.id)).slice(0, Math.max(0, room))
    },
    pushOpened: () => {
      open++
    },
    pushClosed: (settled) => {
      ended++
      void settled().then(() => {
        open--
        ended++
        if (open === 0 && kept.size > 0)
          resync()
      })
    },
    isOpen: () => open > 0,
    isHolding: () => kept.size > 0,
  }
}
