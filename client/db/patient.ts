import type { RxStorage, RxStorageInstance } from 'rxdb'

/** `full`: the device has no room. `lost`: the browser took the connection to its database away; only a reload brings it back. */
export type StorageFault = 'full' | 'lost'

type Instance = RxStorageInstance<unknown, unknown, unknown>
interface Connected { internals?: Promise<{ dexieDb?: { backendDB: () => IDBDatabase } }> }

/** How a storage fares; `undefined` when it works. */
export type Told = (fault: StorageFault | undefined) => void

const faults: Record<string, StorageFault> = {
  QuotaExceededError: 'full',
  DatabaseClosedError: 'lost',
  InvalidStateError: 'lost',
  UnknownError: 'lost',
}
const [shortest, longest] = [250, 5000]

/** What the browser's error says of the storage; an error may be wrapped in others. */
export function storageFaultOf(error: unknown): StorageFault | undefined {
  const { name = '', inner, cause } = (error ?? {}) as { name?: string, inner?: unknown, cause?: unknown }
  return faults[name] ?? (inner || cause ? storageFaultOf(inner ?? cause) : undefined)
}

/**
 * RxDB lets a page go that it could not write, and moves its cursor past it with the next one. So what replication
 * writes is written again until the device takes it; what a person writes fails at once, and they are told.
 */
export function patient<T extends RxStorage<unknown, unknown>>(storage: T, told: Told): T {
  const createStorageInstance: RxStorage<unknown, unknown>['createStorageInstance'] = async (params) => {
    const instance = await storage.createStorageInstance(params)
    persist(instance as unknown as Instance, told)
    void watchConnection(instance as unknown as Connected, () => told('lost'))
    return instance
  }
  return Object.assign(Object.create(storage) as T, { createStorageInstance })
}

function persist(instance: Instance, told: Told): void {
  const [write, find, query, close] = [instance.bulkWrite.bind(instance), instance.findDocumentsById.bind(instance), instance.query.bind(instance), instance.close.bind(instance)]
  const closed = new AbortController()
  const tell = (error: unknown) => {
    const fault = storageFaultOf(error)
    if (fault && !closed.signal.aborted)
      told(fault)
    throw error
  }
  instance.findDocumentsById = (...asked) => find(...asked).catch(tell)
  instance.query = (...asked) => query(...asked).catch(tell)
  instance.bulkWrite = async (rows, context) => {
    for (let wait = shortest; ; wait = Math.min(wait * 2, longest)) {
      try {
        const written = await write(rows, context).catch(tell)
        told(undefined)
        return written
      }
      catch (error) {
        if (!context.startsWith('replication') || closed.signal.aborted || !storageFaultOf(error))
          throw error
        await pause(wait, closed.signal)
      }
    }
  }
  instance.close = () => {
    closed.abort()
    return close()
  }
}

/** IndexedDB says so when it is closed under an app; nothing would fail before the next thing somebody writes. */
async function watchConnection({ internals }: Connected, lost: () => void): Promise<void> {
  const opened = await Promise.resolve(internals).catch(() => undefined)
  opened?.dexieDb?.backendDB().addEventListener('close', lost)
}

function pause(ms: number, cut: AbortSignal): Promise<void> {
  const over = Promise.withResolvers<void>()
  const timer = setTimeout(over.resolve, ms)
  cut.addEventListener('abort', () => {
    clearTimeout(timer)
    over.resolve()
  }, { once: true })
  return over.promise
}
