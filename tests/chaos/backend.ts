import type { ChildProcess } from 'node:child_process'
import type { SourceChange } from './changes.ts'
import type { Burial } from './undertaker.ts'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { withChanges } from './hook.ts'

/** One server as it ships, in a process of its own. */
export interface ServerChild {
  port: () => number
  start: (more?: { restored?: boolean, databaseUrl?: string }) => Promise<void>
  kill: () => Promise<void>
  /** SIGSTOP for so long, ms: it holds its connections and does nothing. */
  stun: (ms: number) => void
  isUp: () => boolean
  /** Tells it to end records; lost where it is down. */
  bury: (burial: Burial) => void
  /** What it logged as its own mistakes. */
  bugs: () => readonly string[]
}

export interface ServerPlace { dataDir: string, databaseUrl?: string, changes: readonly SourceChange[] }

/** A server that keeps its port and its place through every death. */
export function aServerChild(place: ServerPlace): ServerChild {
  const state: { child?: ChildProcess, port: number, databaseUrl?: string, wake?: NodeJS.Timeout, bugs: string[] } = { port: 0, databaseUrl: place.databaseUrl, bugs: [] }

  function wake() {
    clearTimeout(state.wake)
    state.child?.kill('SIGCONT')
  }

  return {
    port: () => state.port,
    isUp: () => state.child !== undefined,
    bugs: () => state.bugs,
    bury: burial => void state.child?.send(burial, () => {}),
    start: async ({ restored = false, databaseUrl = state.databaseUrl } = {}) => {
      state.databaseUrl = databaseUrl
      const { args, env } = withChanges(place.changes)
      const more = { PATH: process.env.PATH, NODE_COMPILE_CACHE: join(tmpdir(), 'otp-chaos-cache'), PORT: String(state.port), DATA_DIR: place.dataDir, LOG_LEVEL: 'error', DATABASE_URL: databaseUrl ?? '' }
      const child = spawn(process.execPath, [...args, 'server/main.ts', ...restored ? ['--restored'] : []], { env: { ...env, ...more }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], cwd: join(import.meta.dirname, '../..') })
      state.port = await readyPort(child)
      state.child = child
      child.stdout?.on('data', text => state.bugs.push(...String(text).split('\n').filter(line => line.includes('"msg":"bug"'))))
    },
    kill: async () => {
      const { child } = state
      if (!child)
        return
      state.child = undefined
      wake()
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
    stun: (ms) => {
      state.child?.kill('SIGSTOP')
      clearTimeout(state.wake)
      state.wake = setTimeout(wake, ms)
    },
  }
}

async function readyPort(child: ChildProcess): Promise<number> {
  const said: string[] = []
  const ready = Promise.withResolvers<number>()
  const hear = (text: unknown) => {
    said.push(String(text))
    const port = /ready: http:\S+:(\d+)/.exec(said.join(''))?.[1]
    if (port)
      ready.resolve(Number(port))
  }
  child.stderr?.on('data', hear)
  child.stdout?.on('data', hear)
  child.once('exit', () => ready.reject(new Error(`the server did not start: ${said.join('')}`)))
  return ready.promise
}
