import type { Session } from '../support/replicaSession.ts'
import type { Trap } from './trapsBench.ts'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { getRxStorageMemory, removeDocFromState } from 'rxdb/plugins/storage-memory'
import { afterEach, describe, expect, it } from 'vitest'
import { loseAnswer, says } from '../support/net.ts'
import { aMomentLater, settled, until } from '../support/replica.ts'
import { anIssue, aTrap, manyTurns } from './trapsBench.ts'

const day = 86_400_000

/** Ben's issue is on a phone of Ada's that is closed again; `name` opens it once more. */
async function anIssueOnAClosedPhone({ ben, people, phone }: Trap, what: string): Promise<{ name: string, id: string }> {
  const name = `${what}-${crypto.randomUUID()}`
  const id = await ben.add('issue', anIssue(ben.member))
  const first = await phone(people.ada, { name })
  await until(first.one(id), rec => rec !== undefined)
  await settled(first)
  await first.close()
  return { name, id }
}

describe('what a device goes through', () => {
  let trap: Trap
  afterEach(() => trap.close())

  it('[T4] a clock set back between two sessions strands no edit', async () => {
    trap = await aTrap()
    const { ben, people } = trap
    const [seen, offline] = [await ben.add('issue', anIssue(ben.member)), await ben.add('issue', anIssue(ben.member))]
    await settled(ben)
    const folder = mkdtempSync(join(tmpdir(), 'otp-session-'))
    const file = join(folder, 'storage.json')
    writeFileSync(file, '{}')
    const cookie = [...people.ada.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const run = async (part: Pick<Session, 'offset' | 'online' | 'edits'>) => {
      const session: Session = { url: trap.server.url, headers: { ...people.ada.headers, cookie }, file, ...part }
      await promisify(execFile)(process.execPath, ['tests/support/replicaSession.ts', JSON.stringify(session)])
    }
    await run({ offset: day, online: true, edits: [{ id: seen, fields: { title: 'A day ahead' } }] })
    await until(ben.one<'issue'>(seen), rec => rec?.d.title === 'A day ahead')
    await run({ offset: 0, online: false, edits: [{ id: offline, fields: { title: 'Set back' } }] })
    await run({ offset: 0, online: true, edits: [] })
    await until(ben.one<'issue'>(offline), rec => rec?.d.title === 'Set back')
    rmSync(folder, { recursive: true })
  })

  it('[C3] edits made offline with the clock a day ahead arrive in their order, and stand behind no later edit', async () => {
    trap = await aTrap()
    const { ada, ben, people } = trap
    const id = await ben.add('issue', anIssue(ben.member))
    await until(ada.one(id), rec => rec !== undefined)
    const wall = { offset: 0 }
    const odd = await trap.phone(people.ada, { wallClock: () => Date.now() + wall.offset })
    await settled(odd)
    odd.offline()
    wall.offset = day
    await odd.set<'issue'>(id, { title: 'First' })
    await odd.set<'issue'>(id, { horizon: 'later' })
    await odd.set<'issue'>(id, { title: 'Second' })
    const fresh = await odd.add('issue', anIssue(ada.member, 'Tomorrow'))
    wall.offset = 0
    odd.online()
    await until(ben.one(fresh), rec => rec !== undefined)
    await until(ben.one<'issue'>(id), rec => rec?.d.title === 'Second' && rec.d.horizon === 'later')
    await settled(odd)
    expect(await until(odd.kept, () => true)).toEqual([])
    await ben.set<'issue'>(id, { title: 'Ben, having seen it' })
    await until(odd.one<'issue'>(id), rec => rec?.d.title === 'Ben, having seen it')
  })

  it('[C4] a clock that is wrong while online is found out by the server\'s answer, and the edit arrives', async () => {
    trap = await aTrap()
    const { ben, people } = trap
    const wall = { offset: 0 }
    const odd = await trap.phone(people.ada, { wallClock: () => Date.now() + wall.offset })
    await settled(odd)
    wall.offset = day
    const id = await odd.add('issue', anIssue(odd.member))
    await until(ben.one(id), rec => rec !== undefined)
    await settled(odd)
    wall.offset = -day
    await odd.set<'issue'>(id, { title: 'Yesterday' })
    await until(ben.one<'issue'>(id), rec => rec?.d.title === 'Yesterday')
  })

  it('[T5] two tabs over one storage push the same edit, and it stands once', async () => {
    trap = await aTrap()
    const { ben, people } = trap
    const name = `tabs-${crypto.randomUUID()}`
    const tab = (label: string) => trap.phone(people.ada, { name, storage: { ...getRxStorageMemory(), name: label } as never })
    const [one, other] = [await tab('memory-one'), await tab('memory-other')]
    await Promise.all([settled(one), settled(other)])
    const before = await people.ben.get(`/api/sync/digest`)
    const id = await one.add('issue', anIssue(one.member))
    await until(ben.one(id), rec => rec !== undefined)
    await Promise.all([settled(one), settled(other)])
    await other.set<'issue'>(id, { title: 'Other tab' })
    await until(ben.one<'issue'>(id), rec => rec?.d.title === 'Other tab')
    await Promise.all([settled(one), settled(other)])
    expect(Number((await people.ben.get(`/api/sync/digest`)).body.at) - Number(before.body.at)).toBe(2)
    expect(await until(one.kept, () => true)).toEqual([])
  })

  it('[T6] a record that went missing on the device comes back by the digest', async () => {
    trap = await aTrap()
    const { people } = trap
    const { name, id } = await anIssueOnAClosedPhone(trap, 'hole')
    const [, state] = [...getRxStorageMemory().collectionStates].find(([key, kept]) => key.includes(name) && kept.documents.has(id)) ?? []
    const doc = state?.documents.get(id)
    if (!state || !doc)
      throw new Error('the record is not where the test looks for it')
    removeDocFromState('id' as never, state.schema, state, doc)
    const again = await trap.phone(people.ada, { name, compareEvery: 50 })
    await until(again.one(id), rec => rec !== undefined)
  })

  it('[T12] what RxDB believes to wait, though nothing of it does, comes right by the digest', async () => {
    trap = await aTrap()
    const { ben, people } = trap
    const { name, id } = await anIssueOnAClosedPhone(trap, 'frozen')
    const notes = [...getRxStorageMemory().collectionStates].filter(([key]) => key.includes(name)).flatMap(([, state]) => [...state.documents.values()] as { itemId?: string, docData?: { v: string } }[]).filter(({ itemId }) => itemId === id)
    expect(notes).toHaveLength(1)
    for (const { docData } of notes)
      Object.assign(docData ?? {}, { v: 'another' })
    await ben.set<'issue'>(id, { title: 'Meanwhile' })
    await settled(ben)
    const again = await trap.phone(people.ada, { name, compareEvery: 50 })
    await until(again.one<'issue'>(id), rec => rec?.d.title === 'Meanwhile')
  })

  it('[T7] a record that only this device believes in goes by the digest, one that waits does not', async () => {
    trap = await aTrap()
    const { people } = trap
    const { name, id } = await anIssueOnAClosedPhone(trap, 'ghost')
    for (const [key, state] of getRxStorageMemory().collectionStates) {
      const doc = key.includes(name) && state.documents.get(id)
      if (!doc)
        continue
      const ghost = { ...doc, id: 'iss_ghost' }
      state.documents.set('iss_ghost', ghost as never)
      for (const index of state.byIndexArray)
        index.docsWithIndex.push([index.getIndexableString(ghost as never), ghost, 'iss_ghost'] as never)
    }
    const again = await trap.phone(people.ada, { name, compareEvery: 50 })
    expect(await again.get('iss_ghost')).toBeDefined()
    const waiting = await again.add('issue', anIssue(again.member))
    await until(again.one('iss_ghost'), rec => rec === undefined)
    expect([await again.get(id), await again.get(waiting)].every(Boolean)).toBe(true)
  })

  it('[D1] after the sign-in has ended edits go on, and after a new one all arrive', async () => {
    trap = await aTrap()
    const { ada, ben, people } = trap
    await people.ada.post('/api/account/sign-out')
    await until(ada.state, state => state.connection === 'signed-out')
    const id = await ada.add('issue', anIssue(ada.member))
    await ada.set<'issue'>(id, { title: 'While signed out' })
    expect(await until(ada.waiting, () => true)).toHaveLength(1)
    await people.ada.signIn()
    ada.retry()
    await until(ben.one<'issue'>(id), rec => rec?.d.title === 'While signed out')
    await settled(ada)
  })

  it('[D2] somebody else\'s sign-in on this device sends nothing of this person\'s', async () => {
    trap = await aTrap()
    const { ada, ben, people } = trap
    const cookies = new Map(people.ada.cookies)
    ada.offline()
    const id = await ada.add('issue', anIssue(ada.member))
    people.ada.cookies.clear()
    people.ben.cookies.forEach((value, key) => people.ada.cookies.set(key, value))
    ada.online()
    await until(ada.state, state => state.connection === 'signed-out')
    expect(await until(ada.waiting, () => true)).toHaveLength(1)
    expect(JSON.stringify((await people.ben.post('/api/sync/pull', { epoch: '', limit: 2000, since: { records: 0 } })).body)).not.toContain(id)
    cookies.forEach((value, key) => people.ada.cookies.set(key, value))
    ada.retry()
    await until(ben.one(id), rec => rec !== undefined)
  })

  it('[D3] a member who was removed is told once, and the replica closes', async () => {
    trap = await aTrap()
    const { people } = trap
    const gone: number[] = []
    const told = Promise.withResolvers<void>()
    const phone = await trap.phone(people.ben, { onGone: () => {
      gone.push(gone.length)
      told.resolve()
    } })
    await settled(phone)
    await people.ada.delete(`/api/orgs/${people.ada.headers['x-org']}/members/${people.ben.headers['x-member']}`)
    phone.retry()
    await told.promise
    await manyTurns()
    expect(gone).toHaveLength(1)
  })

  it('[D4] nothing but the server\'s own word purges a device', async () => {
    trap = await aTrap()
    const { ada, ben, net } = trap
    for (const route of ['push', 'pull', 'stream'] as const)
      net.next(route, says(403, { code: 'cross-site' }), says(403, {}), says(403, null))
    net.cut()
    const id = await ada.add('issue', anIssue(ada.member))
    while (net.count('push') < 3) {
      await manyTurns()
      ada.retry()
    }
    await until(ben.one(id), rec => rec !== undefined)
  })

  it('[D5] a refused new record goes from the device, and what was typed stays until it is let go', async () => {
    trap = await aTrap()
    const { people, net } = trap
    const viewer = await trap.phone(people.ada, { through: net.through })
    await settled(viewer)
    net.always('push', says(200, { now: Date.now(), epoch: '', rows: [{ id: 'x', refused: { code: 'not-allowed' }, doc: null }] }))
    const id = await viewer.add('team', { name: 'Ops' })
    const [kept] = await until(viewer.kept, list => list.length > 0)
    expect(kept).toMatchObject({ record: id, fields: { name: 'Ops' }, refusal: { code: 'not-allowed' } })
    await until(viewer.one(id), rec => rec === undefined)
    await viewer.letGo(kept?.id ?? '')
    await until(viewer.kept, list => list.length === 0)
  })

  it('[D6] a replaced value reaches its author also when the answer that told of it was lost', async () => {
    trap = await aTrap()
    const { ada, ben, net } = trap
    const id = await ada.add('issue', anIssue(ada.member))
    await until(ben.one(id), rec => rec !== undefined)
    await settled(ada)
    ada.offline()
    await ada.set<'issue'>(id, { title: 'Older' })
    await aMomentLater(ada)
    await ben.set<'issue'>(id, { title: 'Newer' })
    await settled(ben)
    net.next('push', loseAnswer)
    ada.online()
    expect(await until(ada.kept, list => list.length > 0)).toMatchObject([{ reason: 'replaced', fields: { title: 'Older' } }])
    await until(ada.one<'issue'>(id), rec => rec?.d.title === 'Newer')
  })

  it('[D7] drafts survive closing, and are never sent', async () => {
    trap = await aTrap()
    const { people, net } = trap
    const name = `draft-${crypto.randomUUID()}`
    const first = await trap.phone(people.ada, { name })
    await first.saveDraft('issue:new', 'half a thought')
    await first.close()
    const pushes = net.count('push')
    const again = await trap.phone(people.ada, { name, through: net.through })
    await settled(again)
    expect([await again.draft('issue:new'), net.count('push')]).toEqual(['half a thought', pushes])
  })

  it('[D8] an edit that names a record the server never gets is refused, and the record stays as it was', async () => {
    trap = await aTrap()
    const { ada } = trap
    const id = await ada.add('issue', anIssue(ada.member))
    await settled(ada)
    const missing: unknown[] = []
    const watching = ada.one(id).subscribe(rec => rec ?? missing.push(rec))
    await ada.set<'issue'>(id, { team: 'team_nowhere' })
    expect(await until(ada.kept, list => list.length > 0)).toMatchObject([{ refusal: { code: 'unknown-parent' }, fields: { team: 'team_nowhere' } }])
    await until(ada.one<'issue'>(id), rec => rec !== undefined && rec.d.team === undefined)
    await settled(ada)
    watching.unsubscribe()
    expect(missing).toEqual([])
  })
})
