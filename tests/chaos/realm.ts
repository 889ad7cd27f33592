import { registerHooks } from 'node:module'

const owned = /\/client\/|\/node_modules\/rxdb\//
const clocks = new Map<string, () => number>()
const realmOf = (url: string | undefined) => url && URL.canParse(url) ? new URL(url).searchParams.get('realm') : null

/** How RxDB in a realm reads the time: it keeps the greatest it has seen, as long as its page lives. */
Object.assign(globalThis, { realmClock: (url: string) => (clocks.get(realmOf(url) ?? '') ?? Date.now)() })

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
      if (realmOf(url) === null || !url.includes('/utils/utils-time.js'))
        return loaded
      return { ...loaded, source: String(loaded.source).replace('Date.now()', 'globalThis.realmClock(import.meta.url)') }
    },
  })
}

/** The replica's own entry in a realm; RxDB counts its collections, and remembers the time, for each realm apart. */
export async function inRealm(realm: string, clock: () => number): Promise<typeof import('../../client/db/open.ts')> {
  clocks.set(realm, clock)
  return await import(`../../client/db/open.ts?realm=${realm}`) as typeof import('../../client/db/open.ts')
}
