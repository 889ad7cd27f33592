import type { SourceChange } from './changes.ts'

/** How long a tombstone is kept, ms; half a year in the app. */
export const tombstoneLife = 600

const change = (file: string, find: string, replace: string): SourceChange => ({ file, find, replace })

/**
 * Every waiting time at about a tenth, so that thousands of runs fit into an hour: a quiet second here stands for ten.
 * Half a year is not a tenth but a good half of a second, and the daily purge comes five times a second. Passwords are hashed
 * cheaply and requests not counted for the same reason. The harness is given a way to end records. Nothing else differs from what ships.
 */
export const tempo: readonly SourceChange[] = [
  change('server/serve.ts', 'heartbeat = 20_000', 'heartbeat = 1000'),
  change('server/serve.ts', 'polling = 3000', 'polling = 300'),
  change('server/serve.ts', 'day = 86_400_000', 'day = 200'),
  change('server/serve.ts', 'const everyDay =', 'Object.assign(globalThis, { chaosSync: sync })\n  const everyDay ='),
  change('server/sync/horizon.ts', 'tombstoneLife = 180 * 86_400_000', `tombstoneLife = ${tombstoneLife}`),
  change('server/store/postgresFanout.ts', 'pause = 1000', 'pause = 100'),
  change('server/auth/hasher.ts', 'N: 2 ** 14', 'N: 2 ** 8'),
  change('server/http/limits.ts', 'person: [1200, 60]', 'person: [1_000_000, 60]'),
  change('client/db/feed.ts', 'silence = 45_000', 'silence = 2500'),
  change('client/db/gate.ts', 'shortest = 500', 'shortest = 50'),
  change('client/db/gate.ts', 'longest = 30_000', 'longest = 1500'),
  change('client/db/mux.ts', 'mostWait = 20_000', 'mostWait = 2000'),
  change('client/db/copies.ts', 'patience = 3000', 'patience = 300'),
  change('client/db/renew.ts', 'drainTime = 10_000', 'drainTime = 1000'),
  change('client/db/sync.ts', 'auditEvery = 60_000', 'auditEvery = 4000'),
]

/** What a phone waits for an answer, ms; fifteen seconds in the app. */
export const patience = 1500
