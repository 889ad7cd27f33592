import type { RxStorage } from 'rxdb'
import type { Context } from './context.ts'
import type { Told } from './patient.ts'
import type { Rec, Replica, SyncState } from './types.ts'
import { BehaviorSubject, combineLatest, from, map, ReplaySubject, switchMap, take } from 'rxjs'
import { createClock } from '#shared/sync/stamp.ts'
import { currentCopy, holdCopy } from './copy.ts'
import { openDatabase } from './database.ts'
import { createNotes } from './device.ts'
import { createReader } from './live.ts'
import { patient } from './patient.ts'
import { createQuiet, startWhenQuiet } from './quiet.ts'
import { createStorage } from './storage.ts'
import { createWriter, newNode } from './writer.ts'

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
  /** The copy to open, where it is not the one this device points to. */
  name?: string
  multiInstance?: boolean
  /** A request not answered by then counts as offline, ms. */
  timeout?: number
  /** A record as the page has it already, where it is still the same. */
  glimpsed?: (rec: Rec) => Rec | undefined
  /** How often this replica and the server compare what they hold, ms. */
  compareEvery?: number
  /** The server said this member is no longer in the org: the replica has deleted itself. */
  onGone?: () => void
  /** The server has another history, or this replica was away too long: it closes, and goes on in the copy that was built anew. */
  onReset?: (renewed: Promise<Replica>) => void
  /** Asked when this copy would have to be built anew: whether it still is, and whoever builds it begins again. */
  isBegunAgain?: () => boolean
  /** The browser took the database away: only a reload brings it back. */
  onLost?: () => void
}

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
  const name = options.name ?? currentCopy(org, member)
  const onDevice = options.storage === undefined
  performance.mark('replica:opens')
  const state = new BehaviorSubject<SyncState>({ connection: 'starting', lastSync: 0, ahead: 0, ready: false })
  const known = { time: false, ending: false, renewing: false, building: Promise.resolve<unknown>(undefined) }
  const closed = new ReplaySubject<void>(1)
  const told: Told = (fault) => {
    const full = fault === 'full'
    if (fault === 'lost' && !known.ending)
      options.onLost?.()
    else if (full !== (state.value.full === true))
      state.next({ ...state.value, full })
  }
  const storage = patient(options.storage ?? createStorage(), told)
  const db = await openDatabase(name, storage, multiInstance)
  const release = onDevice ? holdCopy(name) : () => {}
  const quiet = createQuiet(300)
  const reader = createReader(db, options.glimpsed)
  reader.find({ kind: 'org' }).pipe(take(1)).subscribe(() => performance.mark('replica:answers'))
  const now = () => wallClock() + state.value.ahead
  const notes = createNotes(db.device, now)
  const [remembered, epoch, began] = await Promise.all([notes.remembered<Partial<SyncState>>('sync'), notes.remembered<string>('epoch'), notes.remembered<number>('began')])
  state.next({ ...state.value, ...remembered })
  const context: Context = { db, clock: createClock(now, newNode()), notes, serverNow: () => known.time || state.value.connection === 'outdated' ? now() : undefined }
  const sync = await startWhenQuiet(quiet.come, async () => (await import('./sync.ts')).startSync(context, { ...options, epoch, began }, state, {
    heard: (serverNow, sent) => {
      known.time = true
      // Push is open to every version; that this one is too old stays so until a stream opens.
      const connection = sent !== undefined && state.value.connection === 'outdated' ? 'outdated' : 'online'
      state.next({ ...state.value, connection, lastSync: serverNow, ahead: offsetAfter(state.value.ahead, serverNow, wallClock(), sent) })
    },
    gone: () => void leave(),
    reset: () => void renew(),
  }))
  const waiting = from(quiet.come).pipe(
    switchMap(() => combineLatest([db.records, db.scores].map(collection => collection.find({ selector: { dirty: '1' }, index: ['dirty'] }).$))),
    map(found => found.flat()),
  )
  const adopt = async (older: string) => {
    const { adopt: takeOver } = await import('./adopt.ts')
    if (!onDevice)
      return takeOver(context, older, storage)
    const { deleteCopy, onceUnused } = await import('./copies.ts')
    return onceUnused(older, () => takeOver(context, older, storage).then(() => deleteCopy(older)))
  }
  const life = onDevice && typeof window !== 'undefined'
    ? quiet.come.then(() => import('./life.ts')).then(({ startLife }) => known.ending ? undefined : startLife({ name, context, state, waiting, adopt })).catch(() => undefined)
    : Promise.resolve(undefined)

  /** Every pull says so again: where building anew fails, the next one tries. */
  async function renew() {
    if (known.ending || known.renewing || options.isBegunAgain?.())
      return
    known.renewing = true
    const building = import('./renew.ts').then(({ renewBeside }) => renewBeside({ name, options, waiting, closed, building: work => void (known.building = work), close: end }, openReplica))
    await building.catch(() => {})
    known.renewing = false
  }

  /** Push, pull and stream may all bring the news. */
  async function leave() {
    if (known.ending)
      return
    known.ending = true
    await purge()
    options.onGone?.()
  }

  /** A page that opens the new copy next must find it let go by whoever was building it. */
  async function close() {
    await end()
    await known.building.catch(() => {})
  }

  async function end() {
    known.ending = true
    closed.next()
    await sync.stop();
    (await life)?.()
    await db.close()
    release()
  }

  async function purge() {
    const copies = onDevice ? await import('./copies.ts') : undefined
    await close()
    await copies?.deleteCopies(name)
  }

  return {
    org,
    member,
    now,
    find: query => quiet.counted(reader.find(query)),
    one: id => quiet.counted(reader.one(id)),
    get: reader.get,
    ...createWriter(context, now),
    state,
    waiting: waiting.pipe(map(found => found.map(reader.toRec))),
    kept: from(quiet.come).pipe(switchMap(() => notes.kept)),
    letGo: notes.letGo,
    draft: notes.draft,
    saveDraft: notes.saveDraft,
    retry: sync.retry,
    adopt,
    forgetLoss: async () => {
      state.next({ ...state.value, lost: undefined })
      await notes.remember('lost', null)
    },
    close,
    purge,
  } as Replica
}
