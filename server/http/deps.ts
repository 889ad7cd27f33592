import type { Config } from '../config.ts'
import type { Deps } from '../domain/deps.ts'
import type { Log } from '../ops/log.ts'
import type { LimitTable } from './limits.ts'

export interface HttpDeps extends Deps {
  config: Pick<Config, 'publicUrl' | 'trustProxy' | 'dist' | 'version'>
  log: Log
  limits: LimitTable
  /** True from the moment the process was asked to stop. */
  isStopping: () => boolean
}
