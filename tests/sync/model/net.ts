import type { EventEmitter } from 'node:events'
import type { Actor } from '../../../server/sync/actor.ts'
import type { ModelServer } from './server.ts'
import type { Time } from './time.ts'

/** What becomes of a request: `late` it reaches the server, `stale` when nobody waits any more; `slow` its answer comes back. */
export type Fate = 'drop' | 'lose' | 'twice' | 'late' | 'stale' | 'slow' | 'hang' | 'truncate' | 'portal'
export type Route = 'push' | 'pull' | 'stream'

/** The way between one phone and the server; messages take their time, by the virtual clock alone. */
export interface ModelNet {
  fetch: typeof fetch
  fates: Map<Route, Fate[]>
  off: boolean
  /** So many frames of the stream are lost on the way. */
  dropFrames: number
  /** The stream breaks off. */
  cut: () => void
  heal: () => void
}

const hop = 2
const there: Partial<Record<Fate, number>> = { late: 3000, stale: 25_000 }
const back: Partial<Record<Fate, number>> = { slow: 5000 }

export function createModelNet(time: Time, server: ModelServer, actor: Actor): ModelNet {
  const line: { cut: () => void } = { cut: () => {} }
  const weather: Pick<ModelNet, 'fates' | 'off' | 'dropFrames'> = { fates: new Map(), off: false, dropFrames: 0 }
  const pass = (ms: number) => new Promise<void>(resolve => void time.after(ms, resolve))

  async function ask(route: Route, path: string, body: string): Promise<Response> {
    const fate = weather.fates.get(route)?.shift()
    await pass((fate && there[fate]) ?? hop)
    if (fate === 'drop')
      throw new TypeError('dropped')
    if (fate === 'portal')
      return new Response('<html>Welcome to the hotel</html>', { headers: { 'content-type': 'text/html' } })
    if (route === 'stream')
      return stream()
    if (fate === 'twice')
      await server.ask(actor, path, body)
    const { status, text } = await server.ask(actor, path, body)
    if (fate === 'hang')
      await new Promise(() => {})
    await pass((fate && back[fate]) ?? hop)
    if (fate === 'lose' || weather.off)
      throw new TypeError('answer lost')
    return new Response(fate === 'truncate' ? text.slice(0, text.length / 2) : text, { status, headers: { 'content-type': 'application/json' } })
  }

  async function stream(): Promise<Response> {
    const open: { out?: ReadableStreamDefaultController<Uint8Array> | undefined, res?: EventEmitter } = {}
    const hangUp = () => {
      open.out = undefined
      open.res?.emit('close')
    }
    const body = new ReadableStream<Uint8Array>({ start: out => void (open.out = out), cancel: hangUp })
    const end = () => {
      open.out?.error(new TypeError('cut'))
      open.out = undefined
    }
    const send = (text: string) => time.after(hop, () => {
      const isFrame = text.includes('"p":')
      if (isFrame && weather.dropFrames > 0)
        weather.dropFrames--
      else
        open.out?.enqueue(new TextEncoder().encode(text))
    })
    open.res = await server.listen(actor, send, end)
    line.cut = () => {
      end()
      open.res?.emit('close')
    }
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }

  return Object.assign(weather, {
    cut: () => line.cut(),
    heal: () => {
      weather.fates.clear()
      Object.assign(weather, { off: false, dropFrames: 0 })
    },
    fetch: (input: RequestInfo | URL, init?: RequestInit) => new Promise<Response>((resolve, reject) => {
      if (weather.off)
        return reject(new TypeError('offline'))
      init?.signal?.addEventListener('abort', () => reject(new TypeError('aborted')))
      const path = String(input)
      ask(path.split('/').at(-1) as Route, path, String(init?.body ?? '')).then(resolve, reject)
    }),
  })
}
