import type { Kind } from '#shared/record/envelope.ts'
import type { Replica } from '../../client/db/types.ts'
import type { Net } from '../support/net.ts'
import type { TestPerson } from '../support/person.ts'
import type { Held } from './checks.ts'
import type { Ledger } from './ledger.ts'
import type { Line } from './line.ts'
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory'
import { firstValueFrom } from 'rxjs'
import { specs } from '#shared/record/specs.ts'
import { nextCopy } from '../../client/db/copies.ts'
import { aNet } from '../support/net.ts'
import { textOf } from './checks.ts'
import { inRealm } from './realm.ts'
import { patience } from './tempo.ts'

const kinds = Object.keys(specs) as Kind[]

/** One phone in somebody's hand: a replica on its own storage, over its own line, with its own clock. */
export interface Handset {
  name: string
  person: TestPerson
  net: Net
  line: Line
  /** Added to the machine's clock, ms. */
  wall: { offset: number }
  /** The replica, unless it is being opened anew or its person was removed. */
  replica: () => Replica | undefined
  isGone: () => boolean
  /** Starts anew from the storage, as an app that was closed; `between` happens while it is closed. */
  reopen: (between?: () => void) => Promise<void>
  flight: (on: boolean) => void
  /** Speaks the wire version before the oldest the server still serves. */
  outdate: (on: boolean) => void
  /** Whether it is too old to pull, and was current in this life before it became so. */
  mustDrain: () => boolean
  /** How the replica says it fares, in words for who looks for what went wrong. */
  condition: () => Promise<string>
  /** Resolves when no opening is under way. */
  settled: () => Promise<void>
  held: () => Promise<Held[] | undefined>
  waiting: () => Promise<number | undefined>
  close: () => Promise<void>
}

interface State { replica?: Replica, work: Promise<void>, gone: boolean, copy: string, life: number, air: AbortController, old: boolean, pulled: boolean, renewing: boolean, ended: boolean }

/** What a replica that was closed under a question answers. */
export const isClosed = (error: unknown) => (error as { code?: unknown } | undefined)?.code === 'COL21' || /reading 'find/.test(String(error))

/** `slot` names the phone among those open at once: a phone in the same slot of a later run runs the same code. */
export async function aHandset(slot: number, name: string, person: TestPerson, line: Line, ledger: Ledger): Promise<Handset> {
  const net = aNet()
  const wall = { offset: 0 }
  const clock = () => Date.now() + wall.offset
  const base = `chaos-${crypto.randomUUID()}`
  const storage = getRxStorageMemory()
  const state: State = { work: Promise.resolve(), gone: false, copy: base, life: 0, air: new AbortController(), old: false, pulled: false, renewing: false, ended: false }
  const { 'x-org': org = '', 'x-member': member = '' } = person.headers
  const radio: typeof fetch = async (input, init) => {
    state.air.signal.throwIfAborted()
    const headers = { ...init?.headers as Record<string, string>, ...state.old && { 'x-protocol': '0' } }
    return person.fetch(String(input), { ...init, headers, signal: AbortSignal.any([state.air.signal, ...init?.signal ? [init.signal] : []]) })
  }
  const heardPull = ({ reset }: { reset?: boolean }) => {
    state.pulled ||= !reset
    state.renewing ||= reset === true
  }
  const send = ledger.above(heard(net.through(ledger.below(radio, member)), heardPull))

  async function open() {
    if (state.gone || state.ended)
      return
    state.pulled = false
    const { openReplica } = await inRealm(`${slot}.${state.life}`, clock)
    state.replica = await openReplica({
      org,
      member,
      name: state.copy,
      storage: storage as never,
      multiInstance: false,
      timeout: patience,
      fetch: send,
      wallClock: clock,
      onGone: () => {
        state.gone = true
        state.replica = undefined
      },
      onReset: renewed => void inTurn(() => goOnIn(renewed)),
    })
  }

  /** The server has another history: the old copy closes, and the phone goes on in the new one. */
  async function goOnIn(renewed: Promise<Replica>) {
    state.copy = nextCopy(state.copy)
    const old = state.replica
    state.replica = undefined
    state.replica = await renewed
    state.renewing = false
    await old?.close()
  }

  function inTurn(work: () => Promise<void>): Promise<void> {
    state.work = state.work.then(work)
    return state.work
  }

  /** Undefined where the replica is, or is being, closed or deleted. */
  async function reading<T>(work: (replica: Replica) => Promise<T>): Promise<T | undefined> {
    const { replica } = state
    try {
      return replica && !state.gone ? await work(replica) : undefined
    }
    catch (error) {
      if (isClosed(error))
        return undefined
      throw error
    }
  }

  await inTurn(open)
  return {
    name,
    person,
    net,
    line,
    wall,
    replica: () => state.gone ? undefined : state.replica,
    isGone: () => state.gone,
    reopen: between => inTurn(async () => {
      const { replica } = state
      // Two pages cannot have the same copy open, and here the old one would go on while the new one is built.
      if (!replica || state.gone || state.renewing)
        return
      state.replica = undefined
      await replica.close()
      if (between) {
        between()
        state.life++
      }
      await open()
    }),
    flight: (on) => {
      if (on)
        state.air.abort(new TypeError('offline'))
      else if (state.air.signal.aborted)
        state.air = new AbortController()
    },
    mustDrain: () => state.old && state.pulled && !state.gone,
    outdate: (on) => {
      state.old = on
    },
    condition: async () => {
      const now = state.replica && await firstValueFrom(state.replica.state)
      return `${now?.connection ?? 'closed'}, ${now?.ready ? 'ready' : 'not ready'}, ${state.renewing ? 'being built anew' : 'not being built anew'}`
    },
    settled: () => state.work,
    held: () => reading(async ({ find }) => {
      const found = await Promise.all(kinds.map(kind => firstValueFrom(find({ kind }))))
      return found.flat().map(({ id, v, d }) => [id, v, textOf(d)])
    }),
    waiting: () => reading(async ({ waiting }) => (await firstValueFrom(waiting)).length),
    close: async () => {
      state.ended = true
      await state.work.catch(() => {})
      await state.replica?.close()
      for (const key of [...storage.collectionStates.keys()].filter(found => found.includes(base)))
        storage.collectionStates.delete(key)
      await line.close()
    },
  }
}

/** Tells when a pull was answered in full, as the phone hears it. */
function heard(send: typeof fetch, tell: (answer: { reset?: boolean }) => void): typeof fetch {
  return async (input, init) => {
    const answer = await send(input, init)
    if (!String(input).endsWith('/pull') || !answer.ok)
      return answer
    const text = await answer.text()
    if (text.endsWith('}') && (text.includes('"pages"') || text.includes('"reset"')))
      tell(JSON.parse(text) as { reset?: boolean })
    return new Response(text, answer)
  }
}
