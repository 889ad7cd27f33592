import type { WireFault } from './http.ts'

/** Decides when the server may be asked again: full-jitter back-off, opened early by a kick. */
export interface Gate {
  /** Resolves when asking makes sense, at the latest after `most` ms. An app that is too old is held back from asking, not from pushing. */
  pass: (most: number, pushes?: boolean) => Promise<void>
  failed: (fault: WireFault, wait?: number) => void
  worked: (pushed?: boolean) => void
  /** The network may be back: try now. */
  kick: () => void
}

const shortest = 500
const longest = 30_000

export function createGate(now: () => number, random: () => number): Gate {
  let failures = 0
  let openAt = 0
  let outdated = false
  const waiting = new Set<() => void>()
  const wakeAll = () => {
    for (const wake of [...waiting])
      wake()
  }
  return {
    pass: async (most, pushes = false) => {
      if (pushes && outdated)
        return
      const wait = Math.min(openAt - now(), most)
      if (wait <= 0)
        return
      const woken = Promise.withResolvers<void>()
      const timer = setTimeout(woken.resolve, wait)
      waiting.add(woken.resolve)
      await woken.promise
      clearTimeout(timer)
      waiting.delete(woken.resolve)
    },
    failed: (fault, wait = 0) => {
      failures++
      outdated = fault === 'outdated'
      const steady = fault === 'signed-out' || fault === 'other-person' || fault === 'outdated'
      const ceiling = steady ? longest : Math.min(longest, shortest * 2 ** Math.min(failures, 8))
      openAt = now() + Math.max(wait, ceiling * (0.2 + 0.8 * random()))
    },
    worked: (pushed = false) => {
      if (pushed && outdated)
        return
      outdated = false
      failures = 0
      openAt = 0
    },
    kick: () => {
      failures = 0
      openAt = 0
      wakeAll()
    },
  }
}
