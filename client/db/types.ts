import type { Observable } from 'rxjs'
import type { Bodies, Doc, Kind } from '#shared/record/envelope.ts'
import type { Refusal } from '#shared/sync/wire.ts'

/** A record on this device. `waiting` names the fields the server has not taken yet. */
export type Rec<K extends Kind = Kind> = Doc<K> & { waiting: readonly string[] }

export interface Query<K extends Kind = Kind> {
  kind: K
  /** These very records; the other conditions are then not asked. */
  ids?: readonly string[]
  parent?: string | readonly string[]
  owner?: string
  when?: readonly string[]
}

export type Fields<K extends Kind> = { [F in keyof Bodies[K]]?: Bodies[K][F] | null }

/** A change that did not stand, kept with the person's own values until they decide. */
export interface Kept {
  id: string
  /** `refused`: the server or a rule said no. `replaced`: somebody's newer value stands. */
  reason: 'refused' | 'replaced'
  record: string
  kind: Kind
  at: number
  refusal: Refusal
  fields: Record<string, unknown>
}

export interface SyncState {
  /** Whether the server answered lately; `navigator.onLine` is not asked. */
  connection: 'online' | 'offline' | 'signed-out' | 'outdated' | 'starting'
  /** When the server last confirmed that this replica is current; 0 for never. */
  lastSync: number
  /** The server's clock minus this device's, in ms, as far as known. */
  ahead: number
  /** True once everything the server had at sign-in is here. */
  ready: boolean
  /** The device has no room: what is typed now cannot be kept. */
  full?: boolean
  /** This device had cleared the copy: so many changes were in it that the server never got. */
  lost?: number
}

/** One person's copy of one org on this device: the only door to the records. */
export interface Replica {
  readonly org: string
  readonly member: string
  /** This device's clock, corrected by the server's as far as known. */
  now: () => number
  find: <K extends Kind>(query: Query<K>) => Observable<readonly Rec<K>[]>
  one: <K extends Kind>(id: string) => Observable<Rec<K> | undefined>
  get: <K extends Kind>(id: string) => Promise<Rec<K> | undefined>
  /** Writes a new record with a fresh id (or the given one); resolves when it is safe on this device. */
  add: <K extends Kind>(kind: K, body: Bodies[K], id?: string) => Promise<string>
  /** Writes many new records in one go. */
  addAll: (rows: readonly { kind: Kind, id: string, body: Bodies[Kind] }[]) => Promise<void>
  /** Sets fields (null empties one); creates nothing. Resolves when safe on this device. */
  set: <K extends Kind>(id: string, fields: Fields<K>) => Promise<void>
  /** Sets fields of a sheet or ballot, making the record when it is not there. */
  put: <K extends 'sheet' | 'ballot'>(kind: K, id: string, fields: Fields<K>, otherwise: Bodies[K]) => Promise<void>
  readonly state: Observable<SyncState>
  readonly waiting: Observable<readonly Rec[]>
  readonly kept: Observable<readonly Kept[]>
  /** Lets a kept change go. */
  letGo: (id: string) => Promise<void>
  /** Drafts: what is typed and not yet a record, kept through anything. */
  draft: (key: string) => Promise<string | undefined>
  saveDraft: (key: string, text: string | undefined) => Promise<void>
  /** Asks the server now. */
  retry: () => void
  close: () => Promise<void>
  /** Takes over what an older copy of the same member alone has, and deletes it, once no other tab has it open. */
  adopt: (older: string) => Promise<void>
  /** The person has read what was lost. */
  forgetLoss: () => Promise<void>
  /** Closes and deletes every trace of this replica on this device. */
  purge: () => Promise<void>
}
