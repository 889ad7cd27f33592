import type { Kind } from '#shared/record/envelope.ts'
import type { Replica } from '../../client/db/types.ts'
import type { Net } from '../support/net.ts'
import type { TestPerson } from '../support/person.ts'
import type { Held } from './checks.ts'
import type { Ledger } from './ledger.ts'
import type { Line } from './line.ts'
import type { Tab } from './tab.ts'
import { firstValueFrom } from 'rxjs'
import { specs } from '#shared/record/specs.ts'
import { aNet } from '../support/net.ts'
import { textOf } from './checks.ts'
import { heard } from './heard.ts'
import { aProfile } from './page.ts'
import { aTab } from './tab.ts'
import { patience } from './tempo.ts'
import { aTrace } from './trace.ts'

const kinds = Object.keys(specs) as Kind[]

/** One phone in somebody's hand: an app in one tab or two on its own storage, over its own line, with its own clock. */
export interface Handset {
  name: string
  person: TestPerson
  net: Net
  line: Line
  /** Added to the machine's clock, ms. */
  wall: { offset: number }
  /** What its tabs show, unless they are being opened anew or its person was removed. */
  replicas: () => Replica[]
  replica: () => Replica | undefined
  isGone: () => boolean
  /** Starts anew from the storage, as an app that was closed; `between` happens while it is closed. */
  reopen: (between?: () => void) => Promise<void>
  /** Opens one more tab over the same storage, where there is only one. */
  addTab: () => Promise<void>
  /** Closes one of two tabs. */
  closeTab: (which: number) => Promise<void>
  /** Ends a tab in the middle of whatever it does; the app is opened again where it was the only one. */
  killTab: (which: number) => Promise<void>
  flight: (on: boolean) => void
  /** Nothing brings it online meanwhile. */
  exile: (on: boolean) => void
  /** How often it was told to start anew in the history it is of: it had been away for too long. */
  outlived: () => number
  /** Speaks the wire version before the oldest the server still serves. */
  outdate: (on: boolean) => void
  /** Whether it is too old to pull, and was current in this life before it became so. */
  mustDrain: () => boolean
  /** How the replica says it fares, in words for who looks for what went wrong. */
  condition: () => Promise<string>
  /** What it asked and was told about a record. */
  told: (id: string) => string[]
  /** Resolves when no opening is under way. */
  settled: () => Promise<void>
  /** What each tab shows. */
  held: () => Promise<(Held[] | undefined)[]>
  waiting: () => Promise<number | undefined>
  close: () => Promise<void>
}

interface State { tabs: Tab[], work: Promise<void>, aside: Promise<unknown>, life: number, air: AbortController, exiled: boolean, old: boolean, outlived: number, ended: boolean }

/** What a replica that was closed under a question answers. */
export const isClosed = (error: unknown) => (error as { code?: unknown } | undefined)?.code === 'COL21' || /reading 'find/.test(String(error))

/** `slot` names the phone among those open at once: a phone in the same slot of a later run runs the same code. */
export async function aHandset(slot: number, name: string, person: TestPerson, line: Line, ledger: Ledger): Promise<Handset> {
  const net = aNet()
  const wall = { offset: 0 }
  const clock = () => Date.now() + wall.offset
  const profile = aProfile()
  const state: State = { tabs: [], work: Promise.resolve(), aside: Promise.resolve(), life: 0, air: new AbortController(), exiled: false, old: false, outlived: 0, ended: false }
  const { 'x-org': org = '', 'x-member': member = '' } = person.headers
  const radio: typeof fetch = async (input, init) => {
    state.air.signal.throwIfAborted()
    const headers = { ...init?.headers as Record<string, string>, ...state.old && { 'x-protocol': '0' } }
    return person.fetch(String(input), { ...init, headers, signal: AbortSignal.any([state.air.signal, ...init?.signal ? [init.signal] : []]) })
  }
  const asked = net.through(ledger.below(radio, member))
  const trace = aTrace()
  const send = (heardBy: (isReset: boolean) => boolean) => ledger.above(heard(trace.through(asked), ({ reset, epoch }, of) => {
    if (heardBy(reset === true) && epoch === of.epoch)
      state.outlived++
  }))

  const replicas = () => state.tabs.flatMap(tab => tab.replica() ?? [])
  const isGone = () => state.tabs.length > 0 && state.tabs.every(tab => tab.isGone())

  function inTurn(work: () => Promise<void>): Promise<void> {
    state.work = state.work.then(() => state.aside).then(work)
    return state.work
  }

  function underWay(work: Promise<void>) {
    state.aside = Promise.all([state.aside, work])
  }

  async function openTab() {
    if (state.ended || state.tabs.some(tab => tab.isGone()))
      return
    const tab: Tab = aTab({
      profile,
      realm: `${slot}.${state.life}`,
      clock,
      send,
      replica: { org, member, timeout: patience },
      underWay,
      tellOthers: () => state.tabs.filter(other => other !== tab).forEach(other => underWay(other.follow())),
    })
    state.life++
    state.tabs.push(tab)
    trace.note(`a tab opens, of ${state.tabs.length}`)
    await tab.open()
  }

  /** Undefined where the replica is, or is being, closed or deleted. */
  async function reading<T>(tab: Tab, work: (replica: Replica) => Promise<T>): Promise<T | undefined> {
    const replica = tab.replica()
    try {
      return replica && await Promise.race([tab.page.killed.then(() => undefined), work(replica)])
    }
    catch (error) {
      if (isClosed(error))
        return undefined
      throw error
    }
  }

  await inTurn(openTab)
  return {
    name,
    person,
    net,
    line,
    wall,
    replicas,
    replica: () => replicas()[0],
    isGone,
    reopen: between => inTurn(async () => {
      const [first, ...others] = state.tabs
      // In one page the old copy would go on while the new one is built; a tab that is killed may be at that.
      if (!first || state.tabs.some(tab => tab.isGone() || tab.isRenewing()))
        return
      trace.note('the app closes')
      await Promise.all([first, ...others].map(tab => tab.close()))
      trace.note('the app opens')
      state.tabs = between ? [] : [first]
      between?.()
      await (between ? openTab() : first.open())
    }),
    addTab: () => inTurn(async () => {
      if (state.tabs.length === 1)
        await openTab()
    }),
    closeTab: which => inTurn(async () => {
      const tab = state.tabs[which % state.tabs.length]
      if (!tab || state.tabs.length === 1 || tab.isRenewing())
        return
      state.tabs = state.tabs.filter(other => other !== tab)
      await tab.close()
    }),
    killTab: async (which) => {
      const tab = state.tabs[which % state.tabs.length]
      if (!tab || tab.isGone())
        return
      state.tabs = state.tabs.filter(other => other !== tab)
      tab.kill()
      trace.note('a tab was killed')
      await inTurn(async () => {
        if (state.tabs.length === 0)
          await openTab()
      })
    },
    flight: (on) => {
      if (on)
        state.air.abort(new TypeError('offline'))
      else if (state.air.signal.aborted && !state.exiled)
        state.air = new AbortController()
    },
    exile: (on) => {
      state.exiled = on
      if (on)
        state.air.abort(new TypeError('offline'))
    },
    outlived: () => state.outlived,
    mustDrain: () => state.old && !isGone() && state.tabs.some(tab => tab.wasCurrent()),
    outdate: (on) => {
      state.old = on
    },
    condition: async () => {
      const all = await Promise.all(state.tabs.map(async (tab) => {
        const now = await reading(tab, replica => firstValueFrom(replica.state))
        return `${now?.connection ?? 'closed'}, ${now?.ready ? 'ready' : 'not ready'}, ${tab.isRenewing() ? 'being built anew' : 'not being built anew'}`
      }))
      return all.join('; other tab ')
    },
    told: trace.about,
    settled: () => inTurn(async () => {}),
    held: () => Promise.all(state.tabs.map(tab => reading(tab, async ({ find }) => {
      const found = await Promise.all(kinds.map(kind => firstValueFrom(find({ kind }))))
      return found.flat().map(({ id, v, d }) => [id, v, textOf(d)] as const)
    }))),
    waiting: async () => {
      const all = await Promise.all(state.tabs.map(tab => reading(tab, async ({ waiting }) => (await firstValueFrom(waiting)).length)))
      return all.reduce((most, count) => most === undefined || count === undefined ? undefined : Math.max(most, count), 0)
    },
    close: async () => {
      state.ended = true
      await Promise.allSettled([state.work, state.aside])
      await Promise.all(state.tabs.map(tab => tab.close()))
      await line.close()
    },
  }
}
