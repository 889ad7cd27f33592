import type { Observable } from 'rxjs'
import type { Kind } from '#shared/record/envelope.ts'
import type { ReplicaOptions } from '../../client/db/open.ts'
import type { Query, Rec, Replica } from '../../client/db/types.ts'
import type { TestPerson } from './person.ts'
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory'
import { combineLatest, filter, firstValueFrom, map, throwError, timeout } from 'rxjs'
import { openReplica } from '../../client/db/open.ts'

/** One phone: a real replica over a network that a test switches off and on. */
export interface Phone extends Replica {
  offline: () => void
  online: () => void
  /** How many requests reached the network. */
  requests: () => number
}

export interface PhoneOptions extends Pick<ReplicaOptions, 'onGone' | 'onReset' | 'wallClock' | 'name' | 'storage' | 'timeout' | 'compareEvery'> {
  /** Stands between the phone and the network. */
  through?: (send: typeof fetch) => typeof fetch
}

/** Opens the org a person acts in on a phone of their own, in memory. */
export async function aPhone(person: TestPerson, options: PhoneOptions = {}): Promise<Phone> {
  const { 'x-org': org = '', 'x-member': member = '' } = person.headers
  const net = { off: new AbortController(), count: 0 }
  const send: typeof fetch = (input, init) => {
    if (net.off.signal.aborted)
      return Promise.reject(new TypeError('offline'))
    net.count++
    const signals = [net.off.signal, ...init?.signal ? [init.signal] : []]
    return person.fetch(String(input), { ...init, signal: AbortSignal.any(signals) })
  }
  const replica = await openReplica({
    org,
    member,
    name: `phone-${crypto.randomUUID()}`,
    storage: getRxStorageMemory() as never,
    multiInstance: false,
    timeout: 5000,
    ...options,
    fetch: options.through?.(send) ?? send,
  })
  return Object.assign(replica, {
    offline: () => net.off.abort(),
    online: () => {
      net.off = new AbortController()
      replica.retry()
    },
    requests: () => net.count,
  })
}

/** The first value that fits; fails after twenty seconds, which a slow machine may well need ten of. */
export function until<T>(stream: Observable<T>, fits: (value: T) => boolean): Promise<T> {
  const late = new Error('twenty seconds, and it has not come')
  return firstValueFrom(stream.pipe(filter(fits), timeout({ first: 20_000, with: () => throwError(() => late) })))
}

/** Resolves when everything typed here is on the server and this phone is current. */
export async function settled(phone: Pick<Replica, 'state' | 'waiting'>): Promise<void> {
  await until(combineLatest([phone.state, phone.waiting]), ([state, waiting]) => state.connection === 'online' && state.ready && waiting.length === 0)
}

/** Resolves when all phones show the same records of a kind, and answers them. */
export async function agree<K extends Kind>(phones: readonly Phone[], query: Query<K>, fits: (found: readonly Rec<K>[]) => boolean = () => true): Promise<readonly Rec<K>[]> {
  const views = combineLatest(phones.map(phone => phone.find(query).pipe(map(found => ({ found, text: viewOf(found) })))))
  const same = await until(views, all => all.every(view => view.text === all[0]?.text && view.found.every(rec => rec.waiting.length === 0) && fits(view.found)))
  return same[0]?.found ?? []
}

function viewOf(found: readonly Rec[]): string {
  return JSON.stringify(found.map(({ id, v, d }) => [id, v, Object.entries(d).sort(([a], [b]) => a < b ? -1 : 1)]).sort(([a], [b]) => String(a) < String(b) ? -1 : 1))
}

/** Lets the clock move on by a millisecond: two edits within one have no order a test could ask for. */
export async function aMomentLater(phone: Phone): Promise<void> {
  const moment = phone.now()
  while (phone.now() === moment)
    await Promise.resolve()
}
