import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'

/** What a server process has used and holds: CPU in ms, memory in bytes, where wanted after a forced collection. */
export interface Usage { cpu: number, rss: number, heap: number }

export interface BenchServer { url: string, usage: (collect?: boolean) => Promise<Usage>, close: () => Promise<void> }

export interface BenchServerOptions { databaseUrl?: string, dataDir?: string }

/** Starts the server on a free port: on PostgreSQL where an address is given, else with an SQLite file of its own. */
export async function startBenchServer({ databaseUrl = '', dataDir }: BenchServerOptions = {}): Promise<BenchServer> {
  const folder = dataDir ?? mkdtempSync(join(tmpdir(), 'otp-bench-'))
  const child = start('server.ts', { PORT: '0', DATA_DIR: folder, DATABASE_URL: databaseUrl })
  const port = await firstLine(child)
  return {
    url: `http://127.0.0.1:${port}`,
    usage: async (collect = false) => {
      const said = once(child, 'message') as Promise<[Usage]>
      child.send({ collect })
      return (await said)[0]
    },
    close: async () => {
      await ended(child)
      if (dataDir === undefined)
        rmSync(folder, { recursive: true, force: true })
    },
  }
}

export interface Helper { url: string, close: () => Promise<void> }

/** Starts another script of this folder that says its port on its first line. */
export async function startHelper(script: string, env: Record<string, string> = {}): Promise<Helper> {
  const child = start(script, env)
  const port = await firstLine(child)
  return { url: `http://127.0.0.1:${port}`, close: () => ended(child) }
}

/** Starts a script of this folder that is talked to by messages. */
export const startScript = (script: string, asked: object): ChildProcess => start(script, { ASKED: JSON.stringify(asked) })

/** Runs a script of this folder to its end; answers the JSON it printed. */
export async function runScript<T>(script: string, asked: object): Promise<T> {
  const child = start(script, { ASKED: JSON.stringify(asked) })
  const said: string[] = []
  child.stdout?.on('data', text => said.push(String(text)))
  const [code] = await once(child, 'close') as [number]
  if (code !== 0)
    throw new Error(`${script} ended with ${code}`)
  return JSON.parse(said.join('')) as T
}

function start(script: string, env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, ['--expose-gc', join(import.meta.dirname, script)], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
}

async function firstLine(child: ChildProcess): Promise<string> {
  const gone = once(child, 'exit').then(([code]) => Promise.reject(new Error(`a process of the benchmark ended with ${code}`)))
  const line = await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), gone]) as [Buffer]
  gone.catch(() => {})
  return String(line[0]).trim()
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null)
    return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}
