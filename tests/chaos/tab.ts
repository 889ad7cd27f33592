import type { ReplicaOptions } from '../../client/db/open.ts'
import type { Replica } from '../../client/db/types.ts'
import type { Page, Profile } from './page.ts'
import { setImmediate as turn } from 'node:timers/promises'
import { aPage } from './page.ts'
import { inRealm } from './realm.ts'

/** One tab of the app: a page with code of its own, and the replica it shows. */
export interface Tab {
  page: Page
  replica: () => Replica | undefined
  isGone: () => boolean
  /** Whether its copy is being built anew. */
  isRenewing: () => boolean
  /** Whether a pull of this life was answered. */
  wasCurrent: () => boolean
  open: () => Promise<void>
  close: () => Promise<void>
  /** Another tab has built the copy anew: as the app does, this one closes and opens the new one. */
  follow: () => Promise<void>
  kill: () => void
}

export interface TabOptions {
  profile: Profile
  /** Where its code is loaded; that of a killed tab is not used again in the same run. */
  realm: string
  clock: () => number
  /** What the tab asks with; it hears of every pull that was answered, and says whether it was the news that a new copy must be built. */
  send: (heardBy: (isReset: boolean) => boolean) => typeof fetch
  replica: Pick<ReplicaOptions, 'org' | 'member' | 'timeout'>
  /** Is told of what goes on by itself. */
  underWay: (work: Promise<void>) => void
  /** As the app says to its other tabs that the copy was built anew. */
  tellOthers: () => void
}

export function aTab({ profile, realm, clock, send, replica: options, underWay, tellOthers }: TabOptions): Tab {
  const page = aPage(profile)
  const state: { replica?: Replica | undefined, renewal: Promise<void>, work: Promise<void>, gone: boolean, renewing: boolean, current: boolean } = { renewal: Promise.resolve(), work: Promise.resolve(), gone: false, renewing: false, current: false }
  const through = page.through(send((isReset) => {
    const isNews = isReset && !state.renewing
    state.renewing ||= isReset
    state.current ||= !isReset
    return isNews
  }))

  function onReset(renewed: Promise<Replica>) {
    state.replica = undefined
    void turn().then(tellOthers)
    state.renewal = Promise.race([page.killed, renewed.then((fresh) => {
      state.replica = fresh
      state.renewing = false
    })])
    underWay(state.renewal)
  }

  function inTurn(work: () => Promise<void>): Promise<void> {
    state.work = state.work.then(() => Promise.race([page.killed, work()]))
    return state.work
  }

  async function close() {
    await state.renewal
    const { replica } = state
    state.replica = undefined
    await replica?.close()
    state.renewing = false
  }

  async function open() {
    state.current = false
    const { openReplica } = await inRealm(realm, clock, page)
    state.replica = await openReplica({
      ...options,
      fetch: through,
      wallClock: clock,
      onReset,
      onGone: () => {
        state.gone = true
        state.replica = undefined
      },
    })
  }

  return {
    page,
    replica: () => state.gone || page.isKilled() ? undefined : state.replica,
    isGone: () => state.gone,
    isRenewing: () => state.renewing,
    wasCurrent: () => state.current,
    open: () => inTurn(open),
    close: () => inTurn(close),
    follow: () => inTurn(async () => {
      await state.renewal
      if (!state.replica || state.gone)
        return
      await close()
      await open()
    }),
    kill: () => {
      page.kill()
      // Only its timers: nothing of it reaches anything.
      void state.replica?.close().catch(() => {})
    },
  }
}
