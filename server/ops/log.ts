import type { DestinationStream, Logger } from 'pino'
import { pino } from 'pino'

export type Log = Pick<Logger, 'info' | 'warn' | 'error'>

/** Where a value would be personal or secret, should it ever get here; lines are built without any. */
const redacted = ['password', 'email', 'name', 'token', 'cookie', 'authorization', 'body', 'headers']
  .flatMap(key => [key, `*.${key}`, `*.*.${key}`])

/** One JSON line each: what happened, when, in which request; never who wrote what. */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = { level, base: null, redact: { paths: redacted, censor: '…' } }
  return destination ? pino(options, destination) : pino(options)
}
