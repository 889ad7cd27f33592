import type { RxStorage } from 'rxdb'
import type { Body, Kind } from '#shared/record/envelope.ts'
import type { Collections, Context } from './context.ts'
import type { Stored } from './schema.ts'
import type { Fields, Kept, Replica, SyncState } from './types.ts'
import { createRxDatabase } from 'rxdb/plugins/core'

import { BehaviorSubject, combineLatest, filter, firstValueFrom, from, map, of, switchMap, take, timeout } from 'rxjs'
import { newId } from '#shared/record/ids.ts'
import { createClock } from '#shared/sync/stamp.ts'
import { collectionFor, modify } from './context.ts'
import { createNotes } from './device.ts'
import { created, edited } from './edit.ts'
import { createReader } from './live.ts'
import { deleteDatabases } from './purge.ts'
import { createQuiet, startWhenQuiet } from './quiet.ts'
import { conflictHandler, deviceSchema, envelopeSchema } from './schema.ts'
import { createStorage } from './storage.ts'

export interface ReplicaOptions {
  org: string
  member: string
  /** Where the server is; '' for this page's own origin. */
  base?: string
  fetch?: typeof fetch
  headers?: Record<string, string>
  storage?: RxStorage<unknown, unknown>
  /** This device's clock, ms. */
  wallClock?: () => number
  /** Tells apart several replicas of one member in one process. */
  name?: string
  multiInstance?: boolean
  /** A request not answered by then counts as offline, ms. */
  timeout?: number
  /** How often this replica and the server compare what they hold, ms. */
  compareEvery?: number
  /** The server said this member is no longer in the org: the replica has deleted itself. */
  onGone?: () => void
  /** The server has another history (restored from a backup): the replica has deleted itself and must be opened anew. */
  onReset?: (carried: readonly Kept[]) => void
  /** What an earlier replica could not send: kept, so that nothing typed is lost. */
  carried?: readonly Kept[]
}

/** How long a replica of an old history may take to send what waits, ms. */
const drainTime = 10_000

const randomBytes = (bytes: Uint8Array) => void crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>)
const newNode = () => newId('org', 0, randomBytes).slice(-6)

/**
 * What the server's clock is ahead of ours by: it was read after we sent and before we received, so an
 * offset between those bounds is kept. A slow answer must not make a right clock wrong.
 */
export function offsetAfter(offset: number, serverNow: number, received: number, sent = -Infinity): number {
  return Math.min(Math.max(offset, serverNow - received), serverNow - sent)
}

/** Opens this member's copy of the org on this device and keeps it in sync until it is closed. */
export async function openReplica(options: ReplicaOptions): Promise<Replica> {
  const { org, member, wallClock = Date.now, multiInstance = true } = options
  const name = options.name ?? `otp-${org}-${member}`
  performance.mark('replica:opens')
  const db = await createRxDatabase<Collections>({ name, storage: options.storage ?? createStorage(), multiInstance })
  await db.addCollections({
    records: { schema: envelopeSchema, conflictHandler },
    scores: { schema: envelopeSchema, conflictHandler },
    device: { schema: deviceSchema },
  })
  const quiet = createQuiet()
  const reader = createReader(db)
  // What every page asks first is read while the page's code is still coming.
  for (const kind of ['org', 'member', 'seat', 'team', 'round'] as const)
    reader.find({ kind }).pipe(take(1)).subscribe(() => performance.mark('replica:answers'))
  const state = new BehaviorSubject<SyncState>({ connection: 'starting', lastSync: 0, ahead: 0, ready: false })
  const now = () => wallClock() + state.value.ahead
  const notes = createNotes(db.device, now)
  const [remembered, epoch] = await Promise.all([notes.remembered<Partial<SyncState>>('sync'), notes.remembered<string>('epoch')])
  state.next({ ...state.value, ...remembered })
  const known = { time: false, ending: false }
  const context: Context = { db, clock: createClock(now, newNode()), notes, serverNow: () => known.time ? now() : undefined }
  const sync = await startWhenQuiet(quiet.come, async () => (await import('./sync.ts')).startSync(context, { ...options, epoch }, state, {
    heard: (serverNow, sent) => {
      known.time = true
      state.next({ ...state.value, connection: 'online', lastSync: serverNow, ahead: offsetAfter(state.value.ahead, serverNow, wallClock(), sent) })
    },
    gone: () => void leave(),
    reset: () => void renew(),
  }))
  const edit = (id: string, fields: Body) => modify(db, id, stored => edited(stored, fields, context.clock))

  const waiting = from(quiet.come).pipe(
    switchMap(() => combineLatest([db.records, db.scores].map(collection => collection.find({ selector: { dirty: '1' }, index: ['dirty'] }).$))),
    map(found => found.flat()),
  )
  for (const kept of options.carried ?? [])
    await notes.keep(kept)

  /** Push is still open to a replica of an old history: what waits goes first, what does not go is carried over. */
  async function renew() {
    if (known.ending)
      return
    known.ending = true
    await firstValueFrom(waiting.pipe(filter(found => found.length === 0), timeout({ first: drainTime, with: () => of([]) })))
    const carried = (await firstValueFrom(waiting)).map(document => carriedOver(document.toJSON() as Stored, now()))
    await purge()
    options.onReset?.(carried)
  }

  /** Push, pull and stream may all bring the news. */
  async function leave() {
    if (known.ending)
      return
    known.ending = true
    await purge()
    options.onGone?.()
  }

  async function close() {
    await sync.stop()
    await db.close()
  }

  async function purge() {
    await close()
    if (options.storage)
      return
    await deleteDatabases(name)
  }

  return {
    org,
    member,
    now,
    find: query => quiet.counted(reader.find(query)),
    one: id => quiet.counted(reader.one(id)),
    get: reader.get,
    add: async (kind, body, id = newId(kind, now(), randomBytes)) => {
      await collectionFor(db, kind).insert(created(kind, id, body as Body, context.clock))
      return id
    },
    addAll: async (rows) => {
      for (const collection of ['records', 'scores'] as const) {
        const fitting = rows.filter(row => collectionFor(db, row.kind) === db[collection])
        await db[collection].bulkInsert(fitting.map(({ kind, id, body }) => created(kind, id, body as Body, context.clock)))
      }
    },
    set: async (id, fields) => {
      if (!await edit(id, fields as Body))
        throw new Error(`set on a record that is not here: ${id}`)
    },
    put: async <K extends 'sheet' | 'ballot'>(kind: K, id: string, fields: Fields<K>, otherwise: Body) => {
      if (await edit(id, fields as Body))
        return
      const fresh = created(kind as Kind, id, { ...otherwise, ...fields as Body }, context.clock)
      await collectionFor(db, kind).insert(fresh).catch(async (error: { code?: string }) => {
        if (error.code !== 'CONFLICT' || !await edit(id, fields as Body))
          throw error
      })
    },
    state,
    waiting: waiting.pipe(map(found => found.map(reader.toRec))),
    kept: from(quiet.come).pipe(switchMap(() => notes.kept)),
    letGo: notes.letGo,
    draft: notes.draft,
    saveDraft: notes.saveDraft,
    retry: sync.retry,
    close,
    purge,
  } as Replica
}

function carriedOver({ id, kind, d, pend, v }: Stored, at: number): Kept {
  const fields = Object.fromEntries(Object.keys(pend).map(field => [field, d[field] ?? null]))
  return { id: `kept:${id}:${v}`, reason: 'refused', record: id, kind, at, refusal: { code: 'reset' }, fields }
}
