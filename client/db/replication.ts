import type { RxReplicationState } from 'rxdb/plugins/replication'
import type { Collection } from '#shared/record/envelope.ts'
import type { Fill } from '#shared/sync/wire.ts'
import type { Context } from './context.ts'
import type { Mux } from './mux.ts'
import type { Redelivery } from './redelivery.ts'
import type { Stored } from './schema.ts'
import { replicateRxCollection } from 'rxdb/plugins/replication'
import { Subject } from 'rxjs'
import { WireError } from './http.ts'
import { pushRows } from './push.ts'
import { createRedelivery } from './redelivery.ts'
import { fromWire } from './schema.ts'

/**
 * `fill`: how far a new replica is filled with what is older than `seq`; null when it is. `epoch` is the history it is of.
 * `again`: where to begin if the app closes now, because not everything since was taken in; null where it was.
 */
export interface Checkpoint { seq: number, fill?: Fill | null, epoch?: string | undefined, again?: number | null }

export interface Replication {
  state: RxReplicationState<Stored, Checkpoint>
  redelivery: Redelivery
  resync: () => void
  /** Resolves when all pushes have come to rest. */
  settled: () => Promise<void>
  /** Resolves when what a page needs first is here. */
  usable: Promise<void>
  /** Whether older records are still to come. */
  isFilling: () => boolean
}

const pullBatch = 500
/** Older records come in smaller pages, with time between them for what the person does, ms. */
const olderBatch = 400
const olderPause = 250
/** What one look through the records for edits covers: all that was pulled is looked through once. A request carries fewer. */
const pushBatch = 1000
/** RxDB asks again this long after a handler failed, ms; the gate decides when that reaches the wire. */
const retryTime = 250

/** Replicates one collection. RxDB never gets records through its stream, only the word to ask again. */
export function replicate(context: Context, mux: Mux, collection: Collection, reset: () => void): Replication {
  const stream = new Subject<'RESYNC'>()
  const resync = () => stream.next('RESYNC')
  const redelivery = createRedelivery(resync)
  const usable = Promise.withResolvers<void>()
  const fresh: Checkpoint = { seq: 0, fill: { at: '', later: false } }
  /** RxDB does not store the checkpoint of an empty page, so we remember how far it reached. */
  let ahead: { of: string, at: Checkpoint } | undefined
  let filling = true
  let paused = false
  let begun = false

  /** What is left of the filling is asked for again: at once while a page needs it, else after a pause. */
  function goOn(later: boolean) {
    paused = later
    setTimeout(() => {
      paused = false
      resync()
    }, later ? olderPause : 0)
  }

  const state = replicateRxCollection<Stored, Checkpoint>({
    replicationIdentifier: `otp-${collection}`,
    collection: context.db[collection],
    live: true,
    retryTime,
    pull: {
      batchSize: pullBatch,
      stream$: stream,
      handler: async (checkpoint, limit) => {
        const stored = JSON.stringify(checkpoint ?? fresh)
        const at = ahead?.of === stored ? ahead.at : checkpoint ?? fresh
        const fill = paused ? undefined : at.fill
        const since = begun ? at.seq : at.again ?? at.seq
        const page = await mux.pull(collection, since, fill?.later ? olderBatch : limit, fill?.at)
        // Said beside the cursor, so that no crash parts the two: a cursor of another history would miss what is older there.
        if (at.epoch !== undefined && page.epoch !== at.epoch) {
          reset()
          throw new WireError('busy')
        }
        if (!begun) {
          begun = true
          // What the last session had begun to push, RxDB looks through only now; until then it skips what comes for it.
          redelivery.pushOpened()
          redelivery.pushClosed(settled)
        }
        const docs = page.docs.map(fromWire)
        // RxDB asks on after a full page: what is served again must not make one, or it would ask for ever.
        const documents = [...redelivery.due(docs, pullBatch - 1 - docs.length), ...docs]
        redelivery.delivered(documents)
        const again = redelivery.isOpen() || redelivery.isHolding() ? Math.min(since, at.again ?? since) : null
        const next: Checkpoint = { seq: page.seq, fill: (fill ? page.fill : at.fill) ?? null, epoch: page.epoch, again }
        ahead = documents.length === 0 ? { of: stored, at: next } : undefined
        filling = next.fill !== null
        const later = next.fill?.later === true
        if (fill && (filling || page.full))
          goOn(later)
        if (!page.full && (!filling || later))
          usable.resolve()
        return { documents, checkpoint: next }
      },
    },
    push: {
      batchSize: pushBatch,
      handler: async (rows) => {
        redelivery.pushOpened()
        try {
          const masters = await pushRows(context, mux, rows)
          const answers = new Map(masters.map(({ id, v }) => [id, v]))
          for (const { newDocumentState: { id, v } } of rows)
            redelivery.answered(id, answers.get(id) ?? v)
          return masters
        }
        finally {
          redelivery.pushClosed(settled)
        }
      },
    },
  })

  function settled() {
    return upstreamSettled(state)
  }

  return { state, redelivery, resync, settled, usable: usable.promise, isFilling: () => filling }
}

/** Waits until RxDB's queue of pushes has come to rest; tasks may join while waiting. */
async function upstreamSettled(state: RxReplicationState<Stored, Checkpoint>): Promise<void> {
  const queue = () => state.internalReplicationState?.streamQueue.up
  let seen = queue()
  await seen
  while (seen !== queue()) {
    seen = queue()
    await seen
  }
}
