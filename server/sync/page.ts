import type { Collection } from '#shared/record/envelope.ts'
import type { Page, WireDoc } from '#shared/sync/wire.ts'
import type { ReadTx } from '../store/port.ts'
import type { Actor } from './actor.ts'
import { toWire } from './sight.ts'

/** A page is full or the last: records one may not see are read past, never counted. */
export async function page(tx: ReadTx, actor: Actor, collection: Collection, since: number, limit: number, head: number): Promise<Page> {
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
