import type { addRxStorageMultiInstanceSupport } from 'rxdb/plugins/core'
import type { Page } from './page.ts'
import { registerHooks } from 'node:module'

const owned = /\/client\/|\/node_modules\/(?:rxdb|broadcast-channel)\//
/** The modules that reach for what only a browser has. */
const browsing = /\/client\/db\/(?:copy|copies|purge)\.ts|\/broadcast-channel\/.*\/(?:native|util|leader-election-web-lock)\.js/
const storage = `import { addRxStorageMultiInstanceSupport, OPEN_COLLECTIONS } from 'rxdb/plugins/core'
export const createStorage = () => globalThis.realmBrowser(import.meta.url).createStorage(addRxStorageMultiInstanceSupport, OPEN_COLLECTIONS)
`
/** A tab, its clock, and what RxDB counts as open in it. */
interface Realm { clock: () => number, page: Page, open?: Set<unknown> }
const realms = new Map<string, Realm>()
const realmOf = (url: string | undefined) => url && URL.canParse(url) ? new URL(url).searchParams.get('realm') : null

/** What the modules of a realm find as their browser: the page that runs in it now. */
function browserOf(name: string) {
  const page = () => (realms.get(name) as Realm).page
  return {
    localStorage: { getItem: (key: string) => page().localStorage.getItem(key), setItem: (key: string, value: string) => page().localStorage.setItem(key, value), removeItem: (key: string) => page().localStorage.removeItem(key) },
    indexedDB: { databases: () => page().indexedDB.databases(), deleteDatabase: (database: string) => page().indexedDB.deleteDatabase(database) },
    navigator: { get locks() { return page().locks } },
    // `new` gives what a constructor returns where that is an object.
    BroadcastChannel: function Channel(channel: string) { return page().channel(channel) },
    createStorage: (share: typeof addRxStorageMultiInstanceSupport, open: Set<unknown>) => {
      Object.assign(realms.get(name) as Realm, { open })
      return page().createStorage(share)
    },
  }
}

/** How RxDB in a realm reads the time: it keeps the greatest it has seen, as long as its page lives. */
Object.assign(globalThis, {
  realmClock: (url: string) => (realms.get(realmOf(url) ?? '')?.clock ?? Date.now)(),
  realmBrowser: (url: string) => browserOf(realmOf(url) ?? ''),
})

/** Lets a module that is loaded with `?realm=…` load its own copy of the replica and of RxDB, as each browser tab has one. */
export function openRealms(): void {
  registerHooks({
    resolve: (name, context, next) => {
      const found = next(name, context)
      const realm = realmOf(context.parentURL)
      return realm !== null && owned.test(found.url) ? { ...found, url: `${found.url}?realm=${realm}` } : found
    },
    load: (url, context, next) => {
      const loaded = next(url, context)
      return realmOf(url) === null ? loaded : { ...loaded, source: asInATab(url, String(loaded.source)) }
    },
  })
}

function asInATab(url: string, source: string): string {
  if (url.includes('/utils/utils-time.js'))
    return source.replace('Date.now()', 'globalThis.realmClock(import.meta.url)')
  if (url.includes('/client/db/storage.ts'))
    return storage
  if (!browsing.test(url))
    return source
  const inTab = source.replaceAll('globalThis.navigator', 'navigator').replace('typeof window !== \'undefined\'', 'true')
  return `const { localStorage, indexedDB, navigator, BroadcastChannel } = globalThis.realmBrowser(import.meta.url)\n${inTab}`
}

/** The replica's own entry in a realm; RxDB counts its collections, and remembers the time, for each realm apart. */
export async function inRealm(name: string, clock: () => number, page: Page): Promise<typeof import('../../client/db/open.ts')> {
  realms.get(name)?.open?.clear()
  realms.set(name, { clock, page })
  return await import(`../../client/db/open.ts?realm=${name}`) as typeof import('../../client/db/open.ts')
}
