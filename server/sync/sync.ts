import type { Clock } from '#shared/sync/stamp.ts'
import type { Store } from '../store/port.ts'
import type { Hub } from './hub.ts'
import { randomBytes } from 'node:crypto'
import { createClock } from '#shared/sync/stamp.ts'
import { createHub } from './hub.ts'

/** What every sync use case works with. */
export interface SyncDeps {
  store: Store
  now: () => number
  /** Mints this process's own stamps; its node part is the boot id. */
  clock: Clock
  hub: Hub
  newEpoch: () => string
}

export function createSync({ store, now }: { store: Store, now: () => number }): SyncDeps {
  const token = () => Array.from(randomBytes(6), byte => (byte % 36).toString(36)).join('')
  return { store, now, clock: createClock(now, token()), hub: createHub(store, now), newEpoch: () => token() + token() }
}
