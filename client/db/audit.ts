import type { Collection } from '#shared/record/envelope.ts'
import type { DigestAnswer, PullAnswer } from '#shared/sync/wire.ts'
import type { Context } from './context.ts'
import type { Wire } from './http.ts'
import type { Replication } from './replication.ts'
import { getAssumedMasterState } from 'rxdb/plugins/core'
import { addToDigest, emptyDigest } from '#shared/sync/digest.ts'
import { modify } from './context.ts'
import { acknowledged } from './edit.ts'
import { fromWire } from './schema.ts'

const repairPage = 1000

/**
 * Finds edits RxDB will not push by itself (its checkpoint is wall-clock: a clock set back hides them),
 * and those it has pushed but whose mark was lost with the tab.
 */
export async function pushStranded({ db }: Context, collection: Collection, { state }: Replication): Promise<number> {
  const internal = state.internalReplicationState
  if (!internal)
    return 0
  const dirty = await db[collection].find({ selector: { dirty: '1' } }).exec()
  if (dirty.length === 0)
    return 0
  const known = await getAssumedMasterState(internal, dirty.map(document => document.id))
  for (const document of dirty) {
    const { v, pend } = document.toJSON()
    const taken = known[document.id]?.docData.v === v
    await modify(db, document.id, stored => taken ? acknowledged(stored, { ...pend }, v) : stored)
  }
  return dirty.length
}

/** Compares what is here with what the server says must be here; serves the difference again. */
export async function repair({ db }: Context, wire: Wire, replications: Record<Collection, Replication>): Promise<number> {
  const answer = await wire.get('/api/sync/digest') as DigestAnswer
  let repaired = 0
  for (const collection of ['records', 'scores'] as const) {
    const held = new Map((await db[collection].find().exec()).map(document => [document.id, document]))
    const mine = emptyDigest()
    held.forEach(document => addToDigest(mine, document.id, document.v))
    const clean = [...held.values()].every(document => !document.dirty)
    const theirs = answer.digests[collection]
    if (clean && (mine.count !== theirs.count || mine.sum !== theirs.sum))
      repaired += await serveDifference(wire, answer.epoch, collection, new Map([...held].map(([id, { v }]) => [id, v])), replications[collection])
  }
  return repaired
}

async function serveDifference(wire: Wire, epoch: string, collection: Collection, held: Map<string, string>, replication: Replication): Promise<number> {
  const wrong = []
  let since = 0
  while (true) {
    const answer = await wire.post('/api/sync/pull', { epoch, limit: repairPage, since: { [collection]: since } }) as PullAnswer
    const page = answer.reset ? undefined : answer.pages[collection]
    wrong.push(...page?.docs.filter(doc => (doc.deleted ? undefined : doc.v) !== held.get(doc.id)) ?? [])
    if (!page?.full)
      break
    since = page.seq
  }
  replication.redelivery.add(wrong.map(fromWire))
  if (wrong.length > 0)
    replication.resync()
  return wrong.length
}
