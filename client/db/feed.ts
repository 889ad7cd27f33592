import type { Collection } from '#shared/record/envelope.ts'
import type { Frame, Page, StreamMessage, WireDoc } from '#shared/sync/wire.ts'
import type { Gate } from './gate.ts'
import type { Wire } from './http.ts'
import { WireError } from './http.ts'

/** `epoch`: the history it was read from. */
export type PulledPage = Page & { epoch: string }

/** The stream's frames, held while they follow each other without a gap. */
export interface Feed {
  /** Opens the stream and keeps it open; repeated calls change nothing. */
  start: () => void
  stop: () => void
  /** What changed since a cursor, where the held frames cover it and are of this replica's history. */
  page: (collection: Collection, since: number) => PulledPage | undefined
}

export interface FeedEvents {
  /** Something changed, or may have been missed: ask again. */
  resync: () => void
  heard: (serverNow: number) => void
  lost: (error: WireError) => void
}

const mostFrames = 500
/** No byte for this long means a dead line, ms; the server's heartbeat comes every 20 s. */
const silence = 45_000

export function createFeed(wire: Wire, gate: Gate, epoch: () => string, events: FeedEvents): Feed {
  let frames: Frame[] = []
  let from = 0
  let to = -1
  /** The history the stream is of, from its greeting. */
  let of = ''
  let running: AbortController | undefined

  function forget(at: number) {
    frames = []
    from = at
    to = at
  }

  function take(message: StreamMessage) {
    if ('bye' in message)
      throw new WireError(message.bye === 'gone' ? 'gone' : message.bye === 'session' ? 'signed-out' : 'busy')
    events.heard(message.now)
    if ('hello' in message) {
      forget(message.s)
      of = message.epoch
      events.resync()
    }
    else if (message.p === to && message.s > message.p) {
      frames.push(message)
      to = message.s
      if (frames.length > mostFrames)
        from = (frames.shift() as Frame).s
      events.resync()
    }
    else if (message.s > to) {
      forget(message.s)
      events.resync()
    }
  }

  async function run(stop: AbortController) {
    while (!stop.signal.aborted) {
      await gate.pass(30_000)
      if (stop.signal.aborted)
        return
      const line = new AbortController()
      const end = () => line.abort()
      stop.signal.addEventListener('abort', end)
      try {
        await listen(await wire.stream('/api/sync/stream', line.signal), line, take)
        throw new WireError('busy')
      }
      catch (error) {
        forget(0)
        to = -1
        if (!stop.signal.aborted) {
          const fault = error instanceof WireError ? error : new WireError('offline')
          gate.failed(fault.fault, fault.wait)
          events.lost(fault)
        }
      }
      finally {
        line.abort()
        stop.signal.removeEventListener('abort', end)
      }
    }
  }

  return {
    start: () => {
      if (!running) {
        running = new AbortController()
        void run(running)
      }
    },
    stop: () => {
      running?.abort()
      running = undefined
    },
    page: (collection, since) => {
      const news = frames.filter(frame => frame.s > since)
      // Of another history only a pull can speak: its numbers are not ours.
      if (to < 0 || of !== epoch() || since < from || since > to || news.some(frame => frame.poke))
        return undefined
      return { docs: newest(news, collection), seq: to, full: false, epoch: of }
    },
  }
}

/** Each record once, in its newest form. */
function newest(frames: readonly Frame[], collection: Collection): WireDoc[] {
  const docs = new Map<string, WireDoc>()
  for (const { c, ...doc } of frames.flatMap(frame => frame.docs ?? [])) {
    if (c === collection) {
      docs.delete(doc.id)
      docs.set(doc.id, doc)
    }
  }
  return [...docs.values()]
}

/** Reads events until the line ends or falls silent. */
async function listen(body: ReadableStream<Uint8Array>, line: AbortController, take: (message: StreamMessage) => void): Promise<void> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    while (true) {
      const { done, value } = await readWithin(reader, line)
      if (done)
        return
      const events = (rest + decoder.decode(value, { stream: true })).split('\n\n')
      rest = events.pop() ?? ''
      for (const event of events) {
        if (event.startsWith('data: '))
          take(JSON.parse(event.slice(6)) as StreamMessage)
      }
    }
  }
  finally {
    void reader.cancel().catch(() => {})
  }
}

async function readWithin(reader: ReadableStreamDefaultReader<Uint8Array>, line: AbortController) {
  const quiet = Promise.withResolvers<never>()
  const end = () => quiet.reject(new WireError('offline'))
  const timer = setTimeout(end, silence)
  line.signal.addEventListener('abort', end)
  try {
    return await Promise.race([reader.read(), quiet.promise])
  }
  finally {
    clearTimeout(timer)
    line.signal.removeEventListener('abort', end)
  }
}
