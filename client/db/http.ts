import { protocol } from '#shared/sync/version.ts'

/** Why the server could not be asked, as far as the replica must know. */
export type WireFault = 'offline' | 'signed-out' | 'gone' | 'outdated' | 'busy' | 'other-person' | 'rejected'

export class WireError extends Error {
  readonly fault: WireFault
  /** Milliseconds the server asked to wait. */
  readonly wait: number

  constructor(fault: WireFault, wait = 0) {
    super(fault)
    this.name = 'WireError'
    this.fault = fault
    this.wait = wait
  }
}

export interface Wire {
  post: (path: string, body: unknown) => Promise<unknown>
  get: (path: string) => Promise<unknown>
  stream: (path: string, signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>
}

export interface WireOptions {
  base: string
  org: string
  member: string
  fetch: typeof fetch
  /** A request that has not settled by then counts as offline, ms. */
  timeout?: number
  /** Sent beside the cookies; for replicas outside a browser. */
  headers?: Record<string, string>
}

/** By the code of our own server's problems: a status alone may come from anything on the way, and `gone` deletes a replica. */
const faults: Record<string, WireFault> = {
  'sign-in': 'signed-out',
  'ORG_GONE': 'gone',
  'other-person': 'other-person',
  'update': 'outdated',
  'invalid': 'rejected',
  'too-large': 'rejected',
}

/** JSON over HTTP for one member of one org. Anything that is not our server's JSON counts as offline. */
export function createWire({ base, org, member, fetch, timeout = 15_000, headers = {} }: WireOptions): Wire {
  const common = { 'x-org': org, 'x-member': member, 'x-protocol': String(protocol), 'accept': 'application/json, text/event-stream', ...headers }

  async function ask(path: string, init: RequestInit): Promise<Response> {
    const answer = await fetch(`${base}${path}`, { credentials: 'same-origin', cache: 'no-store', ...init }).catch(() => {
      throw new WireError('offline')
    })
    if (answer.ok)
      return answer
    throw new WireError(await faultOf(answer), Number(answer.headers.get('retry-after') ?? 0) * 1000)
  }

  async function json(path: string, init: RequestInit): Promise<unknown> {
    const gone = new AbortController()
    const work = ask(path, { ...init, signal: gone.signal }).then(async (answer) => {
      if (!answer.headers.get('content-type')?.includes('application/json'))
        throw new WireError('offline')
      const said: unknown = await answer.json()
      // A captive portal may speak JSON too; everything our server answers carries its time.
      if (typeof (said as { now?: unknown } | null)?.now !== 'number')
        throw new WireError('offline')
      return said
    })
    return settleWithin(work, timeout, () => gone.abort())
  }

  return {
    get: path => json(path, { headers: common }),
    post: (path, body) => json(path, { method: 'POST', headers: { ...common, 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    stream: async (path, signal) => {
      const answer = await settleWithin(ask(path, { headers: common, signal }), timeout, () => {})
      if (!answer.body || !answer.headers.get('content-type')?.includes('text/event-stream'))
        throw new WireError('offline')
      return answer.body
    },
  }
}

async function faultOf(answer: Response): Promise<WireFault> {
  if (!answer.headers.get('content-type')?.includes('json'))
    return 'offline'
  const problem = await answer.json().catch(() => undefined) as { code?: unknown } | null | undefined
  return typeof problem?.code === 'string' && Object.hasOwn(faults, problem.code) ? faults[problem.code] as WireFault : 'busy'
}

/** Races work against a timer: an abort signal alone does not settle every stuck request. */
export async function settleWithin<T>(work: Promise<T>, limit: number, abort: () => void): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    abort()
    late.reject(new WireError('offline'))
  }, limit)
  try {
    return await Promise.race([work, late.promise])
  }
  catch (error) {
    throw error instanceof WireError ? error : new WireError('offline')
  }
  finally {
    clearTimeout(timer)
  }
}
