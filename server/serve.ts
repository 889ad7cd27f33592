import type { Config } from './config.ts'
import type { LimitTable } from './http/limits.ts'
import type { Log } from './ops/log.ts'
import type { PushWay } from './reminders/way.ts'
import type { Store } from './store/port.ts'
import { join } from 'node:path'
import { createAuth } from './auth/auth.ts'
import { createApp } from './http/app.ts'
import { defaultLimits } from './http/limits.ts'
import { listen } from './http/listen.ts'
import { readPushKeys } from './reminders/keys.ts'
import { remindEvery } from './reminders/remind.ts'
import { publicWay } from './reminders/way.ts'
import { openPostgres } from './store/postgres.ts'
import { openSqlite } from './store/sqlite.ts'
import { purgeTombstones } from './sync/horizon.ts'
import { createSync } from './sync/sync.ts'

export interface Surroundings { log: Log, now: () => number, limits?: LimitTable, restored?: boolean, push?: PushWay }

/** A server that serves. `stop` ends the streams, lets open requests finish for ten seconds, then closes the store. */
export interface Running { port: number, store: Store, stop: () => Promise<void> }

const patience = 10_000
const heartbeat = 20_000
const polling = 3000
const minute = 60_000
const day = 86_400_000
/** Push services want to know whom to ask; where we know no address, it is plainly none. */
const nobody = 'mailto:nobody@otp.invalid'

/** Store, then tables, then the door: whatever is wrong with the first two keeps the third shut. */
export async function serve(config: Config, { log, now, limits = defaultLimits, restored = false, push = publicWay() }: Surroundings): Promise<Running> {
  const store = config.databaseUrl === undefined ? await openSqlite(join(config.dataDir, 'otp.db')) : await openPostgres(config.databaseUrl)
  const sync = createSync({ store, now })
  if (restored)
    await store.write(tx => tx.renewEpochs(sync.newEpoch()))
  const state = { stopping: false }
  const auth = await createAuth({ accounts: store.accounts, secret: config.secret, publicUrl: config.publicUrl, now })
  const keys = await readPushKeys(store.accounts)
  const app = createApp({ config, store, sync, auth, now, log, limits, push: { mayReach: push.mayReach, publicKey: keys.publicKey }, isStopping: () => state.stopping })
  const door = await listen(app, config)
  const beat = setInterval(() => sync.hub.heartbeat(), heartbeat)
  const look = store.kind === 'postgres' ? setInterval(() => void sync.hub.poll(), polling) : undefined
  const daily = { purge: Promise.resolve() }
  const purge = () => {
    daily.purge = purgeTombstones(store, now()).then(count => void (count > 0 && log.info({ count }, 'old tombstones purged')), error => log.error({ err: error }, 'bug'))
  }
  purge()
  const everyDay = setInterval(purge, day)

  const reminding = remindEvery(minute, { store, log, now, sender: { way: push, keys, subject: config.publicUrl?.startsWith('https://') ? config.publicUrl : nobody } })

  async function stop() {
    state.stopping = true
    clearInterval(beat)
    clearInterval(look)
    clearInterval(everyDay)
    const closed = door.close(patience)
    sync.hub.endAll('stopping')
    await closed
    await daily.purge
    await reminding.stop()
    await store.close()
  }

  return { port: door.port, store, stop }
}
