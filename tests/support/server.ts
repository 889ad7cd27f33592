import type { Config } from '../../server/config.ts'
import type { LimitTable } from '../../server/http/limits.ts'
import type { PushWay } from '../../server/reminders/way.ts'
import type { Running } from '../../server/serve.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultLimits } from '../../server/http/limits.ts'
import { createLog } from '../../server/ops/log.ts'
import { serve } from '../../server/serve.ts'
import { aDatabase } from './postgres.ts'

export interface ServerOptions extends Partial<Config> {
  store?: 'sqlite' | 'postgres'
  limits?: Partial<LimitTable>
  now?: () => number
  /** The database was put back from a backup. */
  restored?: boolean
  /** How to reach push services; the world's by default. */
  push?: PushWay
}

export interface TestServer extends Omit<Running, 'stop'> {
  url: string
  /** Every log line so far. */
  lines: string[]
  close: () => Promise<void>
}

/** The real server on a free port, with a database of its own that goes when it closes. */
export async function startServer({ store = 'sqlite', limits = {}, now = Date.now, restored, push, ...overrides }: ServerOptions = {}): Promise<TestServer> {
  const dataDir = overrides.dataDir ?? mkdtempSync(join(tmpdir(), 'otp-'))
  const lines: string[] = []
  const config: Config = {
    port: 0,
    host: '127.0.0.1',
    dataDir,
    logLevel: 'debug',
    trustProxy: [],
    secret: 'a secret for tests that is long enough',
    dist: join(dataDir, 'dist'),
    version: '0.0.0-test',
    databaseUrl: store === 'postgres' ? await aDatabase() : undefined,
    ...overrides,
  }
  const log = createLog(config.logLevel, { write: line => lines.push(line) })
  const { stop, ...running } = await serve(config, { log, now, restored, push, limits: { ...defaultLimits, ...limits } })
  const close = async () => {
    await stop()
    if (overrides.dataDir === undefined)
      rmSync(dataDir, { recursive: true, force: true })
  }
  return { ...running, url: `http://127.0.0.1:${running.port}`, lines, close }
}
