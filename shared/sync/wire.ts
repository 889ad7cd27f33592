import type { Body, Collection, Kind } from '#shared/record/envelope.ts'
import type { Stamp } from './stamp.ts'

/** A record as it travels down. `deleted` means purged, or no longer yours to see. */
export interface WireDoc {
  id: string
  kind: Kind
  v: Stamp
  d: Body
  deleted?: true
}

/** Why a row was refused: a stable code, and what the person needs to mend it. */
export interface Refusal {
  code: string
  /** The fields it is about, where not the whole record. */
  fields?: string[]
  /** Ids or words the sentence names. */
  about?: string[]
}

/** The answer to one row, in the order of the push. */
export interface RowAnswer {
  id: string
  /** The record as it now is, where that is not what was sent; null where there is none for you. */
  doc?: WireDoc | null
  refused?: Refusal
  /** An unknown parent: send again after the others; `doc` is then what stays if it never comes. */
  later?: true
  /** The writer's own values that did not stand, by field. */
  replaced?: Record<string, unknown>
}

export interface PushAnswer { now: number, epoch: string, rows: RowAnswer[] }

/** Where filling a new replica goes on; `later`: what a page needs first is there, the rest may wait. */
export interface Fill { at: string, later: boolean }

/** `fill`: what is older than `seq` and not yet sent. `purged`: the newest number after the cursor whose tombstone is gone, where there is one. */
export interface Page { docs: WireDoc[], seq: number, full: boolean, fill?: Fill, purged?: number }

/** `head` is the org's newest sequence number at the time of reading. */
export type PullAnswer = { now: number, epoch: string, head: number } & ({ reset: true } | { reset?: undefined, pages: Partial<Record<Collection, Page>> })

/**
 * One stream frame. `p` is the previous sequence, `s` this one: a gap shows.
 * A frame without docs is a heartbeat; `poke` says that the docs must be pulled.
 */
export interface Frame { p: number, s: number, now: number, docs?: (WireDoc & { c: Collection })[], poke?: true }
export interface Hello { hello: true, s: number, epoch: string, now: number }
export interface Bye { bye: 'stopping' | 'gone' | 'session' | 'slow' }
export type StreamMessage = Frame | Hello | Bye

export interface Digest { count: number, sum: number }
/** `at` is the sequence number the digest was taken at. */
export interface DigestAnswer { now: number, epoch: string, at: number, digests: Record<Collection, Digest> }
