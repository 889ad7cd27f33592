import type { Body, Collection, Kind } from '#shared/record/envelope.ts'
import type { Stamp } from '#shared/sync/stamp.ts'
import type { Accounts } from './accounts.ts'

/** A record as the store keeps it: the body, a stamp per field, and its place in the org's order. */
export interface StoredDoc {
  id: string
  kind: Kind
  seq: number
  v: Stamp
  deleted: boolean
  /** Who may see it: '' everybody in the org, else a member's id. */
  audience: string
  parent: string
  owner: string
  body: Body
  stamps: Record<string, Stamp>
}

/** One line of the org's history: who set which fields, and which values lost to it. */
export interface Change {
  seq: number
  id: string
  v: Stamp
  by: string
  at: number
  set: Record<string, [value: unknown, stamp: Stamp]>
  /** Values that did not stand, with their stamps and writers. */
  lost: Record<string, [value: unknown, stamp: Stamp, by: string]>
}

export interface OrgSync { seq: number, purgedSeq: number, epoch: string, stamp: Stamp }

export interface ReadTx {
  orgSync: (org: string) => Promise<OrgSync | undefined>
  docs: (org: string, ids: readonly string[]) => Promise<StoredDoc[]>
  docsByKind: (org: string, kind: Kind) => Promise<StoredDoc[]>
  docsByParent: (org: string, parents: readonly string[], kind: Kind) => Promise<StoredDoc[]>
  /** Records after `since` in sequence order. */
  docsSince: (org: string, collection: Collection, since: number, limit: number) => Promise<StoredDoc[]>
  /** Every record between two sequence numbers, both collections, in order. */
  docsBetween: (org: string, after: number, upTo: number) => Promise<StoredDoc[]>
  changesOf: (org: string, id: string, limit: number) => Promise<Change[]>
  changesLostBy: (org: string, by: string, since: number) => Promise<Change[]>
  versions: (org: string, collection: Collection) => AsyncIterable<{ id: string, v: Stamp, audience: string, deleted: boolean }>
}

export interface WriteTx extends ReadTx {
  /** Locks and reads; held until the transaction ends. */
  lockDocs: (org: string, ids: readonly string[]) => Promise<StoredDoc[]>
  createOrgSync: (org: string, epoch: string, stamp: Stamp) => Promise<void>
  /** Takes `count` sequence numbers, last thing before the writes: the first one. */
  takeSeq: (org: string, count: number, stamp: Stamp) => Promise<number>
  putDocs: (org: string, docs: readonly StoredDoc[]) => Promise<void>
  /** Raises stamps without a new sequence number. */
  putStamps: (org: string, id: string, stamps: Record<string, Stamp>) => Promise<void>
  addChanges: (org: string, changes: readonly Change[]) => Promise<void>
  addRefusal: (org: string, refusal: { at: number, by: string, id: string, code: string, patch: unknown }) => Promise<void>
}

/** Where everything durable lives. A resolved `write` is on the disk. */
export interface Store {
  kind: 'sqlite' | 'postgres'
  accounts: Accounts
  read: <T>(work: (tx: ReadTx) => Promise<T>) => Promise<T>
  write: <T>(work: (tx: WriteTx) => Promise<T>) => Promise<T>
  close: () => Promise<void>
}
