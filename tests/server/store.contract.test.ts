import type { Store } from '../../server/store/port.ts'
import type { TestStore } from './commitBench.ts'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeStamp } from '#shared/sync/stamp.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import { newDoc } from '../../server/sync/batch.ts'
import { aStore, stores } from './commitBench.ts'

const stamp = makeStamp(1, 0, 'aaaaaa')
function put(store: Store, id: string) {
  return store.write(async (tx) => {
    await tx.lockDocs('org', [id])
    const seq = await tx.takeSeq('org', 1, stamp)
    await tx.putDocs('org', [{ ...newDoc('issue', id), seq, v: stamp }])
    return seq
  })
}

describe.each(stores)('the store on %s', (kind) => {
  let held: TestStore
  beforeAll(async () => {
    held = await aStore(kind)
    await held.store.write(tx => tx.createOrgSync('org', 'epoch', stamp))
  })
  afterAll(() => held.drop())
  const head = async () => (await held.store.read(tx => tx.orgSync('org')))?.seq

  it('[S7] of writes that arrive together a failing one takes only itself back', async () => {
    const before = await head()
    const outcomes = await Promise.allSettled([
      put(held.store, 'one'),
      held.store.write(async (tx) => {
        await tx.putDocs('org', [{ ...newDoc('issue', 'bad'), seq: await tx.takeSeq('org', 1, stamp), v: stamp }])
        throw new Error('no')
      }),
      put(held.store, 'two'),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    const found = await held.store.read(tx => tx.docs('org', ['one', 'bad', 'two']))
    expect([found.map(doc => doc.id).sort(), await head()]).toEqual([['one', 'two'], (before ?? 0) + 2])
  })

  it('[S8] a read sees one moment, whatever is written meanwhile', async () => {
    const before = await head()
    const seen = await held.store.read(async (tx) => {
      const first = await tx.orgSync('org')
      await put(held.store, 'meanwhile')
      return [first?.seq, (await tx.orgSync('org'))?.seq, (await tx.docs('org', ['meanwhile'])).length]
    })
    expect(seen).toEqual([before, before, 0])
    expect(await head()).toBe((before ?? 0) + 1)
  })

  it('keeps an agent\'s key by its hash, for one seat of one company, and revokes it once', async () => {
    const { agentKeys } = held.store.accounts
    const key = { id: 'key_1', org: 'org', seat: 'seat_1', hash: 'hash-1', label: 'CRM', scope: 'read' as const, createdBy: 'ada', createdAt: 1 }
    await agentKeys.add(key)
    await agentKeys.add({ ...key, id: 'key_2', hash: 'hash-2', createdAt: 2 })
    await expect(agentKeys.add({ ...key, id: 'key_3' })).rejects.toThrow()
    expect([await agentKeys.byHash('hash-1'), await agentKeys.byHash('key_1')]).toEqual([key, undefined])
    expect((await agentKeys.ofSeat('org', 'seat_1')).map(({ id }) => id)).toEqual(['key_2', 'key_1'])
    expect([await agentKeys.ofSeat('other', 'seat_1'), await agentKeys.ofSeat('org', 'seat_2')]).toEqual([[], []])
    await agentKeys.noteUse('key_1', 5)
    await agentKeys.noteRefusal('key_1', 'not-yours', 6)
    expect([await agentKeys.revoke({ ...key, org: 'other' }, 'ada', 7), await agentKeys.revoke({ ...key, seat: 'seat_2' }, 'ada', 7), await agentKeys.revoke(key, 'ada', 7), await agentKeys.revoke(key, 'ada', 8)]).toEqual([false, false, true, false])
    expect(await agentKeys.byHash('hash-1')).toEqual({ ...key, lastUsedAt: 5, refused: { at: 6, code: 'not-yours' }, revokedAt: 7 })
  })

  it('[S9] any number of ids can be asked for at once, and any text', async () => {
    const ids = [...Array.from({ length: 40_000 }, (_, n) => `id-${n}`), 'a\0b', '\uD800', 'one', '\'); drop table doc; --']
    expect((await held.store.read(tx => tx.docs('org', ids))).map(doc => doc.id)).toEqual(['one'])
  })
})

describe('the SQLite file', () => {
  it('[S10] is held by one store at a time, and whoever comes second is told in words', async () => {
    const held = await aStore('sqlite')
    await expect(held.again()).rejects.toThrow(`Another OTP process (${process.pid}) holds this database.`)
    await held.drop()
  })

  it('[S11] opens after a crash, also where the number of the dead process is somebody\'s again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'otp-store-'))
    for (const name of ['otp.db.lock', 'otp.db.held'])
      writeFileSync(join(folder, name), name.endsWith('lock') ? String(process.pid) : '')
    const store = await openSqlite(join(folder, 'otp.db'))
    expect(existsSync(join(folder, 'otp.db'))).toBe(true)
    await store.close()
    expect(readdirSync(folder)).not.toContain('otp.db.lock')
    rmSync(folder, { recursive: true })
  })
})
