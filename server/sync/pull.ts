import type { Collection } from '#shared/record/envelope.ts'
import type { PullRequest } from '#shared/sync/protocol.ts'
import type { DigestAnswer, Page, PullAnswer } from '#shared/sync/wire.ts'
import type { Actor } from './actor.ts'
import type { SyncDeps } from './sync.ts'
import { addToDigest, emptyDigest, sumOfDigests } from '#shared/sync/digest.ts'
import { fillPage } from './fill.ts'
import { mustStartAnew } from './horizon.ts'
import { page } from './page.ts'

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
      const fill = request.fill?.[collection]
      if (since === undefined)
        continue
      const found = fill === undefined
        ? await page(tx, actor, collection, since, request.limit, sync.seq)
        : await fillPage(tx, actor, collection, { since, fill, limit: request.limit }, sync.seq, deps.now())
      const purged = since < sync.purgedSeq ? await tx.purgedSeq(actor.org, collection) : 0
      pages[collection] = { ...found, ...since < purged && { purged } }
    }
    return { ...base, pages }
  })
}

/** What this member's replica must hold, as a count and a sum over ids and versions. */
export async function digest(deps: SyncDeps, actor: Actor): Promise<DigestAnswer> {
  return deps.store.read(async (tx) => {
    const sync = await tx.orgSync(actor.org)
    if (!sync)
      throw new Error('digest of an org that was never opened')
    // What not everybody sees is its owner's alone.
    const mine = emptyDigest()
    for (const kind of ['ballot', 'priority'] as const) {
      for (const { id, v, audience, deleted } of await tx.docsByOwner(actor.org, actor.member, kind)) {
        if (!deleted && audience === actor.member)
          addToDigest(mine, id, v)
      }
    }
    const { records, scores } = sync.digests
    return { now: deps.now(), epoch: sync.epoch, at: sync.seq, digests: { records: sumOfDigests(records, mine), scores } }
  })
}
