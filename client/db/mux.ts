import type { Collection } from '#shared/record/envelope.ts'
import type { Patch } from '#shared/sync/protocol.ts'
import type { Page, PullAnswer, PushAnswer, RowAnswer } from '#shared/sync/wire.ts'
import type { Feed, PulledPage } from './feed.ts'
import type { Gate } from './gate.ts'
import type { Wire } from './http.ts'
import { WireError } from './http.ts'

/** One request for what both collections ask in the same moment; one push in flight, first in first out. */
export interface Mux {
  /** `fill`: how far a new replica is filled; without one the stream's frames may answer. */
  pull: (collection: Collection, since: number, limit: number, fill?: string) => Promise<PulledPage>
  push: (rows: readonly Patch[]) => Promise<RowAnswer[]>
}

/** A pull that was answered with records. */
export type PulledPages = PullAnswer & { reset?: undefined }

/** Which history the replica is of, as it learns it from answers. */
export interface History {
  /** As it is said to the server. */
  get: () => string
  /** A pull was answered; throws where that means that the replica must be built anew. */
  set: (answer: PulledPages) => Promise<void>
  /** A push was answered. */
  sent: (epoch: string) => Promise<void>
}

export interface MuxEvents {
  /** The server's time, and by this device's clock when the request left. */
  heard: (serverNow: number, sent: number) => void
  wallClock: () => number
  lost: (error: WireError) => void
  /** The server has another history than this replica: it must be built anew. */
  reset: () => void
}

interface PullJob { collection: Collection, since: number, limit: number, fill: string | undefined, done: (page: PulledPage) => void, fail: (error: unknown) => void }
interface PushJob { rows: readonly Patch[], done: (answers: RowAnswer[]) => void, fail: (error: unknown) => void }

/** How long a request waits for company, ms. */
const gather = 3
const mostRows = 200
/** What one push carries, characters; the server takes a megabyte. */
const mostText = 256 * 1024
/** How long a handler may wait for the gate, ms. */
const mostWait = 20_000

export function createMux(wire: Wire, gate: Gate, feed: Feed, epoch: History, events: MuxEvents): Mux {
  const pulls: PullJob[] = []
  const pushes: PushJob[] = []
  let pushing = false

  /** Passes the gate, asks, and tells how it went. */
  async function ask<T extends { now: number }>(path: string, body: unknown): Promise<T> {
    const pushes = path.endsWith('/push')
    await gate.pass(mostWait, pushes)
    const sent = events.wallClock()
    try {
      const answer = await wire.post(path, body) as T
      gate.worked(pushes)
      events.heard(answer.now, sent)
      return answer
    }
    catch (error) {
      if (error instanceof WireError && error.fault !== 'rejected') {
        gate.failed(error.fault, error.wait)
        events.lost(error)
      }
      throw error
    }
  }

  async function pullTogether() {
    const jobs = pulls.splice(0)
    const since = Object.fromEntries(jobs.map(job => [job.collection, job.since]))
    const filling = jobs.filter(job => job.fill !== undefined)
    const fill = filling.length > 0 ? { fill: Object.fromEntries(filling.map(job => [job.collection, job.fill])) } : {}
    try {
      const answer = await ask<PullAnswer>('/api/sync/pull', { epoch: epoch.get(), limit: Math.max(...jobs.map(job => job.limit)), since, ...fill })
      if (answer.reset) {
        events.reset()
        throw new WireError('busy')
      }
      await epoch.set(answer)
      jobs.forEach(job => job.done({ ...answer.pages[job.collection] as Page, epoch: answer.epoch }))
    }
    catch (error) {
      jobs.forEach(job => job.fail(error))
    }
  }

  /** What the server cannot even read is sent in halves, until the row that is the matter stands alone: it is refused. */
  async function pushHalving(rows: readonly Patch[]): Promise<RowAnswer[]> {
    try {
      const answer = await ask<PushAnswer>('/api/sync/push', { rows })
      if (answer.rows?.length !== rows.length)
        throw new WireError('offline')
      await epoch.sent(answer.epoch)
      return answer.rows
    }
    catch (error) {
      if (!(error instanceof WireError) || error.fault !== 'rejected')
        throw error
      if (rows.length === 1)
        return rows.map(({ id, base }) => ({ id, refused: { code: 'unreadable' }, ...base === '' && { doc: null } }))
      const middle = Math.ceil(rows.length / 2)
      return [...await pushHalving(rows.slice(0, middle)), ...await pushHalving(rows.slice(middle))]
    }
  }

  async function pushAll() {
    pushing = true
    while (pushes.length > 0) {
      const jobs = takeJobs(pushes)
      try {
        const rows = await pushHalving(jobs.flatMap(job => job.rows))
        let at = 0
        for (const job of jobs)
          job.done(rows.slice(at, at += job.rows.length))
      }
      catch (error) {
        jobs.forEach(job => job.fail(error))
      }
    }
    pushing = false
  }

  return {
    pull: (collection, since, limit, fill) => {
      feed.start()
      const held = fill === undefined && feed.page(collection, since)
      if (held)
        return Promise.resolve(held)
      return new Promise((done, fail) => {
        pulls.push({ collection, since, limit, fill, done, fail })
        if (pulls.length === 1)
          setTimeout(pullTogether, gather)
      })
    },
    push: async (rows) => {
      const parts = inParts(rows).map(part => new Promise<RowAnswer[]>((done, fail) => pushes.push({ rows: part, done, fail })))
      if (!pushing) {
        pushing = true
        setTimeout(pushAll, gather)
      }
      return (await Promise.all(parts)).flat()
    },
  }
}

/** The rows in pieces that fit one request each, in order. */
function inParts(rows: readonly Patch[]): Patch[][] {
  const parts: Patch[][] = []
  let left = 0
  for (const row of rows) {
    const weight = JSON.stringify(row).length
    if (weight > left || parts.at(-1)?.length === mostRows) {
      parts.push([])
      left = mostText
    }
    parts.at(-1)?.push(row)
    left -= weight
  }
  return parts
}

/** As many waiting jobs as fit one request, in order. */
function takeJobs(queue: PushJob[]): PushJob[] {
  const jobs = queue.splice(0, 1)
  while (queue[0] && inParts([...jobs, queue[0]].flatMap(job => job.rows)).length === 1)
    jobs.push(queue.shift() as PushJob)
  return jobs
}
