import process from 'node:process'
import { readConfig } from './config.ts'
import { createLog } from './ops/log.ts'
import { serve } from './serve.ts'

/** Reads the environment, serves, and stops in order when asked to. */
async function main(): Promise<void> {
  const config = readConfig(process.env)
  const log = createLog(config.logLevel)
  const running = await serve(config, { log, now: Date.now, restored: process.argv.includes('--restored') })
  const url = config.publicUrl ?? `http://${config.host === '127.0.0.1' ? 'localhost' : config.host}:${running.port}`
  log.info({ store: running.store.kind, version: config.version, port: running.port, url }, 'listening')
  process.stderr.write(`OTP is ready: ${url}\n`)
  const stop = () => running.stop().then(() => process.exit(0), fail)
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}

main().catch(fail)
