import type { Kind } from '#shared/record/envelope.ts'
import type { Patch } from '#shared/sync/protocol.ts'
import type { Clock, Stamp } from '#shared/sync/stamp.ts'
import type { PushAnswer, RowAnswer, WireDoc } from '#shared/sync/wire.ts'
import type { Change, Store, StoredDoc } from '../../server/store/port.ts'
import type { Actor } from '../../server/sync/actor.ts'
import type { SyncDeps } from '../../server/sync/sync.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { createClock } from '#shared/sync/stamp.ts'
import { openPostgres } from '../../server/store/postgres.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import { commit } from '../../server/sync/commit.ts'
import { pull } from '../../server/sync/pull.ts'
import { createSync } from '../../server/sync/sync.ts'
import { openOrg, writeAsServer } from '../../server/sync/writeAsServer.ts'
import { aDatabase } from '../support/postgres.ts'

export const stores = ['sqlite', 'postgres'] as const
export type StoreKind = typeof stores[number]

/** A store of its own on a fresh file or database; `again` opens the same one once more. */
export interface TestStore { store: Store, again: () => Promise<Store>, drop: () => Promise<void> }

export async function aStore(kind: StoreKind): Promise<TestStore> {
  if (kind === 'postgres') {
    const url = await aDatabase()
    const store = await openPostgres(url)
    return { store, again: () => openPostgres(url), drop: () => store.close() }
  }
  const folder = mkdtempSync(join(tmpdir(), 'otp-store-'))
  const file = join(folder, 'otp.db')
  const store = await openSqlite(file)
  return {
    store,
    again: () => openSqlite(file),
    drop: async () => {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The sync core over a store, at a time the test sets, with companies in it. */
export interface Bench {
  store: Store
  deps: SyncDeps
  time: { now: number }
  /** A company with a member of each role; `ada` is its admin. */
  company: () => Promise<Company>
  drop: () => Promise<void>
}

export interface Company {
  org: string
  ada: Device
  ben: Device
  cleo: Device
  vera: Device
  head: () => Promise<number>
  doc: (id: string) => Promise<StoredDoc | undefined>
  changes: (id: string) => Promise<Change[]>
  device: (member: string, role: Actor['role']) => Device
  asServer: (kind: Kind, id: string, set: Record<string, unknown>) => Promise<void>
}

/** One device of one member: makes patches and sends them, as often as the test likes. */
export interface Device {
  actor: Actor
  clock: Clock
  patch: (kind: Kind, id: string, fields: Record<string, unknown>, more?: { base?: Stamp, at?: number }) => Patch
  send: (...rows: Patch[]) => Promise<RowAnswer>
  sendAll: (rows: readonly Patch[]) => Promise<PushAnswer>
  write: (kind: Kind, id: string, fields: Record<string, unknown>, more?: { base?: Stamp, at?: number }) => Promise<RowAnswer>
  /** Everything this member is given from the beginning. */
  pull: (since?: number) => Promise<WireDoc[]>
}

const start = Date.UTC(2026, 10, 18, 9)

export async function aBench(kind: StoreKind): Promise<Bench> {
  const { store, drop } = await aStore(kind)
  const time = { now: start }
  const deps = createSync({ store, now: () => time.now })
  let count = 0
  return { store, deps, time, drop, company: () => aCompany(deps, time, `org_${++count}`) }
}

async function aCompany(deps: SyncDeps, time: { now: number }, org: string): Promise<Company> {
  const roles = { ada: 'admin', ben: 'manager', cleo: 'member', vera: 'viewer' } as const
  await openOrg(deps, org)
  await writeAsServer(deps, org, 'ada', [
    ...Object.entries(roles).map(([id, role]) => ({ id, kind: 'member' as const, set: { name: id, role, state: 'active' } })),
    { id: org, kind: 'org', set: { name: 'Acme', timeZone: 'Europe/Berlin', weekStart: 1, yearStart: 1, currency: 'EUR', accountable: 'ada' } },
  ])
  time.now += 1000
  const read = <T>(work: Parameters<Store['read']>[0]) => deps.store.read(work) as Promise<T>
  const device = (member: string, role: Actor['role']) => aDevice(deps, time, { org, member, role })
  const own = Object.fromEntries(Object.entries(roles).map(([id, role]) => [id, device(id, role)])) as Record<keyof typeof roles, Device>
  return {
    org,
    ...own,
    device,
    head: async () => (await read<{ seq: number }>(tx => tx.orgSync(org))).seq,
    doc: async id => (await read<StoredDoc[]>(tx => tx.docs(org, [id])))[0],
    changes: id => read<Change[]>(tx => tx.changesOf(org, id, 500)),
    asServer: (kind, id, set) => writeAsServer(deps, org, 'ada', [{ kind, id, set }]),
  }
}

function aDevice(deps: SyncDeps, time: { now: number }, actor: Actor): Device {
  const node = Array.from(crypto.getRandomValues(new Uint8Array(6)), byte => (byte % 36).toString(36)).join('')
  const clock = createClock(() => time.now, node)
  const device: Device = {
    actor,
    clock,
    patch: (kind, id, fields, { base = '', at } = {}) => {
      const v = at === undefined ? clock.next(base) : createClock(() => at, node).next()
      return { id, kind, base, v, set: Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, [value, v]])) }
    },
    sendAll: rows => commit(deps, actor, rows),
    send: async (...rows) => (await commit(deps, actor, rows)).rows.at(-1) as RowAnswer,
    write: (kind, id, fields, more) => device.send(device.patch(kind, id, fields, more)),
    pull: async (since = 0) => {
      const answer = await pull(deps, actor, { epoch: '', limit: 2000, since: { records: since, scores: since } })
      return answer.reset ? [] : [...answer.pages.records?.docs ?? [], ...answer.pages.scores?.docs ?? []]
    },
  }
  return device
}

/** Gives every test of a suite a company of its own, on one store for them all. */
export function eachCompany(kind: StoreKind, begin: (company: Company, bench: Bench) => Promise<void> | void): void {
  const at: { bench?: Bench } = {}
  beforeAll(async () => {
    at.bench = await aBench(kind)
  })
  beforeEach(async () => {
    const bench = at.bench as Bench
    await begin(await bench.company(), bench)
  })
  afterAll(() => at.bench?.drop())
}

/** Why each row was refused; undefined where it was taken. */
export const codes = (answers: readonly { refused?: { code: string } }[]) => answers.map(({ refused }) => refused?.code)

export const aSeat = (more: Record<string, unknown> = {}) => ({ kind: 'human', title: 'Sales', accountability: 'Keeps the order book full', ...more })
export const anIssue = (by: string, more: Record<string, unknown> = {}) => ({ title: 'Late parts', state: 'open', horizon: 'now', raisedBy: by, raisedAt: 1, ...more })
export const aKpi = (seat: string) => ({ seat, title: 'Bookings', unit: 'number', decimals: 0, better: 'up', cadence: 'week', rollUp: 'sum' })
