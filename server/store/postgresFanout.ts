import type { Fanout } from '../sync/fanout.ts'
import pg from 'pg'

const channel = 'otp_moved'
/** Words about one org within this time travel as one, ms. */
const gather = 15
/** How long after a broken line the next is tried, ms. */
const pause = 1000

/**
 * NOTIFY on a connection of its own, after the commit: inside the transaction it would hold a lock of
 * the whole database through the flush. Says `org:seq` only.
 */
export function createPostgresFanout(url: string): Fanout {
  const waiting = new Map<string, number>()
  const state: { heard: (org: string, head: number) => void, line?: pg.Client, timer?: NodeJS.Timeout, closed: boolean } = { heard: () => {}, closed: false }

  async function connect() {
    const line = new pg.Client({ connectionString: url })
    line.on('error', () => {})
    line.once('end', () => {
      state.line = undefined
      if (!state.closed)
        setTimeout(() => void connect(), pause).unref()
    })
    line.on('notification', ({ payload = '' }) => {
      const at = payload.lastIndexOf(':')
      state.heard(payload.slice(0, at), Number(payload.slice(at + 1)))
    })
    try {
      await line.connect()
      await line.query(`listen ${channel}`)
      state.line = line
    }
    catch {
      await line.end().catch(() => {})
    }
  }

  function flush() {
    state.timer = undefined
    for (const [org, head] of waiting)
      state.line?.query('select pg_notify($1, $2)', [channel, `${org}:${head}`]).catch(() => {})
    waiting.clear()
  }

  void connect()
  return {
    tell: (org, head) => {
      waiting.set(org, Math.max(head, waiting.get(org) ?? 0))
      state.timer ??= setTimeout(flush, gather)
    },
    listen: (heard) => {
      state.heard = heard
    },
    close: async () => {
      state.closed = true
      clearTimeout(state.timer)
      await state.line?.end()
    },
  }
}
