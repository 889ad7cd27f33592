import type { Observable } from 'rxjs'
import type { Sync } from './sync.ts'
import { defer, finalize, tap } from 'rxjs'

/** A page whose questions find no end keeps others waiting no longer than this, ms. */
const longest = 3000

/** In a browser the first page is shown before the sync starts; outside one it starts at once. */
export async function startWhenQuiet(quiet: Promise<void>, start: () => Promise<Sync>): Promise<Sync> {
  if (typeof window === 'undefined')
    return start()
  const stopped = new AbortController()
  const started = quiet.then(() => stopped.signal.aborted ? undefined : start())
  return {
    retry: () => void started.then(sync => sync?.retry()),
    stop: async () => {
      stopped.abort()
      await (await started)?.stop()
    },
  }
}

/**
 * Quiet comes once, when the first page's questions are answered and it has had time to show them;
 * an answer that makes the page ask on is not the end. Where nothing was asked by `unasked`, ms, it has come as well.
 * Outside a browser it is quiet from the start.
 */
export function createQuiet(unasked: number) {
  const come = Promise.withResolvers<void>()
  const open = new Set<symbol>()
  if (typeof window === 'undefined')
    come.resolve()
  else
    setTimeout(() => open.size === 0 ? come.resolve() : setTimeout(come.resolve, longest), unasked)
  const answered = (question: symbol) => {
    if (open.delete(question) && open.size === 0)
      whenIdle(() => open.size === 0 && come.resolve())
  }
  return {
    come: come.promise,
    /** Counts a page's question until its first answer. */
    counted: <T>(asked: Observable<T>): Observable<T> => defer(() => {
      const question = Symbol('question')
      open.add(question)
      return asked.pipe(tap(() => answered(question)), finalize(() => answered(question)))
    }),
  }
}

function whenIdle(then: () => void) {
  if (typeof requestIdleCallback === 'function')
    requestIdleCallback(then)
  else
    setTimeout(then, 50)
}
