import type { ServerChild } from './backend.ts'
import type { SourceChange } from './changes.ts'
import type { StoreReader } from './storeView.ts'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { aServerChild } from './backend.ts'
import { readPostgres, readSqlite } from './storeView.ts'

/** A store and the servers on it: what a company runs, with its mishaps. */
export interface Place {
  servers: ServerChild[]
  /** The port of the next connection: each server in turn, those that are down left out. */
  nextPort: () => number
  reader: () => StoreReader
  /** Stops everything, copies the store, and starts again; `between` happens while all is down. */
  backup: (between: () => void) => Promise<void>
  /** Puts the copy back and starts with `--restored`. */
  restore: (between: () => void) => Promise<void>
  close: () => Promise<void>
}

interface Shelf { databaseUrl?: string, copy: () => Promise<void>, putBack: () => Promise<string | undefined>, reader: (databaseUrl?: string) => StoreReader, clear: () => Promise<void> }

export async function aPlace({ cluster, processes, changes }: { cluster: string | undefined, processes: number, changes: readonly SourceChange[] }): Promise<Place> {
  const dataDir = mkdtempSync(join(tmpdir(), 'otp-chaos-'))
  const shelf = cluster === undefined ? onDisk(dataDir) : await onPostgres(cluster)
  const servers = Array.from({ length: processes }, () => aServerChild({ dataDir, databaseUrl: shelf.databaseUrl, changes }))
  const state = { turn: 0, databaseUrl: shelf.databaseUrl, reader: shelf.reader(shelf.databaseUrl) }
  for (const server of servers)
    await server.start()

  async function around(work: () => Promise<void>, restored: boolean) {
    for (const server of servers)
      await server.kill()
    await work()
    for (const [n, server] of servers.entries())
      await server.start({ restored: restored && n === 0, databaseUrl: state.databaseUrl })
  }

  return {
    servers,
    nextPort: () => {
      const up = servers.filter(server => server.isUp())
      return (up.length > 0 ? up : servers)[state.turn++ % (up.length || servers.length)]?.port() ?? 0
    },
    reader: () => state.reader,
    backup: between => around(async () => {
      await shelf.copy()
      between()
    }, false),
    restore: between => around(async () => {
      await state.reader.close()
      state.databaseUrl = await shelf.putBack()
      state.reader = shelf.reader(state.databaseUrl)
      // Answers that were on the wire when the servers died are here by now.
      await pause(50)
      between()
    }, true),
    close: async () => {
      for (const server of servers)
        await server.kill()
      await state.reader.close()
      await shelf.clear()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

function onDisk(dataDir: string): Shelf {
  const copy = `${dataDir}-copy`
  return {
    reader: () => readSqlite(dataDir),
    copy: async () => cpSync(dataDir, copy, { recursive: true }),
    putBack: async () => {
      rmSync(dataDir, { recursive: true })
      cpSync(copy, dataDir, { recursive: true })
      return undefined
    },
    clear: async () => rmSync(copy, { recursive: true, force: true }),
  }
}

async function onPostgres(cluster: string): Promise<Shelf> {
  const name = `chaos_${crypto.randomUUID().replaceAll('-', '')}`
  const urlOf = (database: string) => Object.assign(new URL(cluster), { pathname: `/${database}` }).href
  const tell = async (...lines: string[]) => {
    const client = new pg.Client({ connectionString: cluster })
    await client.connect()
    for (const line of lines)
      await client.query(line)
    await client.end()
  }
  // A killed server's sessions end when they notice, and whoever reads along comes back at once: a copy can be made once all are gone.
  const letGo = (database: string) => [`alter database ${database} allow_connections false`, `select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = '${database}'`]
  await tell(`create database ${name}`)
  return {
    databaseUrl: urlOf(name),
    reader: databaseUrl => readPostgres(databaseUrl ?? ''),
    copy: () => tell(...letGo(name), `create database ${name}_copy template ${name}`, `alter database ${name} allow_connections true`),
    putBack: async () => {
      await tell(...letGo(name), `create database ${name}_back template ${name}_copy`)
      return urlOf(`${name}_back`)
    },
    clear: () => tell(...['', '_copy', '_back'].map(tail => `drop database if exists ${name}${tail} with (force)`)),
  }
}
