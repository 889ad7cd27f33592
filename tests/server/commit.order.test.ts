import type { Frame, StreamMessage } from '#shared/sync/wire.ts'
import type { Change } from '../../server/store/port.ts'
import type { Bench } from './commitBench.ts'
import { EventEmitter } from 'node:events'
import { setImmediate as turn } from 'node:timers/promises'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStream } from '../../server/sync/stream.ts'
import { anEventAnswer } from '../support/eventAnswer.ts'
import { aBench, anIssue, stores } from './commitBench.ts'

const writers = 12
const rounds = 5

describe.each(stores)('order on %s', (kind) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await aBench(kind)
  })
  afterAll(() => bench.drop())

  /** Twelve devices write at once: records of their own, and one they all fight over. */
  async function storm(company: Awaited<ReturnType<Bench['company']>>) {
    await Promise.all(Array.from({ length: writers }, async (_, n) => {
      const device = company.device('ada', 'admin')
      for (let turn = 0; turn < rounds; turn++)
        await device.sendAll([device.patch('issue', `own-${n}-${turn}`, anIssue('ada')), device.patch('issue', 'shared', anIssue('ada', { title: `${n}-${turn}` }))])
    }))
  }

  it('[S1] sequence numbers are gapless, and a reader who pages by cursor while twelve write misses nothing', async () => {
    const acme = await bench.company()
    const seen = new Set<string>()
    const state = { over: false, since: 0 }
    const reading = (async () => {
      while (true) {
        // A file answers without ever leaving the turn: the writers must get theirs.
        await turn()
        const { over } = state
        const { docs, head } = await bench.store.read(async tx => ({ docs: await tx.docsSince(acme.org, 'records', state.since, 5), head: (await tx.orgSync(acme.org))?.seq }))
        docs.forEach(doc => seen.add(doc.id))
        state.since = docs.at(-1)?.seq ?? state.since
        if (over && state.since === head)
          return
      }
    })()
    await storm(acme)
    state.over = true
    await reading
    const all = await bench.store.read(tx => tx.docsByKind(acme.org, 'issue'))
    expect(all.filter(doc => !seen.has(doc.id))).toEqual([])
    const changes = (await Promise.all([...all.map(doc => doc.id), acme.org, 'ada', 'ben', 'cleo', 'vera'].map(acme.changes))).flat()
    expect(changes.map(change => change.seq).sort((a, b) => a - b)).toEqual(Array.from({ length: await acme.head() }, (_, n) => n + 1))
  })

  it('[S2] the streams are told the newest sequence number, whoever commits at the same time', async () => {
    const acme = await bench.company()
    const frames: Frame[] = []
    const told = Promise.withResolvers<void>()
    const over = { head: Number.POSITIVE_INFINITY }
    const check = () => (frames.at(-1)?.s ?? 0) >= over.head && told.resolve()
    bench.deps.hub.listen(acme.org, await acme.head(), { member: 'ben', session: 's', end: () => {}, send: (message: StreamMessage) => {
      frames.push(message as Frame)
      check()
      return true
    } })
    await storm(acme)
    over.head = await acme.head()
    check()
    await told.promise
    frames.slice(1).forEach((frame, n) => expect(frame.p).toBe(frames[n]?.s))
  })

  it('[S3] what is committed while a stream opens is told on it', async () => {
    const acme = await bench.company()
    const state = { first: true }
    const store = { ...bench.store, glance: async <T>(work: Parameters<typeof bench.store.glance<T>>[0]) => {
      const answer = await bench.store.glance(work)
      if (state.first) {
        state.first = false
        await acme.ada.write('issue', 's3', anIssue('ada'))
      }
      return answer
    } }
    const line = aLine()
    await openStream({ ...bench.deps, store }, { ...acme.ben.actor, session: 's' }, line.res)
    const head = await acme.head()
    await line.told(message => 'p' in message && message.s === head)
  })

  it('[S4] a stream that opens behind its room is told at once how far the room is', async () => {
    const acme = await bench.company()
    const first = aLine()
    await openStream(bench.deps, { ...acme.ben.actor, session: 's' }, first.res)
    await acme.ada.write('issue', 's4', anIssue('ada'))
    const head = await acme.head()
    await first.told(message => 'p' in message && message.s === head)
    const said: StreamMessage[] = []
    bench.deps.hub.listen(acme.org, head - 1, { member: 'cleo', session: 's', end: () => {}, send: message => said.push(message) > 0 })
    expect(said).toMatchObject([{ s: head }])
  })

  it('[S5] a frame too long for a stream goes as a poke, and cuts nobody off', async () => {
    const acme = await bench.company()
    const line = aLine()
    await openStream(bench.deps, { ...acme.ben.actor, session: 's' }, line.res)
    const rows = Array.from({ length: 60 }, (_, n) => acme.ada.patch('issue', `s5-${n}`, anIssue('ada', { detail: 'x'.repeat(8000) })))
    await acme.ada.sendAll(rows)
    await line.told(message => 'poke' in message && message.poke === true)
    expect(line.said.some(message => 'bye' in message)).toBe(false)
  })

  it('[S6] the change log builds every record anew', async () => {
    const ids = ['a', 'b', 'c']
    const fields = { title: fc.constantFrom('x', 'y', 'z'), horizon: fc.constantFrom('now', 'later'), urgency: fc.constantFrom(0, 1, null), state: fc.constantFrom('open', 'identified', 'discussed') }
    const edits = fc.array(fc.record({ id: fc.constantFrom(...ids), by: fc.constantFrom('ada', 'ben', 'cleo'), behind: fc.nat(3), at: fc.integer({ min: -50, max: 50 }), fields: fc.record(fields, { requiredKeys: [] }) }), { maxLength: 15 })
    await fc.assert(fc.asyncProperty(edits, async (list) => {
      const acme = await bench.company()
      const bases: Record<string, string[]> = {}
      for (const id of ids)
        await acme.ada.write('issue', id, anIssue('ada'), { at: bench.time.now - 100 })
      for (const { id, by, behind, at, fields: set } of list) {
        const seen = bases[id] ??= [(await acme.doc(id))?.v ?? '']
        await acme.device(by, 'admin').write('issue', id, set, { base: seen.at(-1 - Math.min(behind, seen.length - 1)), at: bench.time.now + at })
        seen.push((await acme.doc(id))?.v ?? '')
      }
      for (const id of ids)
        expect(rebuilt(await acme.changes(id))).toEqual((await acme.doc(id))?.body)
    }), { numRuns: 15 })
  })
})

function rebuilt(changes: readonly Change[]): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  for (const change of [...changes].reverse()) {
    for (const [field, [value]] of Object.entries(change.set)) {
      if (value === null)
        delete body[field]
      else
        body[field] = value
    }
  }
  return body
}

/** One open line of a reader who keeps up. */
function aLine() {
  const said: StreamMessage[] = []
  const heard = new EventEmitter()
  const write = (text: string) => {
    said.push(JSON.parse(text.slice(6)) as StreamMessage)
    heard.emit('said')
  }
  const told = async (fits: (message: StreamMessage) => boolean) => {
    while (!said.some(fits))
      await new Promise(resolve => heard.once('said', resolve))
  }
  return { said, told, res: anEventAnswer({ write }) }
}
