import type { WireDoc } from '#shared/sync/wire.ts'
import type { StoredDoc } from '../store/port.ts'

/** Whether this member may see the record: other people's ballots stay here until the round closes. */
export const canSee = (doc: StoredDoc, member: string) => doc.audience === '' || doc.audience === member

/** The record as this member gets it; a tombstone where they lost sight of it; nothing where they never had it. */
export function toWire(doc: StoredDoc, member: string): WireDoc | undefined {
  const { id, kind, v, body } = doc
  if (doc.deleted || (!canSee(doc, member) && doc.shown))
    return { id, kind, v, d: {}, deleted: true }
  return canSee(doc, member) ? { id, kind, v, d: body } : undefined
}
