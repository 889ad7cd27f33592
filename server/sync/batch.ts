import type { Body, Collection, Kind } from '#shared/record/envelope.ts'
import type { Clock, Stamp } from '#shared/sync/stamp.ts'
import type { Digest } from '#shared/sync/wire.ts'
import type { Change, RefusalRow, StoredDoc, WriteTx } from '../store/port.ts'
import type { LoadedWorld } from './world.ts'
import type { ServerRow } from './writeAsServer.ts'
import { collectionOf, indexOf } from '#shared/record/envelope.ts'
import { addToDigest, emptyDigest, takeFromDigest } from '#shared/sync/digest.ts'

/** What one transaction is about to write: each record once, in the order first touched. */
export interface Batch {
  world: LoadedWorld
  clock: Clock
  by: string
  /** Up to which number tombstones are gone; 0 where none are. */
  purgedSeq: number
  touched: Map<string, { before: StoredDoc | undefined, doc: StoredDoc, set: Change['set'], lost: Change['lost'], by?: string }>
  raised: Map<string, StoredDoc>
  refusals: RefusalRow[]
  /** Histories read so far, newest first: however many rows name a record, its past is read once. */
  pasts: Map<string, Change[]>
  /** What an approval writes beside its target, by its proposal. */
  beside?: ReadonlyMap<string, readonly ServerRow[]>
}

export function newDoc(kind: Kind, id: string): StoredDoc {
  return { id, kind, seq: 0, v: '', deleted: false, audience: '', shown: false, parent: '', owner: '', when: '', body: {}, stamps: {} }
}

/** Records a new state of a document, to get a sequence number when the batch is written. */
export function touch(batch: Batch, doc: StoredDoc, set: Change['set'] = {}, lost: Change['lost'] = {}): void {
  const { parent, owner, when } = indexOf(doc.kind, doc.body)
  const next = { ...doc, parent, owner, when, shown: doc.shown || doc.audience === '' }
  const earlier = batch.touched.get(doc.id)
  const before = earlier ? earlier.before : batch.world.doc(doc.id)
  batch.touched.set(doc.id, { ...earlier, before, doc: next, set: { ...earlier?.set, ...set }, lost: { ...earlier?.lost, ...lost } })
  batch.world.put(next)
}

/** Sets fields as the server itself: fresh stamps, a fresh `v`. */
export function setAsServer(batch: Batch, doc: StoredDoc, fields: Body, more: Partial<Pick<StoredDoc, 'audience'>> = {}): void {
  const body = { ...doc.body }
  const stamps = { ...doc.stamps }
  const set: Change['set'] = {}
  for (const [field, value] of Object.entries(fields)) {
    const stamp = batch.clock.next(stamps[field], doc.v)
    stamps[field] = stamp
    set[field] = [value, stamp]
    if (value === null)
      delete body[field]
    else
      body[field] = value
  }
  const v = Object.keys(set).length > 0 ? mint(batch, doc, stamps) : doc.v
  touch(batch, { ...doc, ...more, body, stamps, v }, set)
}

/** A fresh name for content the server made: greater than everything in the record. */
export function mint(batch: Batch, doc: StoredDoc, stamps: Record<string, Stamp>): Stamp {
  return batch.clock.next(doc.v, ...Object.values(stamps))
}

/** Writes the batch, the counter taken last; answers the org's head where that moved it. */
export async function writeBatch(tx: WriteTx, org: string, batch: Batch, at: number): Promise<number | undefined> {
  await tx.addRefusals(org, batch.refusals)
  for (const doc of batch.raised.values()) {
    if (!batch.touched.has(doc.id))
      await tx.putStamps(org, doc.id, doc.stamps)
  }
  const touched = [...batch.touched.values()]
  if (touched.length === 0)
    return undefined
  const first = await tx.takeSeq(org, touched.length, batch.clock.last(), digestChange(batch))
  await tx.putDocs(org, touched.map(({ doc }, n) => ({ ...doc, seq: first + n })))
  await tx.addChanges(org, touched.map(({ doc, set, lost, by = batch.by }, n) => ({ seq: first + n, id: doc.id, v: doc.v, by, at, set, lost })))
  return first + touched.length - 1
}

/** What the batch changes about what everybody in the org may see. */
function digestChange(batch: Batch): Record<Collection, Digest> {
  const change = { records: emptyDigest(), scores: emptyDigest() }
  for (const { before, doc } of batch.touched.values()) {
    const digest = change[collectionOf(doc.kind)]
    if (before && isForAll(before))
      takeFromDigest(digest, before.id, before.v)
    if (isForAll(doc))
      addToDigest(digest, doc.id, doc.v)
  }
  return change
}

function isForAll(doc: StoredDoc) {
  return !doc.deleted && doc.audience === ''
}
