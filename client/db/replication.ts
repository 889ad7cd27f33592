import type { RxReplicationState } from 'rxdb/plugins/replication'
import type { Collection } from '#shared/record/envelope.ts'
import type { Context } from './context.ts'
import type { Mux } from './mux.ts'
import type { Redelivery } from './redelivery.ts'
import type { Stored } from './schema.ts'
import { replicateRxCollection } from 'rxdb/plugins/replication'
import { Subject } from 'rxjs'
import { pushRows } from './push.ts'
import { createRedelivery } from './redelivery.ts'
import { fromWire } from './schema.ts'

export interface Checkpoint { seq: number }

export interface Replication {
  state: RxReplicationState<Stored, Checkpoint>
  redelivery: Redelivery
  resync: () => void
}

const pullBatch = 500
const pushBatch = 100
/** RxDB asks again this long after a handler failed, ms; the gate decides when that reaches the wire. */
const retryTime = 250

/** Replicates one collection. RxDB never gets records through its stream, only the word to ask again. */
export function replicate(context: Context, mux: Mux, collection: Collection): Replication {
  const stream = new Subject<'RESYNC'>()
  const resync = () => stream.next('RESYNC')
  const redelivery = createRedelivery(resync)
  let quiet: { from: number, upTo: number } | undefined

  const state = replicateRxCollection<Stored, Checkpoint>({
    replicationIdentifier: `otp-${collection}`,
    collection: context.db[collection],
    live: true,
    retryTime,
    pull: {
      batchSize: pullBatch,
      stream$: stream,
      handler: async (checkpoint, limit) => {
        const stored = checkpoint?.seq ?? 0
        // RxDB does not store the checkpoint of an empty page, so we remember how far it reached.
        const since = quiet?.from === stored ? quiet.upTo : stored
        const page = await mux.pull(collection, since, limit)
        const docs = page.docs.map(fromWire)
        const documents = [...redelivery.due(docs), ...docs]
        redelivery.delivered(documents)
        quiet = documents.length === 0 ? { from: stored, upTo: page.seq } : undefined
        return { documents, checkpoint: { seq: page.seq } }
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
          redelivery.pushClosed(() => upstreamSettled(state))
        }
      },
    },
  })
  return { state, redelivery, resync }
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
