import type { Replica } from '../../client/db/types.ts'
import type { ServerOptions, TestServer } from '../support/server.ts'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../../client/db/database.ts'
import { aNet, drop } from '../support/net.ts'
import { aPerson } from '../support/person.ts'
import { aPhone, settled, until } from '../support/replica.ts'
import { startServer } from '../support/server.ts'
import { anIssue, manyTurns } from './trapsBench.ts'

describe('a server put back from a backup', () => {
  let dataDir: string
  let backup: string
  let server: TestServer
  beforeEach(async () => {
    [dataDir, backup] = [mkdtempSync(join(tmpdir(), 'otp-')), mkdtempSync(join(tmpdir(), 'otp-'))]
    server = await startServer({ dataDir })
  })
  afterEach(async () => {
    await server.close()
    for (const folder of [dataDir, backup])
      rmSync(folder, { recursive: true, force: true })
  })

  async function again(options: ServerOptions, between: () => void) {
    await server.close()
    between()
    server = await startServer({ dataDir, port: server.port, ...options })
  }
  const keepBackup = () => again({}, () => cpSync(dataDir, backup, { recursive: true }))
  const putBack = () => again({ restored: true }, () => {
    rmSync(dataDir, { recursive: true })
    cpSync(backup, dataDir, { recursive: true })
  })
  async function aFounder() {
    const founder = aPerson(server)
    await founder.signUp()
    await founder.createOrg()
    return founder
  }

  async function isWithout(gone: string, fresh: Replica) {
    await settled(fresh)
    expect(await fresh.get(gone)).toBeUndefined()
    await fresh.close()
  }

  it('[D9] has every phone build its copy anew beside the old one, which stays in use until the new one is whole', async () => {
    const founder = await aFounder()
    await keepBackup()
    const renewed = Promise.withResolvers<Replica>()
    const wire = { lines: 0, held: Promise.withResolvers<void>(), holds: false }
    const phone = await aPhone(founder, {
      onReset: next => renewed.resolve(next),
      through: send => async (input, init) => {
        if (wire.holds && String(input).endsWith('/pull') && String(init?.body).includes('"epoch":""'))
          await wire.held.promise
        return send(input, init)
      },
    })
    const gone = await phone.add('team', { name: 'Since the backup' })
    await settled(phone)
    await phone.saveDraft('issue:new', 'half a thought')
    wire.holds = true
    await putBack()
    const meanwhile = await phone.add('issue', anIssue(phone.member, 'While it is built'))
    phone.retry()
    await until(phone.waiting, rows => rows.length === 0)
    expect((await phone.get<'team'>(gone))?.d.name).toBe('Since the backup')
    wire.held.resolve()
    const fresh = await renewed.promise
    await settled(fresh)
    expect(await fresh.get(gone)).toBeUndefined()
    expect((await fresh.get<'issue'>(meanwhile))?.d.title).toBe('While it is built')
    expect(await fresh.draft('issue:new')).toBe('half a thought')
    await fresh.close()
  })

  it('[D17] knows of a copy that had sent before it was given anything, and has it built anew', async () => {
    const founder = await aFounder()
    await keepBackup()
    const net = aNet()
    net.always('pull', drop)
    const renewed = Promise.withResolvers<Replica>()
    const phone = await aPhone(founder, { through: net.through, onReset: next => renewed.resolve(next) })
    const gone = await phone.add('issue', anIssue(phone.member, 'Taken before the backup was put back'))
    await until(phone.waiting, rows => rows.length === 0)
    expect(await until(phone.state, () => true)).toMatchObject({ ready: false })
    await putBack()
    net.heal()
    phone.retry()
    await isWithout(gone, await renewed.promise)
  })

  it('[D9] begins the new copy once more where the history changes again while it is being built', async () => {
    const founder = await aFounder()
    await keepBackup()
    const renewed = Promise.withResolvers<Replica>()
    const wire = { armed: false, filling: Promise.withResolvers<void>(), held: Promise.withResolvers<void>() }
    const phone = await aPhone(founder, {
      onReset: next => renewed.resolve(next),
      through: send => async (input, init) => {
        // The second question of the copy that is being built, in the middle of its filling.
        if (wire.armed && String(input).endsWith('/pull') && String(init?.body).includes('"epoch":""') && !String(init?.body).includes('"fill":{"records":"","scores":""}')) {
          wire.filling.resolve()
          await wire.held.promise
        }
        return send(input, init)
      },
    })
    const gone = await phone.add('team', { name: 'Since the backup' })
    await settled(phone)
    wire.armed = true
    await putBack()
    phone.retry()
    await wire.filling.promise
    await putBack()
    wire.held.resolve()
    const fresh = await renewed.promise
    await settled(fresh)
    expect(await fresh.get(gone)).toBeUndefined()
    await fresh.close()
  })

  it('[D9] lets both copies go where a replica is closed while it builds, so that the page can open either', async () => {
    const founder = await aFounder()
    const name = `closed-${crypto.randomUUID()}`
    const wire = { building: Promise.withResolvers<void>(), holds: false }
    await keepBackup()
    const phone = await aPhone(founder, {
      name,
      through: send => (input, init) => {
        if (!wire.holds || !String(input).endsWith('/pull') || !String(init?.body).includes('"epoch":""'))
          return send(input, init)
        wire.building.resolve()
        return Promise.reject(new TypeError('dropped'))
      },
    })
    await settled(phone)
    wire.holds = true
    await putBack()
    phone.retry()
    await wire.building.promise
    await phone.close()
    const next = await aPhone(founder, { name: `${name}~1` })
    await settled(next)
    await next.close()
  })

  it('[R12] refuses an edit of what it no longer has, and the edit is with its author in the new copy', async () => {
    const founder = await aFounder()
    const renewed = Promise.withResolvers<Replica>()
    const phone = await aPhone(founder, { onReset: next => renewed.resolve(next) })
    await settled(phone)
    await keepBackup()
    phone.retry()
    const known = await phone.add('team', { name: 'Since the backup' })
    await settled(phone)
    phone.offline()
    await phone.set<'team'>(known, { name: 'Typed in between' })
    await putBack()
    phone.online()
    const fresh = await renewed.promise
    const [kept] = await until(fresh.kept, list => list.length > 0)
    expect(kept).toMatchObject({ record: known, fields: { name: 'Typed in between' }, refusal: { code: 'not-found' } })
    await settled(fresh)
    await fresh.close()
  })

  it('[D14] is noticed also by a phone that lost its note of the history it is of, though the sequence has passed its cursor', async () => {
    const founder = await aFounder()
    const storage = getRxStorageMemory() as never
    await keepBackup()
    const name = 'lost-its-note'
    const phone = await aPhone(founder, { storage, name })
    const gone = await phone.add('team', { name: 'Since the backup' })
    await settled(phone)
    await phone.close()
    const db = await openDatabase(name, storage, false)
    await (await db.device.findOne('note:epoch').exec())?.remove()
    await db.close()
    await putBack()
    const other = await aPhone(founder)
    for (let n = 0; n < 5; n++)
      await other.add('team', { name: `After it ${n}` })
    await settled(other)
    await other.close()
    const renewed = Promise.withResolvers<Replica>()
    await aPhone(founder, { storage, name, onReset: next => renewed.resolve(next) })
    const fresh = await renewed.promise
    await settled(fresh)
    expect(await fresh.get(gone)).toBeUndefined()
    await fresh.close()
  })

  it('[D15] is noticed also where the numbers of the new history have come to the phone\'s cursor, and the first question was lost', async () => {
    const founder = await aFounder()
    await keepBackup()
    const net = aNet()
    const renewed = Promise.withResolvers<Replica>()
    const phone = await aPhone(founder, { through: net.through, onReset: next => renewed.resolve(next) })
    const gone = await phone.add('team', { name: 'Since the backup' })
    await settled(phone)
    net.always('stream', drop)
    net.always('pull', drop)
    net.cut()
    await putBack()
    await founder.write('team', 'team_other', { name: 'After it' })
    net.always('stream')
    phone.retry()
    await net.greeted()
    net.beat()
    await manyTurns()
    net.heal()
    phone.retry()
    await isWithout(gone, await renewed.promise)
  })
})
