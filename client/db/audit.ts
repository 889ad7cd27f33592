import type { Collection } from '#shared/record/envelope.ts'
import type { DigestAnswer, PullAnswer, WireDoc } from '#shared/sync/wire.ts'
import type { Context, Database } from './context.ts'
import type { Wire } from './http.ts'
import type { Replication } from './replication.ts'
import type { Stored, StoredCollection } from './schema.ts'
import { getAssumedMasterState, getLastCheckpointDoc, now } from 'rxdb/plugins/core'
import { addToDigest, emptyDigest } from '#shared/sync/digest.ts'
import { modify } from './context.ts'
import { acknowledged } from './edit.ts'
import { WireError } from './http.ts'
import { fromWire } from './schema.ts'

const repairPage = 1000

/**
 * Finds edits RxDB will not push by itself (its checkpoint is wall-clock: a clock set back hides them), and those it has
 * pushed but whose mark was lost with the tab. At a start with the clock set back also what was taken as the tab closed:
 * RxDB would believe it waits for ever, and skip what others write on it. Answers how many
 * records were written here that nothing is sent of: what came for one in that very moment, RxDB has let fall.
 */
export async function pushStranded({ db }: Context, collection: Collection, { state }: Replication, isStart = false): Promise<number> {
  const internal = state.internalReplicationState
  if (!internal)
    return 0
  const isSetBack = isStart && ((await getLastCheckpointDoc<Stored, { lwt?: number }>(internal, 'up'))?.lwt ?? 0) > now()
  const found = await db[collection].find(isSetBack ? {} : { selector: { dirty: '1' } }).exec()
  if (found.length === 0)
    return 0
  const known = await getAssumedMasterState(internal, found.map(document => document.id))
  const stranded = found.filter(document => document.dirty || known[document.id]?.docData.v !== document.v)
  const isTaken = ({ id, v }: Stored) => known[id]?.docData.v === v
  for (const document of stranded) {
    const { v, pend } = document.toJSON()
    const taken = isTaken(document)
    await modify(db, document.id, stored => taken ? acknowledged(stored, { ...pend }, v) : stored)
  }
  return stranded.filter(document => !document.dirty || isTaken(document)).length
}

/** Compares what is here with what the server says must be here; serves the difference again. `epoch`: the history this copy is of. */
export async function repair({ db }: Context, wire: Wire, replications: Record<Collection, Replication>, epoch: string): Promise<number> {
  const answer = await wire.get('/api/sync/digest') as DigestAnswer
  // Another history is for a pull to notice: mended towards it, this copy would be of neither.
  if (answer.epoch !== epoch)
    return 0
  let repaired = 0
  for (const collection of ['records', 'scores'] as const) {
    if (replications[collection].isFilling())
      continue
    const held = new Map((await db[collection].find().exec()).map(document => [document.id, document]))
    const mine = emptyDigest()
    held.forEach(document => addToDigest(mine, document.id, document.v))
    const clean = [...held.values()].every(document => !document.dirty)
    const theirs = answer.digests[collection]
    if (clean && (mine.count !== theirs.count || mine.sum !== theirs.sum))
      repaired += await serveDifference(db, db[collection], replications[collection], { held, there: await everything(wire, answer.epoch, collection) })
  }
  return repaired
}

/**
 * What is here is read once more after what is there: a record that came meanwhile is newer and stays. What was here
 * before, is not there, and waits for nothing, was taken from this member's sight.
 */
async function serveDifference(db: Database, collection: StoredCollection, replication: Replication, { held: before, there }: { held: ReadonlyMap<string, unknown>, there: ReadonlyMap<string, WireDoc> }): Promise<number> {
  const held = new Map((await collection.find().exec()).map(document => [document.id, document.toJSON() as Stored]))
  const wrong = [...there.values()].filter((doc) => {
    const v = held.get(doc.id)?.v
    return doc.deleted ? v !== undefined && v <= doc.v : v === undefined || v < doc.v
  }).map(fromWire)
  const stray = [...held.values()].filter(stored => !stored.dirty && before.has(stored.id) && !there.has(stored.id)).map(stored => ({ ...stored, _deleted: true }))
  const different = [...wrong, ...stray]
  if (different.length === 0)
    return 0
  const { redelivery, resync, settled } = replication
  redelivery.add(different)
  redelivery.pushOpened()
  await thaw(db, replication, different.flatMap(({ id }) => held.get(id) ?? [])).finally(() => redelivery.pushClosed(settled))
  resync()
  return different.length
}

/** What RxDB believes to wait, though nothing of it does, it would skip each time: written anew, it looks once more. */
async function thaw(db: Database, { state }: Replication, held: readonly Stored[]): Promise<void> {
  const internal = state.internalReplicationState
  const clean = held.filter(({ dirty }) => !dirty)
  const known = internal && clean.length > 0 ? await getAssumedMasterState(internal, clean.map(({ id }) => id)) : {}
  for (const { id } of clean.filter(({ id, v }) => known[id]?.docData.v !== v))
    await modify(db, id, stored => stored)
}

async function everything(wire: Wire, epoch: string, collection: Collection): Promise<Map<string, WireDoc>> {
  const there = new Map<string, WireDoc>()
  let since = 0
  while (true) {
    const answer = await wire.post('/api/sync/pull', { epoch: '', limit: repairPage, since: { [collection]: since } }) as PullAnswer
    const page = answer.reset || answer.epoch !== epoch ? undefined : answer.pages[collection]
    if (!page)
      throw new WireError('busy')
    page.docs.forEach(doc => there.set(doc.id, doc))
    if (!page.full)
      return there
    since = page.seq
  }
}
