import type { Observable } from 'rxjs'
import type { ReplicaOptions } from './open.ts'
import type { Query, Rec, Replica, SyncState } from './types.ts'
import { catchError, connect, distinctUntilChanged, filter, from, merge, NEVER, startWith, switchMap, takeUntil } from 'rxjs'
import { currentCopy } from './copy.ts'
import { glimpse } from './glimpse.ts'
import { createQuiet } from './quiet.ts'

const starting: SyncState = { connection: 'starting', lastSync: 0, ahead: 0, ready: false }

/** By then a slow device has the code of a page that asks nothing, ms. */
const unasked = 2000

/**
 * A replica from the first moment: until the database is open it shows what the copy held when the app was last closed,
 * and what is written waits. The database is opened when the first page is shown, at the latest when something is written;
 * `atOnce` where no page of the org waits to be shown first. `opened` tells when it is, or why it cannot be.
 */
export function openEarly(options: ReplicaOptions, atOnce = false): { replica: Replica, opened: Promise<Replica> } {
  const { org, member, wallClock = Date.now } = options
  const early = glimpse(currentCopy(org, member))
  const known: { replica?: Replica } = {}
  const quiet = createQuiet(unasked)
  const wanted = Promise.withResolvers<void>()
  if (atOnce)
    wanted.resolve()
  const opened = Promise.race([quiet.come, wanted.promise]).then(() => import('./open.ts')).then(({ openReplica }) => openReplica({ ...options, glimpsed: early.seen })).then((replica) => {
    known.replica = replica
    return replica
  })
  void opened.catch(() => {}).finally(early.close)
  const whenOpen = <T>(ask: (replica: Replica) => Observable<T>): Observable<T> => known.replica ? ask(known.replica) : from(opened).pipe(catchError(() => NEVER), switchMap(ask))
  /** What was glimpsed, until the database answers. */
  const soon = <T>(glimpsed: () => Promise<T | undefined>, ask: (replica: Replica) => Observable<T>): Observable<T> => {
    if (known.replica)
      return ask(known.replica)
    const first = quiet.counted(from(glimpsed().catch(() => undefined))).pipe(filter(found => found !== undefined))
    return whenOpen(ask).pipe(connect(live => merge(first.pipe(takeUntil(live)), live)))
  }
  const then = <Arguments extends unknown[], T>(act: (replica: Replica) => (...args: Arguments) => Promise<T>) =>
    async (...args: Arguments) => {
      wanted.resolve()
      return act(known.replica ?? await opened)(...args)
    }

  const replica = {
    org,
    member,
    now: () => known.replica?.now() ?? wallClock(),
    find: (query: Query) => soon(() => early.find(query), open => open.find(query)).pipe(distinctUntilChanged(isSame)),
    one: (id: string) => soon<Rec | undefined>(() => early.one(id), open => open.one(id)).pipe(distinctUntilChanged()),
    get: then(open => open.get),
    add: then(open => open.add),
    addAll: then(open => open.addAll),
    set: then(open => open.set),
    put: then(open => open.put),
    state: whenOpen(open => open.state).pipe(startWith(starting)),
    waiting: whenOpen(open => open.waiting),
    kept: whenOpen(open => open.kept),
    letGo: then(open => open.letGo),
    // Asked by pages as they come: it is no reason to hurry.
    draft: async (key: string) => (await opened).draft(key),
    saveDraft: then(open => open.saveDraft),
    retry: () => known.replica?.retry(),
    close: then(open => open.close),
    adopt: then(open => open.adopt),
    forgetLoss: then(open => open.forgetLoss),
    purge: then(open => open.purge),
  }
  return { replica: replica as Replica, opened }
}

/** A list of the same records: what was glimpsed and is still so is not shown twice. */
function isSame(before: readonly Rec[], now: readonly Rec[]): boolean {
  return before.length === now.length && before.every((rec, n) => rec === now[n])
}
