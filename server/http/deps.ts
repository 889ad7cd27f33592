import type { Config } from '../config.ts'
import type { Deps } from '../domain/deps.ts'
import type { Log } from '../ops/log.ts'
import type { PushKeys } from '../reminders/keys.ts'
import type { PushWay } from '../reminders/way.ts'
import type { LimitTable } from './limits.ts'

export interface HttpDeps extends Deps {
  config: Pick<Config, 'publicUrl' | 'trustProxy' | 'dist' | 'version'>
  log: Log
  limits: LimitTable
  /** Whom browsers are told to expect messages from, and which addresses they may name. */
  push: Pick<PushWay, 'mayReach'> & Pick<PushKeys, 'publicKey'>
  /** True from the moment the process was asked to stop. */
  isStopping: () => boolean
}
