/** What becomes of one request, given how to send it. */
export type Plan = (send: () => Promise<Response>) => Promise<Response>

export type Route = 'push' | 'pull' | 'stream' | 'digest'

/** The network between one phone and the server, as bad as a test makes it, one request at a time. */
export interface Net {
  through: (send: typeof fetch) => typeof fetch
  /** The plans of the next requests of a route, in turn. */
  next: (route: Route, ...plans: Plan[]) => void
  /** The plan of every request of a route that has none of its own; nothing to leave it alone. */
  always: (route: Route, plan?: Plan) => void
  /** How many requests of a route, or of all, were tried. */
  count: (route?: Route) => number
  /** Resolves when a stream has greeted. */
  greeted: () => Promise<void>
  /** The next frames of the stream are lost on the way. */
  dropFrames: (frames: number) => void
  /** Nothing more goes wrong. */
  heal: () => void
  /** The open stream ends as if a cable were pulled. */
  cut: () => void
  /** The server's heartbeat, now. */
  beat: () => void
}

const frameOf = (message: unknown) => new TextEncoder().encode(`data: ${JSON.stringify(message)}\n\n`)

export const drop: Plan = () => Promise.reject(new TypeError('dropped'))
export const loseAnswer: Plan = async (send) => {
  await send().then(answer => answer.text())
  throw new TypeError('answer lost')
}
export const twice: Plan = async (send) => {
  await send().then(answer => answer.text())
  return send()
}
export const hang: Plan = () => new Promise(() => {})
export const truncate: Plan = async (send) => {
  const answer = await send()
  const text = await answer.text()
  return new Response(text.slice(0, text.length / 2), { status: answer.status, headers: answer.headers })
}
export const portal: Plan = () => Promise.resolve(new Response('<html>Please sign in to the hotel</html>', { headers: { 'content-type': 'text/html' } }))
export function says(status: number, body: unknown): Plan {
  return () =>
    Promise.resolve(new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } }))
}

/** `answered` resolves when the server's answer is on this side of the network, or nobody waits for it any more. */
export interface Held { plan: Plan, reached: Promise<void>, answered: Promise<void>, release: () => void }

/** Holds a request back before the server gets it, until released. */
export function holdRequest(): Held {
  const [reached, released, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const plan: Plan = async (send) => {
    reached.resolve()
    await released.promise
    try {
      const answer = await send()
      const text = await answer.text()
      return new Response(text, { status: answer.status, headers: answer.headers })
    }
    finally {
      answered.resolve()
    }
  }
  return { plan, reached: reached.promise, answered: answered.promise, release: released.resolve }
}

/** Lets the server do its work and holds the answer back until released. */
export function holdAnswer(): Held {
  const [reached, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const plan: Plan = async (send) => {
    const answer = await send()
    const text = await answer.text()
    reached.resolve()
    await released.promise
    return new Response(text, { status: answer.status, headers: answer.headers })
  }
  return { plan, reached: reached.promise, answered: reached.promise, release: released.resolve }
}

export function aNet(): Net {
  const plans = new Map<Route, Plan[]>()
  const usual = new Map<Route, Plan | undefined>()
  const counts = new Map<Route, number>()
  const line: Line = { toDrop: 0, last: 0, greeted: Promise.withResolvers<void>() }
  return {
    through: send => async (input, init) => {
      const route = String(input).split('/').at(-1) as Route
      counts.set(route, (counts.get(route) ?? 0) + 1)
      const plan = plans.get(route)?.shift() ?? usual.get(route)
      const answer = await (plan ? plan(() => send(input, init)) : send(input, init))
      return route === 'stream' && answer.ok && answer.body ? new Response(watched(answer.body, line), answer) : answer
    },
    next: (route, ...more) => void plans.set(route, [...plans.get(route) ?? [], ...more]),
    always: (route, plan) => void usual.set(route, plan),
    count: route => route ? counts.get(route) ?? 0 : [...counts.values()].reduce((sum, count) => sum + count, 0),
    heal: () => {
      plans.clear()
      usual.clear()
      line.toDrop = 0
    },
    greeted: () => line.greeted.promise,
    dropFrames: frames => void (line.toDrop = frames),
    cut: () => {
      line.greeted = Promise.withResolvers<void>()
      line.out?.error(new TypeError('cut'))
    },
    beat: () => line.out?.enqueue(frameOf({ p: line.last, s: line.last, now: Date.now() })),
  }
}

interface Line { toDrop: number, last: number, greeted: PromiseWithResolvers<void>, out?: TransformStreamDefaultController<Uint8Array> }

/** The stream's events one by one, some of them dropped. */
function watched(body: ReadableStream<Uint8Array>, line: Line): ReadableStream<Uint8Array> {
  const decoder = new TextDecoder()
  let rest = ''
  return body.pipeThrough(new TransformStream<Uint8Array, Uint8Array>({
    start: out => void (line.out = out),
    transform: (chunk, out) => {
      const events = (rest + decoder.decode(chunk, { stream: true })).split('\n\n')
      rest = events.pop() ?? ''
      for (const event of events) {
        const message = JSON.parse(event.slice(6)) as { s?: number, p?: number }
        line.last = message.s ?? line.last
        if ('hello' in message)
          line.greeted.resolve()
        if (message.p === undefined || line.toDrop-- <= 0)
          out.enqueue(frameOf(message))
      }
      line.toDrop = Math.max(line.toDrop, 0)
    },
  }))
}
