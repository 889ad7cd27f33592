import type { RxCollection, RxConflictHandler, RxDocument, RxJsonSchema, WithDeleted } from 'rxdb'
import type { Body, Kind } from '#shared/record/envelope.ts'
import type { Stamp } from '#shared/sync/stamp.ts'
import type { WireDoc } from '#shared/sync/wire.ts'
import { indexOf } from '#shared/record/envelope.ts'

/**
 * A record as RxDB stores it: the envelope stays at version 0 for ever, the body is under `d`.
 * `pend` holds the stamp of every field the server has not taken, `base` the `v` those edits had seen,
 * `dirty` is '1' while there are any.
 */
export interface Stored {
  id: string
  kind: Kind
  v: Stamp
  parent: string
  owner: string
  when: string
  rank: string
  dirty: '' | '1'
  base: Stamp
  pend: Record<string, Stamp>
  d: Body
}

export type StoredDocument = RxDocument<Stored>
export type StoredCollection = RxCollection<Stored>

const text = (maxLength: number) => ({ type: 'string', maxLength })

export const envelopeSchema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: text(200),
    kind: text(20),
    v: text(32),
    parent: text(200),
    owner: text(200),
    when: text(40),
    rank: text(80),
    dirty: text(1),
    base: text(32),
    pend: { type: 'object' },
    d: { type: 'object' },
  },
  required: ['id', 'kind', 'v', 'parent', 'owner', 'when', 'rank', 'dirty', 'base', 'pend', 'd'],
  indexes: [['kind', 'parent'], ['kind', 'owner'], ['kind', 'when'], ['dirty']],
} as unknown as RxJsonSchema<Stored>

/** What belongs to this device alone and is never sent: kept changes, drafts, the clock. */
export interface DeviceNote {
  id: string
  kind: string
  at: number
  d: Record<string, unknown>
}

export const deviceSchema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: { id: text(300), kind: text(20), at: { type: 'number' }, d: { type: 'object' } },
  required: ['id', 'kind', 'at', 'd'],
} as unknown as RxJsonSchema<DeviceNote>

/** Two states are equal when their names are; the server's answer to a clash is already merged. */
export const conflictHandler: RxConflictHandler<Stored> = {
  isEqual: (a, b) => a.v === b.v && Boolean(a._deleted) === Boolean(b._deleted),
  resolve: async ({ realMasterState }) => realMasterState,
}

/** A record that came down the wire, as this replica stores it: nothing pending. */
export function fromWire({ id, kind, v, d, deleted }: WireDoc): WithDeleted<Stored> {
  return { id, kind, v, ...indexOf(kind, d), dirty: '', base: '', pend: {}, d, _deleted: deleted === true }
}
