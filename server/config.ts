import { Buffer } from 'node:buffer'
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import process from 'node:process'
import { z } from 'zod'

export interface Config {
  port: number
  host: string
  dataDir: string
  databaseUrl?: string
  /** Where people reach it, without a trailing slash. */
  publicUrl?: string
  logLevel: string
  /** Networks whose X-Forwarded-* headers are believed; none by default. */
  trustProxy: string[]
  secret: string
  /** The built client. */
  dist: string
  version: string
}

const shortestSecret = 32
const network = /^[\da-f.:]+(?:\/\d{1,3})?$/i

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(8787),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must start with postgres://').optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).transform(url => new URL(url).origin).optional(),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  TRUST_PROXY: z.string().default('').transform(text => text.split(',').map(part => part.trim()).filter(Boolean)).refine(parts => parts.every(part => network.test(part) && /[.:]/.test(part)), 'must be a list of addresses or networks, such as 10.0.0.0/8'),
  SECRET: z.string().min(shortestSecret, `must have at least ${shortestSecret} characters`).optional(),
})

/** Reads the environment once; what is wrong with it is one sentence per variable. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = environment.safeParse(given)
  if (!parsed.success)
    throw new Error(parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}.`).join('\n'))
  const { PORT, HOST, DATA_DIR, DATABASE_URL, PUBLIC_URL, LOG_LEVEL, TRUST_PROXY, SECRET } = parsed.data
  const dataDir = resolve(DATA_DIR)
  return {
    port: PORT,
    host: HOST,
    dataDir,
    databaseUrl: DATABASE_URL,
    publicUrl: PUBLIC_URL,
    logLevel: LOG_LEVEL,
    trustProxy: TRUST_PROXY,
    secret: SECRET ?? readSecret(dataDir),
    dist: resolve(import.meta.dirname, '../dist'),
    version: readVersion(),
  }
}

/** The secret in `DATA_DIR/secret`, made at the first start. Two processes starting together get the same. */
export function readSecret(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true })
  const file = resolve(dataDir, 'secret')
  if (!existsSync(file))
    makeSecret(file)
  const secret = readFileSync(file, 'utf8').trim()
  if (Buffer.byteLength(secret) < shortestSecret)
    throw new Error(`${file} holds a secret shorter than ${shortestSecret} characters. Delete the file to have a new one made; everybody signs in again.`)
  return secret
}

/** Whole and on the disk before it has its name: a power cut leaves no half secret, and the first of two makers wins. */
function makeSecret(file: string): void {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  writeFileSync(draft, randomBytes(48).toString('base64url'), { flag: 'wx', mode: 0o600, flush: true })
  try {
    linkSync(draft, file)
  }
  catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
      throw error
  }
  rmSync(draft)
  flushFolder(dirname(file))
}

/** A new name lasts once its folder is on the disk; Windows has no such call and needs none. */
function flushFolder(folder: string): void {
  if (process.platform === 'win32')
    return
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}

function readVersion(): string {
  const { version } = JSON.parse(readFileSync(resolve(import.meta.dirname, '../package.json'), 'utf8')) as { version: string }
  return version
}
