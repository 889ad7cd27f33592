import type { Frame, StreamMessage } from '#shared/sync/wire.ts'
import type { Place } from './seed.ts'
import type { BenchServer } from './spawn.ts'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { openLine } from './streams.ts'

const patience = 10_000

/** Watches one company's stream on one process: each frame must follow the one before. */
export async function watchOrder({ url }: BenchServer, cookie: string, { org, member }: Place) {
  const state = { head: 0, gaps: 0 }
  const line = await openLine(`${url}/api/sync/stream`, { cookie, 'x-org': org, 'x-member': member }, (event) => {
    const message = JSON.parse(event.slice('data: '.length)) as StreamMessage
    if ('bye' in message)
      return void state.gaps++
    if (!('hello' in message) && (message as Frame).p !== state.head)
      state.gaps++
    state.head = message.s
  })
  return {
    close: line.close,
    gaps: () => state.gaps,
    /** Whether it was told of everything up to there, in time. */
    reaches: async (head: number) => {
      const started = performance.now()
      while (state.head < head && performance.now() - started < patience)
        await wait(20)
      return state.head >= head
    },
  }
}

/** What the store holds of a company, and how many numbers are missing or doubled in its history. */
export async function readLedger(databaseUrl: string, org: string): Promise<{ ids: Set<string>, head: number, gaps: number }> {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  const docs = await client.query<{ id: string }>('select id from doc where org = $1', [org])
  const history = await client.query<{ head: string, lines: string }>('select max(seq) as head, count(distinct seq) as lines from change_log where org = $1', [org])
  await client.end()
  const [head, lines] = [Number(history.rows[0]?.head), Number(history.rows[0]?.lines)]
  return { ids: new Set(docs.rows.map(row => row.id)), head, gaps: head - lines }
}
