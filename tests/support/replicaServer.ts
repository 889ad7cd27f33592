import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'

/** The server as it ships, in a process of its own that can be killed at any moment. */
export interface ServerProcess { url: string, port: number, kill: () => Promise<void> }

export async function aServerProcess({ dataDir, databaseUrl, port = 0, more }: { dataDir: string, databaseUrl?: string, port?: number, more?: Record<string, string> }): Promise<ServerProcess> {
  const env = { PATH: process.env.PATH, PORT: String(port), DATA_DIR: dataDir, ...databaseUrl && { DATABASE_URL: databaseUrl }, ...more }
  const child: ChildProcess = spawn(process.execPath, ['server/main.ts'], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = once(child, 'exit')
  const said: string[] = []
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr?.on('data', (text) => {
      said.push(String(text))
      const found = /ready: (http:\S+)/.exec(said.join(''))?.[1]
      if (found)
        resolve(found.replace('localhost', '127.0.0.1'))
    })
    void ended.then(() => reject(new Error(said.join(''))))
  })
  const kill = async () => {
    child.kill('SIGKILL')
    await ended
  }
  return { url, port: Number(new URL(url).port), kill }
}
