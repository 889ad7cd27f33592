import type { Sync } from './sync.ts'

/** How long the first page may keep the sync waiting, ms. */
const longest = 1500

/** In a browser the first page is painted before the sync starts; outside one it starts at once. */
export async function startWhenQuiet(whenQuiet: Promise<void>, start: () => Promise<Sync>): Promise<Sync> {
  if (typeof window === 'undefined')
    return start()
  const stopped = new AbortController()
  const started = whenQuiet.then(() => stopped.signal.aborted ? undefined : start())
  return {
    retry: () => void started.then(sync => sync?.retry()),
    stop: async () => {
      stopped.abort()
      await (await started)?.stop()
    },
  }
}

/** The moment after the first page was painted; outside a browser, now. */
export function quiet(): Promise<void> {
  const idle = Promise.withResolvers<void>()
  if (typeof window === 'undefined')
    idle.resolve()
  else if (typeof requestIdleCallback === 'function')
    requestIdleCallback(() => idle.resolve(), { timeout: longest })
  else
    setTimeout(idle.resolve, longest / 5)
  return idle.promise
}
