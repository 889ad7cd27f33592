import type { AuthPort } from '../auth/port.ts'
import type { Store } from '../store/port.ts'
import type { SyncDeps } from '../sync/sync.ts'

/** What every use case may use; made once, in `main.ts` or by a test. */
export interface Deps {
  store: Store
  auth: AuthPort
  sync: SyncDeps
  now: () => number
}
