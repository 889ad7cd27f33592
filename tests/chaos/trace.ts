interface Doc { id: string, v?: string, deleted?: boolean }
interface Pulled { reset?: true, epoch?: string, pages?: Record<string, { docs: Doc[], seq: number }> }
interface Asked { epoch?: string, since?: object, fill?: object, rows?: { id: string, v: string, base: string }[] }
interface Pushed { epoch?: string, rows?: { refused?: { code: string }, later?: true, doc?: Doc | null }[] }

/** What a phone asked and was told, as it heard it: for who looks for where a replica went wrong. */
export interface Trace {
  through: (send: typeof fetch) => typeof fetch
  note: (what: string) => void
  /** The lines about a record, and those about the history its copy is of. */
  about: (id: string) => string[]
}

export function aTrace(): Trace {
  const started = performance.now()
  const lines: { text: string, ids: readonly string[] }[] = []
  const log = (text: string, ids: readonly string[] = []) => void lines.push({ text: `${Math.round(performance.now() - started)} ms ${text}`, ids })
  return {
    note: what => log(what),
    about: id => lines.filter(line => line.ids.length === 0 || line.ids.includes(id)).map(({ text, ids }) => ids.length > 0 ? `${text} …` : text),
    through: send => async (input, init) => {
      const path = String(input).split('/').at(-1) ?? ''
      if (path === 'stream')
        return streamed(await send(input, init), log)
      const asked = init?.body ? JSON.parse(String(init.body)) as Asked : {}
      const answer = await send(input, init).catch((error: unknown) => {
        log(`${path} failed`, asked.rows?.map(({ id }) => id) ?? ['-'])
        throw error
      })
      const text = await answer.text()
      if (answer.ok && path === 'pull')
        pulled(asked, parsed(text), log)
      if (path === 'push')
        (asked.rows ?? []).forEach((row, n) => log(`push of ${row.id} ${row.v} on ${row.base}: ${answer.status} ${JSON.stringify((parsed(text) as Pushed).rows?.[n])?.slice(0, 200)}`, [row.id]))
      return new Response(text, { status: answer.status, headers: answer.headers })
    },
  }
}

type Log = (text: string, ids?: readonly string[]) => void

function parsed(text: string): Pulled & Pushed {
  try {
    return JSON.parse(text) as Pulled & Pushed
  }
  catch {
    return {}
  }
}

function pulled(asked: Asked, { reset, epoch, pages = {} }: Pulled, log: Log): void {
  const what = `pull of ${asked.epoch || 'no history'} since ${JSON.stringify(asked.since)}${asked.fill ? ` filling ${JSON.stringify(asked.fill)}` : ''}`
  if (reset)
    return log(`${what}: start anew, history ${epoch}`)
  for (const [collection, { docs, seq }] of Object.entries(pages)) {
    for (const { id, v, deleted } of docs)
      log(`${what}: ${id} ${v} ${deleted ? 'ended' : 'lives'}, ${collection} to ${seq} of ${epoch}`, [id])
  }
}

/** Reads along what comes down a stream. */
function streamed(answer: Response, log: Log): Response {
  if (!answer.ok || !answer.body)
    return answer
  const decoder = new TextDecoder()
  let rest = ''
  const read = (text: string) => {
    const events = (rest + text).split('\n\n')
    rest = events.pop() ?? ''
    for (const event of events) {
      const { hello, epoch, p, s, docs = [], poke } = JSON.parse(event.slice(6)) as { hello?: true, epoch?: string, p?: number, s?: number, docs?: Doc[], poke?: true }
      if (hello)
        log(`stream of ${epoch} from ${s}`)
      docs.forEach(({ id, v, deleted }) => log(`frame ${p} to ${s}: ${id} ${v} ${deleted ? 'ended' : 'lives'}`, [id]))
      if (poke)
        log(`frame ${p} to ${s}: pull`)
    }
  }
  return new Response(answer.body.pipeThrough(new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, out) => {
      read(decoder.decode(chunk, { stream: true }))
      out.enqueue(chunk)
    },
  })), answer)
}
