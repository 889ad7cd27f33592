import type { Body, Collection, Kind } from '#shared/record/envelope.ts'
import type { Stamp } from '#shared/sync/stamp.ts'
import type { Digest } from '#shared/sync/wire.ts'
import type { Fanout } from '../sync/fanout.ts'
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
  /** Whether everybody could see it at some time: then losing sight of it is told. */
  shown: boolean
  parent: string
  owner: string
  when: string
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

/** `digests`: of all that everybody in the org may see. */
export interface OrgSync { seq: number, purgedSeq: number, epoch: string, stamp: Stamp, digests: Record<Collection, Digest> }
export interface RefusalRow { at: number, by: string, id: string, code: string, patch: unknown }

export interface ReadTx {
  /** Up to which change the tombstones of a collection are gone; 0 where none are. */
  purgedSeq: (org: string, collection: Collection) => Promise<number>
  /** The orgs that hold tombstones written before then. */
  orgsWithTombstones: (before: number) => Promise<string[]>
  orgSync: (org: string) => Promise<OrgSync | undefined>
  /** How far these orgs are. */
  heads: (orgs: readonly string[]) => Promise<{ org: string, seq: number }[]>
  docs: (org: string, ids: readonly string[]) => Promise<StoredDoc[]>
  docsByKind: (org: string, kind: Kind) => Promise<StoredDoc[]>
  docsByParent: (org: string, parent: string, kind: Kind) => Promise<StoredDoc[]>
  /** Records held or owned by this member. */
  docsByOwner: (org: string, owner: string, kind: Kind) => Promise<StoredDoc[]>
  /** Whether anybody entered a score that is not the demo company's. */
  hasScores: (org: string) => Promise<boolean>
  /** Records after `since` in sequence order. */
  docsSince: (org: string, collection: Collection, since: number, limit: number) => Promise<StoredDoc[]>
  /** Living records of one time, by id, none changed after `upTo`. */
  docsOfWhen: (org: string, collection: Collection, when: string, page: { after: string, upTo: number, limit: number }) => Promise<StoredDoc[]>
  /** The newest time that has records, before this one where one is given. */
  whenBefore: (org: string, collection: Collection, when?: string) => Promise<string | undefined>
  /** Every record whose newest change lies in (after, upTo], both collections, in order. */
  docsBetween: (org: string, after: number, upTo: number) => Promise<StoredDoc[]>
  /** The history of one record, newest first. */
  changesOf: (org: string, id: string, limit: number) => Promise<Change[]>
  /** Changes in which a value by this writer did not stand, newest first. */
  changesLostBy: (org: string, by: string, since: number) => Promise<Change[]>
}

export interface WriteTx extends ReadTx {
  /** Locks ids until the transaction ends, all in one order, and then reads those that exist. */
  lockDocs: (org: string, ids: readonly string[]) => Promise<StoredDoc[]>
  createOrgSync: (org: string, epoch: string, stamp: Stamp) => Promise<void>
  /** Gives every org a new history: phones then build their copies anew. For after a restore. */
  renewEpochs: (epoch: string) => Promise<void>
  /** Takes `count` sequence numbers, last thing before the writes; answers the first. `change` goes onto the digests. */
  takeSeq: (org: string, count: number, stamp: Stamp, change?: Record<Collection, Digest>) => Promise<number>
  putDocs: (org: string, docs: readonly StoredDoc[]) => Promise<void>
  /** Raises stamps without a new sequence number. */
  putStamps: (org: string, id: string, stamps: Record<string, Stamp>) => Promise<void>
  /** Removes an org's tombstones written before then, and notes how far they reached; answers how many they were. */
  purgeTombstones: (org: string, before: number) => Promise<number>
  addChanges: (org: string, changes: readonly Change[]) => Promise<void>
  /** One person's; of each person the newest few hundred are kept. */
  addRefusals: (org: string, refusals: readonly RefusalRow[]) => Promise<void>
}

/** Where everything durable lives. A resolved `write` is on the disk. */
export interface Store {
  kind: 'sqlite' | 'postgres'
  accounts: Accounts
  /** How this process and others on the same store tell each other what moved. */
  fanout: Fanout
  /** One statement, which needs no snapshot around it. */
  glance: <T>(work: (tx: ReadTx) => Promise<T>) => Promise<T>
  /** One snapshot, read only. */
  read: <T>(work: (tx: ReadTx) => Promise<T>) => Promise<T>
  /** All or nothing; may run again when the database asks for it. */
  write: <T>(work: (tx: WriteTx) => Promise<T>) => Promise<T>
  close: () => Promise<void>
}
