import type { RxStorage } from 'rxdb'
import type { Kind } from '#shared/record/envelope.ts'
import type { Replica } from '../../client/db/types.ts'
import type { Trap } from './trapsBench.ts'
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory'
import { afterEach, describe, expect, it } from 'vitest'
import { newDoc } from '../../server/sync/batch.ts'
import { purgeTombstones, tombstoneLife } from '../../server/sync/horizon.ts'
import { aNet, drop, says } from '../support/net.ts'
import { settled, until } from '../support/replica.ts'
import { anIssue, aTrap } from './trapsBench.ts'

/** A device whose disk is full whenever `isFull` says so of a writing: its purpose, and how many rows. */
function aDisk(isFull: (context: string, rows: number) => boolean) {
  const storage = getRxStorageMemory()
  const createStorageInstance: RxStorage<unknown, unknown>['createStorageInstance'] = async (params) => {
    const instance = await storage.createStorageInstance(params as never)
    const write = instance.bulkWrite.bind(instance)
    instance.bulkWrite = (rows, context) => isFull(context, rows.length) ? Promise.reject(new DOMException('no room', 'QuotaExceededError')) : write(rows, context)
    return instance as never
  }
  return Object.assign(Object.create(storage) as typeof storage, { createStorageInstance }) as never
}

describe('the life of a replica', () => {
  let trap: Trap
  afterEach(() => trap.close())

  it('[T8] a page the device had no room for is stored when it has: the cursor does not pass it', async () => {
    trap = await aTrap()
    const { ada, people } = trap
    await ada.addAll(Array.from({ length: 700 }, (_, n) => ({ kind: 'issue' as const, id: `iss_${String(n).padStart(10, '0')}aaaaaaaaaaaa`, body: anIssue(ada.member, `No. ${n}`) })))
    await settled(ada)
    const tries = { left: 2 }
    const storage = aDisk((context, rows) => context.startsWith('replication-downstream') && rows > 100 && tries.left-- > 0)
    const phone = await trap.phone(people.ben, { storage })
    await until(phone.find({ kind: 'issue' }), found => found.length === 700)
    await settled(phone)
    expect(tries.left).toBeLessThan(0)
  })

  it('[D11] a device with no room says so, refuses what is typed, and takes it again once there is some', async () => {
    trap = await aTrap()
    const { people, ben } = trap
    const disk = { full: false }
    const phone = await trap.phone(people.ada, { storage: aDisk(() => disk.full) })
    await settled(phone)
    disk.full = true
    await expect(phone.add('issue', anIssue(phone.member))).rejects.toThrow('no room')
    await until(phone.state, state => state.full === true)
    const theirs = await ben.add('issue', anIssue(ben.member, 'Meanwhile'))
    await settled(ben)
    disk.full = false
    const id = await phone.add('issue', anIssue(phone.member, 'Again'))
    await until(ben.one(id), rec => rec !== undefined)
    await until(phone.one(theirs), rec => rec !== undefined)
    await until(phone.state, state => state.full !== true)
  })

  it('[D12] an app too old for the server sends what waits, takes nothing, and says that it must be updated', async () => {
    trap = await aTrap()
    const { ben, people, ada } = trap
    const name = `old-${crypto.randomUUID()}`
    const before = await trap.phone(people.ada, { name })
    await settled(before)
    before.offline()
    const id = await before.add('issue', anIssue(before.member, 'Typed before the update'))
    await before.close()
    const old = await trap.phone(people.ada, {
      name,
      through: send => (input, init) => send(input, { ...init, headers: { ...init?.headers as Record<string, string>, 'x-protocol': '0' } }),
    })
    await until(old.state, state => state.connection === 'outdated')
    old.retry()
    await until(ben.one<'issue'>(id), rec => rec?.d.title === 'Typed before the update')
    await until(old.waiting, rows => rows.length === 0)
    const theirs = await ada.add('issue', anIssue(ada.member))
    await settled(ada)
    await until(old.state, state => state.connection === 'outdated')
    expect(await old.get(theirs)).toBeUndefined()
  })

  it('[D10] what an older copy alone has goes over: drafts, what did not stand, and what was not sent', async () => {
    trap = await aTrap()
    const { people, net } = trap
    const name = `copy-${crypto.randomUUID()}`
    const old = await trap.phone(people.ada, { name, through: net.through })
    await settled(old)
    net.next('push', says(200, { now: Date.now(), epoch: '', rows: [{ id: 'x', refused: { code: 'not-allowed' }, doc: null }] }))
    const refused = await old.add('team', { name: 'Ops' })
    await until(old.kept, list => list.length === 1)
    await settled(old)
    old.offline()
    const unsent = await old.add('issue', anIssue(old.member, 'Never sent'))
    await old.saveDraft('issue:new', 'half a thought')
    await old.close()
    const fresh = await trap.phone(people.ada, { name: `${name}~1` })
    await fresh.adopt(name)
    await fresh.adopt(name)
    const kept = await until(fresh.kept, list => list.length === 2)
    expect(new Map(kept.map(({ record, refusal, fields }) => [record, [refusal.code, fields]]))).toEqual(new Map([
      [refused, ['not-allowed', { name: 'Ops' }]],
      [unsent, ['reset', anIssue(old.member, 'Never sent')]],
    ]))
    expect(await fresh.draft('issue:new')).toBe('half a thought')
  })
})

/** A record ends, whoever is there hears of it, and its tombstone goes. */
async function endAndPurge({ server, ben }: Trap, org: string, kind: Kind, id: string): Promise<void> {
  await server.store.write(async (tx) => {
    const v = `${(await tx.orgSync(org))?.stamp}`
    const seq = await tx.takeSeq(org, 1, v)
    await tx.putDocs(org, [{ ...newDoc(kind, id), seq, v, deleted: true, shown: true }])
    await tx.addChanges(org, [{ seq, id, v, by: ben.member, at: Date.now(), set: {}, lost: {} }])
  })
  await ben.add('issue', anIssue(ben.member, 'The next'))
  await until(ben.one(id), rec => rec === undefined)
  expect(await purgeTombstones(server.store, Date.now() + tombstoneLife + 1)).toBe(1)
}

it('[D16] a copy left half filled until tombstones are gone of what it was given first is built anew', async () => {
  const trap = await aTrap()
  const { ada, ben, people } = trap
  const [org = '', name] = [people.ada.headers['x-org'], `half-${crypto.randomUUID()}`]
  const seat = await ben.add('seat', { kind: 'human', title: 'Sales', accountability: 'All that is sold', holder: ada.member })
  const gone = await ben.add('kpi', { seat, title: 'Leads', unit: 'number', decimals: 0, better: 'up', cadence: 'week', rollUp: 'sum' })
  await until(ada.one(gone), rec => rec !== undefined)
  const net = aNet()
  net.next('pull', send => send())
  net.always('pull', drop)
  const half = await trap.phone(people.ada, { name, through: net.through })
  await until(half.one(gone), rec => rec !== undefined)
  expect(await until(half.state, () => true)).toMatchObject({ ready: false })
  await half.close()
  await endAndPurge(trap, org, 'kpi', gone)
  const renewed = Promise.withResolvers<Replica>()
  await trap.phone(people.ada, { name, onReset: next => renewed.resolve(next) })
  const fresh = await renewed.promise
  await settled(fresh)
  expect(await fresh.get(gone)).toBeUndefined()
  expect(await fresh.get(seat)).toBeDefined()
  await fresh.close()
  await trap.close()
}, 30_000)

describe.each(['sqlite', 'postgres'] as const)('a replica on %s that was away for longer than tombstones live', (store) => {
  it('[D13] builds its copy anew, sends what it typed, and holds nothing that is gone', async () => {
    const trap = await aTrap({}, { store })
    const { ben, people } = trap
    const [org = '', name] = [people.ada.headers['x-org'], `away-${crypto.randomUUID()}`]
    // More than a page: a copy that is being filled stands behind the tombstone for a while, too.
    await ben.addAll(Array.from({ length: 520 }, (_, n) => ({ kind: 'issue' as const, id: `iss_${String(n).padStart(10, '0')}aaaaaaaaaaaa`, body: anIssue(ben.member, `No. ${n}`) })))
    await settled(ben)
    const gone = await ben.add('issue', anIssue(ben.member, 'Gone by then'))
    const away = await trap.phone(people.ada, { name })
    await until(away.one(gone), rec => rec !== undefined)
    await settled(away)
    away.offline()
    const typed = await away.add('issue', anIssue(away.member, 'Typed while away'))
    await away.set<'issue'>(gone, { title: 'Changed while away' })
    await away.close()
    await endAndPurge(trap, org, 'issue', gone)
    const renewed = Promise.withResolvers<Awaited<ReturnType<Trap['phone']>>>()
    await trap.phone(people.ada, { name, onReset: next => renewed.resolve(next as never) })
    const fresh = await renewed.promise
    await until(ben.one(typed), rec => rec !== undefined)
    expect(await fresh.get(gone)).toBeUndefined()
    expect(await until(fresh.kept, list => list.length > 0)).toMatchObject([{ record: gone, refusal: { code: 'not-found' }, fields: { title: 'Changed while away' } }])
    await settled(fresh)
    await fresh.close()
    await trap.close()
  })
})
