import type { Kind } from '#shared/record/envelope.ts'
import type { StoredDoc } from '../../server/store/port.ts'
import type { SyncDeps } from '../../server/sync/sync.ts'
import { mint, touch, writeBatch } from '../../server/sync/batch.ts'
import { openBatch } from '../../server/sync/commit.ts'
import { undertaker } from './changes.ts'

/** Kinds no other record is part of. */
const leaves: Kind[] = ['issue', 'todo', 'headline', 'priority', 'review', 'procedure', 'delivery']

/** Which records are to end: `first` where they can, else by chance. */
export interface Burial { org: string, first: readonly string[], rolls: readonly number[] }

/**
 * Ends records as a server would: no use case of the product does so yet, yet its tombstones, their purge and its
 * consequences are promised. It runs in the server's own process, with its own store, merge and stream.
 */
export async function bury({ store, ...deps }: SyncDeps, { org, first, rolls }: Burial): Promise<void> {
  const head = await store.write(async (tx) => {
    const living = (await Promise.all(leaves.map(kind => tx.docsByKind(org, kind)))).flat().filter(doc => !doc.deleted)
    const chosen = [...new Set([...living.filter(({ id }) => first.includes(id)), ...rolls.flatMap(roll => living[roll % living.length] ?? [])])].slice(0, rolls.length)
    await tx.lockDocs(org, chosen.map(({ id }) => id))
    const sync = await tx.orgSync(org)
    if (!sync)
      throw new Error('records of an org that was never opened')
    const batch = await openBatch(tx, { store, ...deps }, org, undertaker, sync, chosen.map(({ kind, id }) => ({ kind, id, set: {} })))
    chosen.flatMap(({ id }) => batch.world.doc(id) ?? []).forEach((doc: StoredDoc) => touch(batch, { ...doc, deleted: true, body: {}, v: mint(batch, doc, doc.stamps) }))
    return writeBatch(tx, org, batch, deps.now())
  })
  if (head !== undefined)
    deps.hub.changed(org, head)
}
