import { setImmediate as turn } from 'node:timers/promises'

/** A clock that stands still until it is moved; what was to happen meanwhile happens then, one thing at a time. */
export interface Time {
  now: () => number
  /** Does something after so many ms; answers how to call it off. */
  after: (ms: number, act: () => void, every?: number) => number
  callOff: (job: number | undefined) => void
  /** Moves on, job by job; each has come to rest before the next begins. */
  advance: (ms: number) => Promise<void>
  /** What a program knows as timers. */
  globals: Record<'setTimeout' | 'clearTimeout' | 'setInterval' | 'clearInterval', unknown>
}

interface Job { at: number, order: number, act: () => void, every: number | undefined }

export function createTime(start: number): Time {
  const jobs = new Map<number, Job>()
  let now = start
  let count = 0

  function next(upTo: number): [number, Job] | undefined {
    let soonest: [number, Job] | undefined
    for (const entry of jobs) {
      if (entry[1].at <= upTo && (!soonest || entry[1].at < soonest[1].at || (entry[1].at === soonest[1].at && entry[1].order < soonest[1].order)))
        soonest = entry
    }
    return soonest
  }

  const after: Time['after'] = (ms, act, every) => {
    jobs.set(++count, { at: now + Math.max(Number(ms) || 0, 0), order: count, act, every })
    return count
  }
  const callOff: Time['callOff'] = job => void jobs.delete(job ?? 0)
  return {
    now: () => now,
    after,
    callOff,
    advance: async (ms) => {
      const end = now + ms
      await turn()
      for (let due = next(end); due; due = next(end)) {
        const [id, job] = due
        now = Math.max(now, job.at)
        if (job.every === undefined)
          jobs.delete(id)
        else
          jobs.set(id, { ...job, at: now + job.every, order: ++count })
        job.act()
        await turn()
      }
      now = end
    },
    globals: {
      setTimeout: (act: () => void, ms = 0) => after(ms, act),
      clearTimeout: callOff,
      setInterval: (act: () => void, ms = 0) => after(ms, act, Math.max(ms, 1)),
      clearInterval: callOff,
    },
  }
}
