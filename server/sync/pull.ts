import type { Collection } from '#shared/record/envelope.ts'
import type { PullRequest } from '#shared/sync/protocol.ts'
import type { Digest, DigestAnswer, Page, PullAnswer, WireDoc } from '#shared/sync/wire.ts'
import type { ReadTx } from '../store/port.ts'
import type { Actor } from './actor.ts'
import type { SyncDeps } from './sync.ts'
import { addToDigest, emptyDigest } from '#shared/sync/digest.ts'
import { toWire } from './sight.ts'

const collections = ['records', 'scores'] as const

/** What changed since the cursors, both collections in one snapshot. */
export async function pull(deps: SyncDeps, actor: Actor, request: PullRequest): Promise<PullAnswer> {
  return deps.store.read(async (tx) => {
    const sync = await tx.orgSync(actor.org)
    if (!sync)
      throw new Error('pull from an org that was never opened')
    const base = { now: deps.now(), epoch: sync.epoch, head: sync.seq }
    if (await mustStartAnew(tx, actor.org, sync, request))
      return { ...base, reset: true }
    const pages: Partial<Record<Collection, Page>> = {}
    for (const collection of collections) {
      const since = request.since[collection]
      if (since !== undefined)
        pages[collection] = await page(tx, actor, collection, since, request.limit, sync.seq)
    }
    return { ...base, pages }
  })
}

/** A page is full or the last: records one may not see are read past, never counted. */
async function page(tx: ReadTx, actor: Actor, collection: Collection, since: number, limit: number, head: number): Promise<Page> {
  const docs: WireDoc[] = []
  let seq = since
  while (docs.length < limit) {
    const found = await tx.docsSince(actor.org, collection, seq, limit - docs.length)
    for (const doc of found) {
      seq = doc.seq
      const wire = toWire(doc, actor.member)
      if (wire)
        docs.push(wire)
    }
    if (found.length === 0)
      return { docs, seq: Math.max(seq, head), full: false }
  }
  return { docs, seq, full: true }
}

/** What this member's replica must hold, as a count and a sum over ids and versions. */
export async function digest(deps: SyncDeps, actor: Actor): Promise<DigestAnswer> {
  return deps.store.read(async (tx) => {
    const sync = await tx.orgSync(actor.org)
    const digests = { records: emptyDigest(), scores: emptyDigest() } as Record<Collection, Digest>
    for (const collection of collections) {
      for (const { id, v, audience, deleted } of await tx.versions(actor.org, collection)) {
        if (!deleted && (audience === '' || audience === actor.member))
          addToDigest(digests[collection], id, v)
      }
    }
    return { now: deps.now(), epoch: sync?.epoch ?? '', at: sync?.seq ?? 0, digests }
  })
}
