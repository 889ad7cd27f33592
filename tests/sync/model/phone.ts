import type { Body, Kind } from '#shared/record/envelope.ts'
import type { Context } from '../../../client/db/context.ts'
import type { Stored } from '../../../client/db/schema.ts'
import type { Sync } from '../../../client/db/sync.ts'
import type { Kept, SyncState } from '../../../client/db/types.ts'
import type { Actor } from '../../../server/sync/actor.ts'
import type { Fork, Row } from './disk.ts'
import type { ModelNet } from './net.ts'
import type { Time } from './time.ts'
import { BehaviorSubject } from 'rxjs'
import { collectionOf } from '#shared/record/envelope.ts'
import { createClock } from '#shared/sync/stamp.ts'
import { created, edited } from '../../../client/db/edit.ts'
import { offsetAfter } from '../../../client/db/open.ts'
import { startSync } from '../../../client/db/sync.ts'
import { createFork, emptyDisk } from './disk.ts'

export interface Typed { id: string, field: string, value: unknown }

export interface ModelPhone {
  actor: Actor
  net: ModelNet
  /** How far this device's clock is off, ms. */
  wall: { offset: number }
  kept: Map<string, Kept>
  state: BehaviorSubject<SyncState>
  /** What was written here, field by field. */
  typed: Typed[]
  /** What should never have been seen here. */
  wrongs: string[]
  rows: () => Stored[]
  find: (kind: Kind) => Stored[]
  /** The record set, or made where it is not there and `otherwise` says how. */
  put: (kind: Kind, id: string, fields: Body, otherwise?: Body) => void
  retry: () => void
  /** The app ends and is opened again on what lies on the device. */
  restart: () => Promise<void>
  stop: () => Promise<void>
}

const never = 1e12

/** A phone as the app makes one, except that RxDB and its storage are maps. */
export function createModelPhone(time: Time, net: ModelNet, actor: Actor, name: string): ModelPhone {
  const disks = { records: emptyDisk(), scores: emptyDisk() }
  const remembered = new Map<string, unknown>()
  const wall = { offset: 0 }
  const wallClock = () => time.now() + wall.offset
  const kept = new Map<string, Kept>()
  const state = new BehaviorSubject<SyncState>({ connection: 'starting', lastSync: 0, ahead: 0, ready: false })
  const now = () => wallClock() + state.value.ahead
  const notes = { keep: async (one: Kept) => void kept.set(one.id, one), remember: async (key: string, value: unknown) => void remembered.set(key, value) }
  const typed: Typed[] = []
  const wrongs: string[] = []
  const newest = new Map<string, string>()
  /** What waits for nothing is a state the server gave: it only moves on, until it goes. */
  const watch = ({ doc: { id, v, dirty, _deleted } }: Row) => {
    if (!dirty && v < (newest.get(id) ?? ''))
      wrongs.push(`[O1] ${actor.member}'s ${id} went back from ${newest.get(id)} to ${v}`)
    if (!dirty)
      newest.set(id, _deleted ? '' : v)
  }
  let runs = 0
  const start = () => {
    const known = { time: false }
    const forks = { records: createFork(disks.records, wallClock, watch), scores: createFork(disks.scores, wallClock, watch) }
    const context = { db: { ...forks, closed: false }, clock: createClock(now, `${name}${runs++}`.padEnd(6, '0')), notes, serverNow: () => known.time ? now() : undefined } as unknown as Context
    state.next({ ...state.value, connection: 'starting', ready: false })
    const sync = startSync(context, { ...actor, wallClock, fetch: net.fetch, compareEvery: never, epoch: remembered.get('epoch') as string }, state, {
      heard: (serverNow, sent) => {
        known.time = true
        state.next({ ...state.value, connection: 'online', lastSync: serverNow, ahead: offsetAfter(state.value.ahead, serverNow, wallClock(), sent) })
      },
      gone: () => wrongs.push(`[D4] ${actor.member} was told the company is gone`),
      reset: () => wrongs.push(`[D4] ${actor.member} was told to begin anew`),
    })
    return { context, forks, sync }
  }
  let app: { context: Context, forks: Record<'records' | 'scores', Fork>, sync: Sync } = start()
  const rows = () => Object.values(disks).flatMap(disk => [...disk.rows.values()]).filter(({ doc }) => !doc._deleted).map(({ doc }) => doc)
  return {
    actor,
    net,
    wall,
    kept,
    state,
    typed,
    wrongs,
    rows,
    find: kind => rows().filter(row => row.kind === kind).sort((a, b) => a.id < b.id ? -1 : 1),
    put: (kind, id, fields, otherwise) => {
      const fork = app.forks[collectionOf(kind)]
      typed.push(...Object.entries(fields).map(([field, value]) => ({ id, field, value })))
      const held = fork.disk.rows.get(id)
      if (held && !held.doc._deleted)
        fork.write({ ...edited(held.doc, fields, app.context.clock), _deleted: false }, held)
      else if (otherwise)
        fork.write({ ...created(kind, id, { ...otherwise, ...fields }, app.context.clock), _deleted: false }, held)
    },
    retry: () => app.sync.retry(),
    stop: async () => {
      await app.sync.stop()
      app.context.db.closed = true as never
    },
    restart: async () => {
      void app.sync.stop()
      app = start()
    },
  }
}
