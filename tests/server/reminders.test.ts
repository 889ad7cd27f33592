import type { Store } from '../../server/store/port.ts'
import type { TestPerson } from '../support/person.ts'
import type { TestPushService, TestReceiver } from '../support/pushService.ts'
import type { TestServer } from '../support/server.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cellKey } from '#shared/kpi/cell.ts'
import { meetingId, sheetId } from '#shared/record/ids.ts'
import { createLog } from '../../server/ops/log.ts'
import { readPushKeys } from '../../server/reminders/keys.ts'
import { remindAll } from '../../server/reminders/remind.ts'
import { openPostgres } from '../../server/store/postgres.ts'
import { createSync } from '../../server/sync/sync.ts'
import { writeAsServer } from '../../server/sync/writeAsServer.ts'
import { aPerson } from '../support/person.ts'
import { aDatabase } from '../support/postgres.ts'
import { aPushService } from '../support/pushService.ts'
import { startServer } from '../support/server.ts'
import { aKpi, aSeat, stores } from './commitBench.ts'

/** A Wednesday; the team meets at 11:00 in New York, 17:00 in Berlin. */
const noon = Date.UTC(2026, 10, 18, 11)
const meets = Date.UTC(2026, 10, 18, 16)
const minute = 60_000
const slot = { weekday: 3, time: '11:00', minutes: 60, timeZone: 'America/New_York' }

describe.each(stores)('reminders on %s', (kind) => {
  let server: TestServer
  let service: TestPushService
  let databaseUrl: string | undefined
  let ada: TestPerson
  let path: string
  let me: string
  let org: string
  let phone: TestReceiver
  const time = { now: noon }
  const lines: string[] = []
  const log = createLog('debug', { write: line => lines.push(line) })

  beforeAll(async () => {
    service = await aPushService()
    databaseUrl = kind === 'postgres' ? await aDatabase() : undefined
    server = await startServer({ store: kind, databaseUrl, now: () => time.now, push: service.way, limits: { org: [100, 60] } })
    await server.store.accounts.putSetting('sign-up', 'open')
    ada = aPerson(server, { now: () => time.now })
    await ada.signUp()
  })
  beforeEach(async () => {
    time.now = noon
    ;({ org, member: me } = await ada.createOrg())
    path = `/api/orgs/${org}/reminders`
    await writeAsServer(createSync({ store: server.store, now: () => time.now }), org, me, [
      { id: 's1', kind: 'seat', set: aSeat({ holder: me }) },
      { id: 's2', kind: 'seat', set: aSeat() },
      ...['k1', 'k2', 'k3'].map(id => ({ id, kind: 'kpi' as const, set: aKpi('s1') })),
      { id: 'k4', kind: 'kpi', set: aKpi('s2') },
      { id: 't1', kind: 'team', set: { 'name': 'Leads', slot, 'seat/s1': true, 'seat/s2': true } },
    ])
    phone = service.browser()
  })
  afterAll(async () => {
    await server.close()
    await service.close()
  })
  const told = (one: TestReceiver) => one.got.map(({ text }) => JSON.parse(text) as Record<string, unknown>)
  const wish = async (person: TestPerson, on = true) => (await person.put(`${path}/wish`, { on })).status
  const listen = async (person: TestPerson, device: TestReceiver) => (await person.put(`${path}/device`, device.subscription)).status
  async function look(store: Store = server.store, at = meets - 90 * minute) {
    time.now = at
    const keys = await readPushKeys(store.accounts)
    await remindAll({ store, log, now: () => time.now, sender: { way: service.way, keys, subject: 'mailto:ops@example.com' } })
  }
  const devices = async () => (await ada.get(path)).body.devices

  it('whoever has numbers open for a meeting in two hours is told how many, of which team and when; nothing else', async () => {
    await ada.write('sheet', sheetId('k2', '2026-Q4'), { kpi: 'k2', quarter: '2026-Q4', [cellKey('2026-W46', me)]: { value: null, unavailable: 'holiday', at: 1, source: 'hand' } })
    expect([await wish(ada), await listen(ada, phone)]).toEqual([200, 200])
    await look(server.store, meets - 121 * minute)
    expect(phone.got).toEqual([])
    await look(server.store, meets - 120 * minute)
    expect(told(phone)).toEqual([{ kind: 'meeting', tag: meetingId('t1', '2026-11-18'), team: 'Leads', teamId: 't1', day: '2026-11-18', at: meets, missing: 2, due: 2 }])
    expect(phone.got[0]).toMatchObject({ ttl: 7200, urgency: 'high', subject: 'mailto:ops@example.com', signed: true })
  })

  it('a person is told of a meeting once, on each of their devices, however often and by however many processes it is looked', async () => {
    const tablet = service.browser()
    await wish(ada)
    await listen(ada, phone)
    await listen(ada, tablet)
    const other = databaseUrl ? await openPostgres(databaseUrl) : server.store
    await Promise.all([look(), look(other), look(), look(other)])
    await look(other, meets - minute)
    expect([phone.got.length, tablet.got.length]).toEqual([1, 1])
    await look(server.store, meets + 7 * 24 * 60 * minute - minute)
    expect([phone.got.length, told(phone)[1]?.day]).toEqual([2, '2026-11-25'])
    if (other !== server.store)
      await other.close()
  })

  it('a process that dies after it took a reminder on says nothing, and no other says it twice', async () => {
    await wish(ada)
    await listen(ada, phone)
    await server.store.accounts.reminders.claim({ org, member: me, meeting: meetingId('t1', '2026-11-18') }, time.now)
    await look()
    expect(phone.got).toEqual([])
  })

  it('nobody is told who has nothing open, has not wished it, has switched it off, or whose team meets already', async () => {
    await listen(ada, phone)
    await look()
    expect(phone.got).toEqual([])
    await wish(ada)
    await wish(ada, false)
    await look()
    expect([phone.got, (await ada.get(path)).body.on]).toEqual([[], false])
    await wish(ada)
    await ada.write('meeting', meetingId('t1', '2026-11-18'), { team: 't1', day: '2026-11-18', state: 'live', agenda: [{ section: 'issues', minutes: 60 }], startedBy: me, startedAt: time.now, facilitator: me })
    await look()
    expect(phone.got).toEqual([])
  })

  it('the numbers of an agent are its owner\'s to be told of, and a seat of another team is not asked for', async () => {
    await ada.write('seat', 's3', { kind: 'agent', title: 'Bot', accountability: 'Answers', owner: me, stage: 'pilot' })
    await ada.write('kpi', 'k5', aKpi('s3'))
    await ada.write('team', 't2', { 'name': 'Bots', slot, 'seat/s3': true })
    await wish(ada)
    await listen(ada, phone)
    await look()
    expect(told(phone).map(({ team, missing }) => `${String(team)} ${String(missing)}`).sort()).toEqual(['Bots 1', 'Leads 3'])
  })

  it('a device whose service says it is gone is let go of; one that fails is kept', async () => {
    const broken = service.browser()
    await wish(ada)
    await listen(ada, phone)
    await listen(ada, broken)
    phone.answers(410)
    broken.answers(500)
    await look()
    expect([phone.got.length, broken.got.length, await devices()]).toEqual([1, 1, 1])
  })

  it('a device goes with its sign-out, with whoever takes it over, and with a member who leaves', async () => {
    const { token } = await ada.invite()
    const ben = aPerson(server, { now: () => time.now })
    await ben.join(token)
    await listen(ada, phone)
    await listen(ben, phone)
    expect([await devices(), (await ben.get(path)).body.devices]).toEqual([0, 1])
    await ben.post('/api/account/sign-out', {})
    await ben.signIn()
    expect((await ben.get(path)).body.devices).toBe(0)
    await listen(ben, phone)
    await wish(ben)
    expect(await server.store.accounts.reminders.listeners(org)).toEqual([ben.headers['x-member']])
    await ada.delete(`/api/orgs/${org}/members/${ben.headers['x-member']}`)
    expect(await server.store.accounts.reminders.listeners(org)).toEqual([])
  })

  it('a person has ten devices at most, the newest; each is theirs to take off', async () => {
    const many = Array.from({ length: 12 }, () => service.browser())
    for (const device of many) {
      time.now += minute
      await listen(ada, device)
    }
    expect(await devices()).toBe(10)
    await wish(ada)
    expect((await ada.delete(`${path}/device`, { endpoint: many[5]?.subscription.endpoint })).status).toBe(200)
    await look()
    expect(many.map(({ got }) => got.length)).toEqual([0, 0, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1])
  })

  it('a device of an address that may not be called, or with keys nothing can be written to, is refused', async () => {
    const { endpoint, keys } = phone.subscription
    const refused = [
      { endpoint: 'https://127.0.0.1/push', keys },
      { endpoint: 'http://push.example.org/push', keys },
      { endpoint, keys: { ...keys, auth: 'short' } },
      { endpoint, keys: { ...keys, p256dh: `BA${'A'.repeat(85)}` } },
      { endpoint },
    ]
    for (const body of refused)
      expect((await ada.put(`${path}/device`, body)).status).toBe(422)
    const stranger = aPerson(server)
    expect((await stranger.put(`${path}/device`, phone.subscription)).status).toBe(401)
    await stranger.signUp()
    expect((await stranger.put(`${path}/device`, phone.subscription)).status).toBe(404)
  })

  it('the keys are made once, the same for every process, and neither they nor an address are ever in the log', async () => {
    const keys = await readPushKeys(server.store.accounts)
    expect((await ada.get(path)).body).toEqual({ key: keys.publicKey, on: null, devices: 0 })
    expect(await readPushKeys(server.store.accounts)).toEqual(keys)
    await wish(ada)
    await listen(ada, phone)
    await look()
    const logged = [...lines, ...server.lines].join('')
    expect(logged).toContain('reminded')
    for (const secret of [keys.privateKey, phone.subscription.endpoint, phone.subscription.keys.auth, 'Leads'])
      expect(logged).not.toContain(secret)
  })
})
