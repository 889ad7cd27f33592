import type { Patch } from '#shared/sync/protocol.ts'
import type { PushAnswer, RowAnswer } from '#shared/sync/wire.ts'

/** One field the server said it has taken, whether the phone heard it or not. */
export interface Ack { id: string, field: string, value: unknown, stamp: string, by: string }

type Send = typeof fetch
interface Open { since: number, signal: AbortSignal | null | undefined, path: string }

/** Writes down what crosses the wire between the phones and the server. */
export interface Ledger {
  acks: () => readonly Ack[]
  refusals: () => number
  /** Requests the phones made so far. */
  requests: () => number
  /** Words of another company found in an answer. */
  leaks: () => readonly string[]
  /** Requests that were neither answered nor given up by their phone within this time, ms. */
  overdue: (longest: number) => string[]
  /** Next to the phone: counts its requests and how long each is open. */
  above: (send: Send) => Send
  /** Next to the server: reads every whole answer. */
  below: (send: Send, by: string) => Send
  /** What was taken since the backup is no longer promised, once it is put back. */
  backup: () => void
  restore: () => void
}

/** `foreign` is a word that only another company's records hold. */
export function aLedger(foreign: string): Ledger {
  const state = { acks: [] as Ack[], kept: 0, refusals: 0, requests: 0, leaks: [] as string[] }
  const open = new Set<Open>()

  function scan(path: string, text: string) {
    const at = text.indexOf(foreign)
    if (at >= 0)
      state.leaks.push(`${path} answered with another company's words: …${text.slice(Math.max(0, at - 40), at + 40)}…`)
  }

  function note(by: string, rows: readonly Patch[], answers: readonly RowAnswer[]) {
    answers.forEach((answer, n) => {
      const row = rows[n]
      if (answer.refused && answer.refused.code !== 'clock-ahead')
        state.refusals++
      if (row)
        state.acks.push(...acksOf(row, answer, by))
    })
  }

  return {
    acks: () => state.acks,
    refusals: () => state.refusals,
    requests: () => state.requests,
    leaks: () => state.leaks,
    overdue: longest => [...open].filter(({ since, signal }) => performance.now() - since > longest && !signal?.aborted).map(({ path }) => path),
    backup: () => void (state.kept = state.acks.length),
    restore: () => void (state.acks.length = state.kept),
    above: send => async (input, init) => {
      const one = { since: performance.now(), signal: init?.signal, path: String(input) }
      state.requests++
      open.add(one)
      try {
        return await send(input, init)
      }
      finally {
        open.delete(one)
      }
    },
    below: (send, by) => async (input, init) => {
      const path = String(input)
      const answer = await send(input, init)
      if (path.endsWith('/stream') && answer.ok && answer.body)
        return new Response(answer.body.pipeThrough(scanned(text => scan(path, text))), answer)
      const text = await answer.text()
      scan(path, text)
      if (path.endsWith('/push') && answer.ok)
        note(by, (JSON.parse(String(init?.body)) as { rows: Patch[] }).rows, (JSON.parse(text) as PushAnswer).rows)
      return new Response(text, { status: answer.status, headers: answer.headers })
    },
  }
}

/** The fields of a row that its answer promises. */
export function acksOf({ id, set }: Patch, { refused, later }: RowAnswer, by: string): Ack[] {
  if (later || (refused && refused.code !== 'needs-decision'))
    return []
  return Object.entries(set).map(([field, [value, stamp]]) => ({ id, field, value, stamp, by }))
}

/** Passes bytes on and reads along, over the borders of chunks. */
function scanned(read: (text: string) => void): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  const decoder = new TextDecoder()
  let tail = ''
  return new TransformStream({
    transform: (chunk, out) => {
      const text = tail + decoder.decode(chunk, { stream: true })
      read(text)
      tail = text.slice(-80)
      out.enqueue(chunk)
    },
  })
}
