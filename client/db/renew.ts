import type { Observable } from 'rxjs'
import type { ReplicaOptions } from './open.ts'
import type { Replica } from './types.ts'
import { filter, firstValueFrom, map, of, race, takeUntil, timeout } from 'rxjs'
import { deleteCopy, nextCopy, oneAtATime, pointTo, writeMark } from './copies.ts'
import { currentCopy } from './copy.ts'

export interface Old {
  name: string
  options: ReplicaOptions
  waiting: Observable<readonly unknown[]>
  /** Is told of the work while the new copy is open and not yet in use. */
  building: (work: Promise<unknown>) => void
  /** Says so when the old copy is closed for another reason: then nothing is built. */
  closed: Observable<unknown>
  close: () => Promise<void>
}

/** How long a copy of an old history may take to send what waits, ms. */
const drainTime = 10_000

/**
 * Builds a copy anew beside the old one, which stays in use until the new one holds everything. Push is still open to
 * the old one: what waits goes first, what does not go is taken over. Whatever happens between, one of the two is whole.
 */
export async function renewBeside(old: Old, open: (options: ReplicaOptions) => Promise<Replica>): Promise<void> {
  const fresh = await oneAtATime(old.name, () => {
    const work = build(old, open)
    old.building(work)
    return work
  })
  if (!fresh)
    return
  const handOver = async () => {
    await old.close()
    await fresh.adopt(old.name)
    return fresh
  }
  const handed = handOver()
  old.options.onReset?.(handed)
  await handed
}

async function build(old: Old, open: (options: ReplicaOptions) => Promise<Replica>, next = nextCopy(old.name)): Promise<Replica | undefined> {
  const { options, name } = old
  const onDevice = !options.storage
  if (await isClosed(old))
    return undefined
  // Another tab was first.
  if (onDevice && !options.name && currentCopy(options.org, options.member) !== name) {
    const theirs = await open(options)
    if (!await isClosed(old))
      return theirs
    await theirs.close()
    return undefined
  }
  if (onDevice)
    await deleteCopy(next)
  const again = Promise.withResolvers<'again'>()
  const known = { inUse: false }
  const fresh = await open({
    ...options,
    name: next,
    onGone: () => known.inUse && options.onGone?.(),
    // It would wait for the lock that this holds, and this for it.
    isBegunAgain: () => {
      if (!known.inUse)
        again.resolve('again')
      return !known.inUse
    },
  })
  const filled = fresh.state.pipe(filter(({ connection, ready }) => connection === 'online' && ready), map(() => 'whole' as const))
  const came = await firstValueFrom(race(filled, again.promise, old.closed.pipe(map(() => 'closed' as const))))
  if (came !== 'whole') {
    await fresh.close()
    if (came === 'closed')
      return undefined
    if (onDevice)
      await deleteCopy(next)
    return build(old, open, nextCopy(next))
  }
  await firstValueFrom(old.waiting.pipe(filter(found => found.length === 0), timeout({ first: drainTime, with: () => of([]) }), takeUntil(old.closed)), { defaultValue: [] })
  if (await isClosed(old)) {
    await fresh.close()
    return undefined
  }
  known.inUse = true
  if (onDevice) {
    pointTo(next)
    writeMark({ copy: next, waiting: 0 })
  }
  return fresh
}

function isClosed({ closed }: Old): Promise<boolean> {
  return firstValueFrom(race(closed.pipe(map(() => true)), of(false)))
}
