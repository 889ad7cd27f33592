import type { SyncDeps } from '../../server/sync/sync.ts'
import type { SourceChange } from './changes.ts'
import type { Burial } from './undertaker.ts'
import { registerHooks } from 'node:module'
import process from 'node:process'
import { changed } from './changes.ts'

const root = new URL('../..', import.meta.url).href

/** Changes sources while this process loads them. */
export function changeSources(changes: readonly SourceChange[]): void {
  const files = new Map(changes.map(({ file }) => [root + file, file]))
  registerHooks({
    load: (url, context, next) => {
      const loaded = next(url, context)
      const file = files.get(url.split('?')[0] ?? url)
      return file === undefined ? loaded : { ...loaded, source: changed(String(loaded.source), file, changes) }
    },
  })
}

/** The arguments and environment of a process that loads the same changed sources. */
export function withChanges(changes: readonly SourceChange[]): { args: string[], env: Record<string, string> } {
  return { args: ['--import', import.meta.url], env: { CHAOS_CHANGES: JSON.stringify(changes) } }
}

if (process.env.CHAOS_CHANGES) {
  changeSources(JSON.parse(process.env.CHAOS_CHANGES) as SourceChange[])
  // Loaded late: what it imports is the server's own, with the changes.
  process.on('message', (burial: Burial) => void import('./undertaker.ts')
    .then(({ bury }) => bury((globalThis as unknown as { chaosSync: SyncDeps }).chaosSync, burial))
    .catch(error => console.log(JSON.stringify({ msg: 'bug', error: String(error) }))))
}
