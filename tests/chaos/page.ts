import type { RxStorage } from 'rxdb'
import type { addRxStorageMultiInstanceSupport } from 'rxdb/plugins/core'
import { setImmediate as turn } from 'node:timers/promises'
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory'
import { Subject } from 'rxjs'

type Share = typeof addRxStorageMultiInstanceSupport
type Memory = ReturnType<typeof getRxStorageMemory>
type Instance = Awaited<ReturnType<RxStorage<unknown, unknown>['createStorageInstance']>>
interface Deletion { onsuccess?: () => void }

/** What all pages of one browser profile share: the databases, and the notes beside them. */
export interface Profile { id: string, memory: Memory, notes: Map<string, string> }

export function aProfile(): Profile {
  return { id: crypto.randomUUID(), memory: { ...getRxStorageMemory(), collectionStates: new Map() }, notes: new Map() }
}

/** What one tab's code finds around it in a browser. */
export interface Page {
  localStorage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  indexedDB: { databases: () => Promise<{ name: string }[]>, deleteDatabase: (name: string) => Deletion }
  locks: Pick<LockManager, 'request' | 'query'>
  channel: (name: string) => Pick<BroadcastChannel, 'postMessage' | 'close' | 'onmessage'>
  createStorage: (share: Share) => RxStorage<unknown, unknown>
  /** A request of this tab: none leaves, and none is answered, once it was killed. */
  through: (send: typeof fetch) => typeof fetch
  isKilled: () => boolean
  /** Resolves when it was killed. */
  killed: Promise<void>
  /** As when the system ends a tab: nothing of it reaches anything any more, its locks go to the others, and it says goodbye to nobody. */
  kill: () => void
}

/** What becomes of something, as this tab learns of it; a killed one never does. */
type Heard = <T>(work: Promise<T>) => Promise<T>

/** What a killed tab waits for. */
const never = new Promise<never>(() => {})

/**
 * One tab of a profile. Storage answers a moment later, as IndexedDB does, and a tab may be killed between the writing and
 * hearing of it; what the other tab wrote is told by RxDB's own channel, and who leads by locks, as in a browser. What is not
 * the real thing: the databases are RxDB's in memory, where a write of one tab holds up no other, and all tabs run in one thread.
 */
export function aPage(profile: Profile): Page {
  const end = new AbortController()
  const dead = Promise.withResolvers<void>()
  const channels = new Set<BroadcastChannel>()
  const heard: Heard = work => work.then(value => end.signal.aborted ? never : value, (error) => {
    if (end.signal.aborted)
      return never
    throw error
  })
  const moment = () => heard(turn())
  const keyOf = (name: string) => name.slice('rxdb-dexie-'.length)
  return {
    localStorage: {
      getItem: key => profile.notes.get(key) ?? null,
      setItem: (key, value) => void (end.signal.aborted || profile.notes.set(key, value)),
      removeItem: key => void (end.signal.aborted || profile.notes.delete(key)),
    },
    indexedDB: {
      databases: () => moment().then(() => [...profile.memory.collectionStates.keys()].map(key => ({ name: `rxdb-dexie-${key}` }))),
      deleteDatabase: (name) => {
        const asked: Deletion = {}
        void moment().then(() => {
          profile.memory.collectionStates.delete(keyOf(name))
          asked.onsuccess?.()
        })
        return asked
      },
    },
    locks: locksOf(profile.id, dead.promise, heard),
    channel: (name) => {
      const real = new BroadcastChannel(`${profile.id}|${name}`)
      channels.add(real)
      const ours: ReturnType<Page['channel']> = { onmessage: null, postMessage: message => void (end.signal.aborted || real.postMessage(message)), close: () => real.close() }
      real.onmessage = event => void (end.signal.aborted || ours.onmessage?.call(real, event as MessageEvent))
      return ours
    },
    createStorage: share => storageOf(profile, share, moment),
    through: send => async (input, init) => {
      await heard(Promise.resolve())
      // Held by both its ends, so that no collection of garbage parts it from them.
      const cut = new AbortController()
      const abort = () => cut.abort(end.signal.reason ?? init?.signal?.reason)
      const ends = [end.signal, ...init?.signal ? [init.signal] : []]
      ends.forEach(signal => signal.aborted ? abort() : signal.addEventListener('abort', abort, { once: true }))
      return heard(send(input, { ...init, signal: cut.signal }).finally(() => ends.forEach(signal => String(input).endsWith('/stream') || signal.removeEventListener('abort', abort))))
    },
    isKilled: () => end.signal.aborted,
    killed: dead.promise,
    kill: () => {
      end.abort(new TypeError('the tab was killed'))
      channels.forEach(channel => channel.close())
      dead.resolve()
    },
  }
}

/** The locks of one profile; those of a killed tab are free. */
function locksOf(id: string, dead: Promise<void>, heard: Heard): Page['locks'] {
  const request = async (name: string, a: LockOptions | LockGrantedCallback<unknown>, b?: LockGrantedCallback<unknown>) => {
    const [options, work] = typeof a === 'function' ? [{}, a] : [a, b as LockGrantedCallback<unknown>]
    const held = navigator.locks.request(`${id}|${name}`, options, lock => Promise.race([dead, heard(Promise.resolve()).then(() => work(lock))]))
    return heard(held)
  }
  return { request: request as LockManager['request'], query: () => navigator.locks.query() }
}

function storageOf({ memory }: Profile, share: Share, moment: () => Promise<unknown>): RxStorage<unknown, unknown> {
  const storage = memory as unknown as RxStorage<unknown, unknown>
  const createStorageInstance: typeof storage.createStorageInstance = async (params) => {
    const instance = await storage.createStorageInstance(params as never)
    ownChangesOnly(instance as Instance, moment)
    share(storage.name, params as never, instance as never)
    return instance as never
  }
  return { ...storage, createStorageInstance }
}

/** The memory storage tells every tab of every write at once: here a tab hears of its own, and of others' by the channel. */
function ownChangesOnly(instance: Instance, moment: () => Promise<unknown>): void {
  const own = new Subject<never>()
  const state = { writing: false }
  const heard = instance.changeStream().subscribe(bulk => state.writing && own.next(bulk as never))
  const { bulkWrite, findDocumentsById, query, count, close } = instance
  instance.changeStream = () => own
  instance.bulkWrite = async (...asked) => {
    await moment()
    state.writing = true
    const written = bulkWrite.apply(instance, asked)
    state.writing = false
    return moment().then(() => written)
  }
  instance.findDocumentsById = (...asked) => moment().then(() => findDocumentsById.apply(instance, asked))
  instance.query = (...asked) => moment().then(() => query.apply(instance, asked))
  instance.count = (...asked) => moment().then(() => count.apply(instance, asked))
  instance.close = () => {
    heard.unsubscribe()
    return close.apply(instance)
  }
}
