import type { ChildProcess } from 'node:child_process'
import type { Dice } from '../support/dice.ts'
import type { Mutant } from './mutants.ts'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { freePort } from '../support/freePort.ts'
import { aDisk } from './disk.ts'
import { anEngine } from './engine.ts'

/** A machine that runs OTP on a disk which loses its power. */
export interface Machine {
  url: string
  /** The SQLite file, or the address of the database. */
  database: string
  /** An empty disk. */
  renew: () => Promise<void>
  /** Database and server; resolves when the server says it is ready. */
  start: () => Promise<void>
  /** The disk goes; then everything that ran on the machine, or the database's machine alone. */
  cut: (roll: Dice, alone?: boolean) => Promise<void>
  remove: () => Promise<void>
}

export interface MachineOptions { store: 'sqlite' | 'postgres', mutant?: { name: string } & Mutant }

export async function aMachine({ store, mutant }: MachineOptions): Promise<Machine> {
  const disk = await aDisk()
  const engine = store === 'postgres' ? await anEngine(disk.path, mutant?.flags ?? []) : undefined
  const dataDir = join(disk.path, 'data')
  const port = await freePort()
  const env = { PATH: process.env.PATH, PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'silent', DATABASE_URL: engine?.url, MUTANT: mutant?.name }
  const hook = mutant ? ['--import', './tests/power/mutate.ts'] : []
  const state: { server?: ChildProcess, said: string[] } = { said: [] }

  function prepare() {
    mkdirSync(dataDir)
    engine?.install()
  }

  async function kill() {
    const { server } = state
    state.server = undefined
    if (server && server.exitCode === null && server.signalCode === null) {
      const gone = once(server, 'exit')
      server.kill('SIGKILL')
      await gone
    }
  }

  prepare()
  return {
    url: `http://127.0.0.1:${port}`,
    database: engine?.url ?? join(dataDir, 'otp.db'),
    renew: async () => {
      await disk.renew()
      prepare()
    },
    start: async () => {
      await engine?.start()
      if (state.server?.exitCode === null)
        return
      if (state.server)
        throw new Error(`The server went down with its database: ${state.said.join('').slice(-2000)}`)
      state.said = []
      const server = spawn(process.execPath, [...hook, 'server/main.ts'], { env, stdio: ['ignore', 'ignore', 'pipe'] })
      state.server = server
      await saysReady(server, state.said)
    },
    cut: async (roll, alone = false) => {
      disk.cut(roll)
      if (!alone)
        await kill()
      await engine?.kill()
      await disk.back()
    },
    remove: async () => {
      await kill()
      await engine?.kill()
      await disk.remove()
      engine?.remove()
    },
  }
}

function saysReady(server: ChildProcess, said: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    server.stderr?.on('data', (text) => {
      said.push(String(text))
      if (String(text).includes('OTP is ready'))
        resolve()
    })
    server.once('exit', (code, signal) => reject(new Error(`The server did not stay up (${signal ?? code}): ${said.join('').slice(-1000)}`)))
  })
}
