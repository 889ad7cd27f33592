import type { BehaviorSubject } from 'rxjs'
import type { Context } from './context.ts'
import type { WireFault } from './http.ts'
import type { PulledPages } from './mux.ts'
import type { ReplicaOptions } from './open.ts'
import type { SyncState } from './types.ts'
import { filter, Subject, take } from 'rxjs'
import { pushStranded, repair } from './audit.ts'
import { createFeed } from './feed.ts'
import { createGate } from './gate.ts'
import { createWire, WireError } from './http.ts'
import { createMux } from './mux.ts'
import { withoutOld } from './news.ts'
import { storageFaultOf } from './patient.ts'
import { replicate } from './replication.ts'

export interface SyncEvents {
  /** `sent`: when the request left, where it was one, by this device's clock. */
  heard: (serverNow: number, sent?: number) => void
  gone: () => void
  /** The server has another history than this replica. */
  reset: () => void
}

/** What this copy remembers of its beginning: the history, and how far that had come. */
export interface Beginning { epoch?: string, began?: number }

export interface Sync {
  retry: () => void
  stop: () => Promise<void>
}

const auditEvery = 60_000
const compareEvery = 5 * 60_000

/** Runs both replications over one stream and one request at a time, and looks after them. */
export function startSync(context: Context, options: ReplicaOptions & Beginning, state: BehaviorSubject<SyncState>, events: SyncEvents): Sync {
  const wire = createWire({
    base: options.base ?? '',
    org: options.org,
    member: options.member,
    fetch: options.fetch ?? ((...call) => fetch(...call)),
    timeout: options.timeout,
    headers: options.headers,
  })
  const gate = createGate(() => performance.now(), Math.random)
  const lost = ({ fault }: { fault: WireFault }) => {
    if (fault === 'gone')
      events.gone()
    else if (fault !== 'busy')
      state.next({ ...state.value, connection: connectionAfter(fault) })
  }
  const pokes = new Subject<void>()
  const epoch = createEpoch(context, options.epoch, options.began, () => state.value.ready, events.reset)
  const feed = createFeed(wire, gate, epoch.known, { resync: () => pokes.next(), heard: events.heard, lost })
  const mux = withoutOld(createMux(wire, gate, feed, epoch, { heard: events.heard, wallClock: options.wallClock ?? Date.now, lost, reset: events.reset }))
  const replications = { records: replicate(context, mux, 'records', events.reset), scores: replicate(context, mux, 'scores', events.reset) }
  const resyncAll = () => Object.values(replications).forEach(replication => replication.resync())
  const poked = pokes.subscribe(resyncAll)

  /** The replica may close while it is being looked through. */
  const whenClosed = (error: unknown) => {
    if (!context.db.closed && !context.db.records.closed)
      unlessTold(error)
  }
  const mend = () => state.value.connection === 'online' ? repair(context, wire, replications, epoch.known()).catch(() => 0) : 0
  const inSync = () => Promise.all(Object.values(replications).map(({ state: rx }) => rx.awaitInSync()))
  const lookOver = async (isStart: boolean) => {
    const rewritten = await Promise.all([
      pushStranded(context, 'records', replications.records, isStart),
      pushStranded(context, 'scores', replications.scores, isStart),
    ])
    if (rewritten.some(count => count > 0))
      await inSync().then(mend)
  }
  const audit = (isStart = false) => lookOver(isStart).catch(whenClosed)
  const retry = () => {
    gate.kick()
    resyncAll()
    void audit()
  }
  const timers = [setInterval(() => void audit(), auditEvery), setInterval(mend, options.compareEvery ?? compareEvery)]
  const stopListening = listenToDevice(retry)
  const remembering = state.pipe(filter(({ connection, ready }) => connection === 'online' && ready), take(1))
    .subscribe(({ lastSync, ahead }) => void context.notes.remember('sync', { lastSync, ahead, ready: true }).catch(unlessTold))

  async function start() {
    await Promise.all(Object.values(replications).map(({ usable }) => usable))
    await inSync()
    state.next({ ...state.value, ready: true })
    await audit(true)
  }
  void start()

  return {
    retry,
    stop: async () => {
      timers.forEach(clearInterval)
      stopListening()
      poked.unsubscribe()
      remembering.unsubscribe()
      feed.stop()
      await Promise.all(Object.values(replications).map(({ state: rx }) => rx.cancel()))
      gate.kick()
    },
  }
}

/** What the storage could not do, it has said itself. */
function unlessTold(error: unknown): void {
  if (!storageFaultOf(error))
    throw error
}

/**
 * Which history this replica is of, and how far that had come when it was begun. It is not said while the replica is being
 * filled: that is how the server knows. A replica left half filled until tombstones are gone of what it was given first
 * would never be told, so it begins anew.
 */
function createEpoch({ notes }: Context, known = '', began: number | undefined, isFilled: () => boolean, reset: () => void) {
  const of = { epoch: known, began }
  /** On the device before anything that came with it. */
  const note = async ({ epoch, head }: Pick<PulledPages, 'epoch' | 'head'>) => {
    const isNew = of.epoch === ''
    Object.assign(of, { epoch, began: head })
    await Promise.all([isNew && notes.remember('epoch', epoch), notes.remember('began', head)]).catch(unlessTold)
  }
  return {
    get: () => isFilled() ? of.epoch : '',
    known: () => of.epoch,
    set: async (answer: PulledPages) => {
      const purged = Math.max(0, ...Object.values(answer.pages).map(page => page.purged ?? 0))
      if ((of.epoch !== '' && answer.epoch !== of.epoch) || purged > (of.began ?? purged)) {
        reset()
        throw new WireError('busy')
      }
      if (of.epoch === '' || of.began === undefined)
        await note(answer)
    },
    /** What was sent before anything was given is of the history it was sent to: from its very beginning, as far as anybody knows. */
    sent: async (epoch: string) => {
      if (of.epoch === '' && epoch !== '')
        await note({ epoch, head: 0 })
    },
  }
}

function connectionAfter(fault: WireFault): SyncState['connection'] {
  if (fault === 'signed-out' || fault === 'other-person')
    return 'signed-out'
  return fault === 'outdated' ? 'outdated' : 'offline'
}

/** The phone woke up, or says the network is back: ask at once. Outside a browser there is nothing to hear. */
function listenToDevice(wake: () => void): () => void {
  if (typeof window === 'undefined')
    return () => {}
  const onVisible = () => document.visibilityState === 'visible' && wake()
  window.addEventListener('online', wake)
  window.addEventListener('focus', wake)
  document.addEventListener('visibilitychange', onVisible)
  return () => {
    window.removeEventListener('online', wake)
    window.removeEventListener('focus', wake)
    document.removeEventListener('visibilitychange', onVisible)
  }
}
