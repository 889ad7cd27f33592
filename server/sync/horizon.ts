import type { Collection } from '#shared/record/envelope.ts'
import type { PullRequest } from '#shared/sync/protocol.ts'
import type { OrgSync, ReadTx, Store } from '../store/port.ts'

/** How long a tombstone tells replicas that were away what has gone, ms. */
export const tombstoneLife = 180 * 86_400_000

/** Removes tombstones past their time, org by org; answers how many. */
export async function purgeTombstones(store: Store, now: number): Promise<number> {
  const before = now - tombstoneLife
  const counts: number[] = []
  for (const org of await store.read(tx => tx.orgsWithTombstones(before)))
    counts.push(await store.write(tx => tx.purgeTombstones(org, before)))
  return counts.reduce((sum, count) => sum + count, 0)
}

/**
 * A cursor of another history, or one older than tombstones that are gone: what they told would never be heard.
 * Without an epoch a copy is being filled from the beginning: it was never given what they were about.
 */
export async function mustStartAnew(tx: ReadTx, org: string, sync: OrgSync, { epoch, since }: PullRequest): Promise<boolean> {
  const cursors = Object.entries(since) as [Collection, number][]
  if ((epoch !== '' && epoch !== sync.epoch) || cursors.some(([, at]) => at > sync.seq))
    return true
  for (const [collection, at] of epoch === '' ? [] : cursors) {
    if (at > 0 && at < sync.purgedSeq && at < await tx.purgedSeq(org, collection))
      return true
  }
  return false
}
