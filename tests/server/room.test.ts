import type { TestPerson } from '../support/person.ts'
import type { TestServer } from '../support/server.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { agendaOf } from '#shared/meeting/agenda.ts'
import { ballotId, meetingId } from '#shared/record/ids.ts'
import { aPerson } from '../support/person.ts'
import { startServer } from '../support/server.ts'
import { stores } from './commitBench.ts'

const hour = 3_600_000
const start = Date.UTC(2026, 10, 18, 12)

/** A screen that reads its stream; every message so far. */
async function aScreen(url: string, path: string) {
  const line = new AbortController()
  const response = await fetch(`${url}${path}/stream`, { signal: line.signal })
  const heard: { now?: number, view?: Record<string, unknown>, bye?: string }[] = []
  const read = (async () => {
    let text = ''
    for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += part
      const events = text.split('\n\n')
      text = events.pop() ?? ''
      heard.push(...events.map(event => JSON.parse(event.replace(/^data: /, '')) as typeof heard[number]))
    }
  })().catch(() => undefined)
  return { status: response.status, headers: response.headers, heard, read, last: () => heard.findLast(({ view }) => view)?.view, hangUp: () => line.abort() }
}

describe.each(stores)('the screen of a room, on %s', (store) => {
  let server: TestServer
  const time = { now: start }
  let ada: TestPerson
  let cleo: TestPerson
  let vera: TestPerson
  let who: Record<'ada' | 'cleo' | 'vera', string>
  let id: string
  let count = 0
  beforeAll(async () => {
    server = await startServer({ store, now: () => time.now, limits: { stranger: [2000, 60] } })
    const now = () => time.now
    ada = aPerson(server, { now })
    cleo = aPerson(server, { now })
    vera = aPerson(server, { now })
    await ada.signUp()
    const { member } = await ada.createOrg()
    who = { ada: member, cleo: (await cleo.join((await ada.invite('member', 'Cleo Sol')).token)).member, vera: (await vera.join((await ada.invite('viewer', 'Vera Look')).token)).member }
    await set(ada, 'seat', 'seat_s', { kind: 'human', title: 'Sales', accountability: 'Sells', holder: who.cleo })
    await set(ada, 'kpi', 'kpi_k', { 'seat': 'seat_s', 'title': 'Signups', 'unit': 'number', 'decimals': 0, 'better': 'up', 'cadence': 'week', 'rollUp': 'sum', 'goal/0': { kind: 'atLeast', target: 10 } })
  })
  beforeEach(async () => {
    time.now = start + 25 * hour * count++
    const team = `team_${count}`
    const day = new Date(time.now).toISOString().slice(0, 10)
    id = meetingId(team, day)
    await set(ada, 'team', team, { 'name': `Leads ${count}`, 'seat/seat_s': true })
    await set(cleo, 'meeting', id, { team, day, state: 'live', agenda: agendaOf({}), startedBy: who.cleo, startedAt: time.now, facilitator: who.cleo, [`here/${who.cleo}`]: time.now })
    await set(cleo, 'issue', `iss_${count}`, { title: 'Late parts', state: 'open', horizon: 'now', team, raisedBy: who.cleo, raisedAt: time.now })
  })

  afterAll(() => server.close())

  async function set(person: TestPerson, kind: Parameters<TestPerson['write']>[0], record: string, fields: Record<string, unknown>) {
    const [before] = await server.store.read(tx => tx.docs(String(ada.headers['x-org']), [record]))
    const { body } = await person.write(kind, record, fields, before?.v)
    expect(JSON.stringify(body)).not.toContain('refused')
  }
  const linkPath = (meeting = id) => `/api/meetings/${encodeURIComponent(meeting)}/room-link`
  async function aLink(person = cleo) {
    const { status, body } = await person.post(linkPath())
    expect(status).toBe(201)
    const url = String(body.url)
    expect(url).toMatch(new RegExp(`^${server.url}/room/[\\w-]{43}$`))
    return `/api/rooms/${url.slice(`${server.url}/room/`.length)}`
  }
  const stranger = () => aPerson(server)
  const codeOf = async (path: string) => {
    const { status, body } = await stranger().get(path)
    return [status, body.code]
  }
  async function turn(section: string) {
    time.now += 1000
    await set(cleo, 'meeting', id, { [`clock/t${time.now}`]: { at: time.now, by: who.cleo, section } })
  }
  const end = () => set(cleo, 'meeting', id, { state: 'closed', closedBy: who.cleo, closedAt: time.now })

  it('is opened by who runs the meeting or attends; a viewer and a stranger get no link', async () => {
    await aLink()
    await aLink(ada)
    expect((await vera.post(linkPath())).body.code).toBe('not-allowed')
    expect((await stranger().post(linkPath())).status).toBe(401)
    expect((await cleo.post(linkPath('meeting:none:2026-11-18'))).body.code).toBe('not-found')
    expect((await vera.delete(linkPath())).body.code).toBe('not-allowed')
  })

  it('shows the meeting to whoever has the link, with no session, and takes no writing', async () => {
    const path = await aLink()
    const { status, body, headers } = await stranger().get(path)
    expect(status).toBe(200)
    expect(body).toMatchObject({ now: time.now, view: { meeting: id, section: 'checkIn', here: ['Cleo Sol'], facilitator: 'Cleo Sol' } })
    expect([headers.get('cache-control'), headers.get('referrer-policy')]).toEqual(['no-store', 'no-referrer'])
    expect(headers.get('content-security-policy')).toContain('default-src \'none\'')
    for (const method of ['POST', 'PUT', 'DELETE'])
      expect((await stranger().fetch(path, { method })).status).toBe(404)
  })

  it('keeps of the link only its hash, and no line of the log has it', async () => {
    const path = await aLink()
    const token = path.split('/').at(-1) ?? ''
    await codeOf(path)
    expect(await server.store.accounts.roomLinks.byHash(token)).toBeUndefined()
    expect(server.lines.join('')).not.toContain(token)
  })

  it('gives a wrong token and one that ended, in whatever way, the same answer', async () => {
    const gone = [404, 'room-gone']
    const first = await aLink()
    const second = await aLink()
    expect([await codeOf(first), await codeOf(second)]).toEqual([gone, [200, undefined]])
    await cleo.delete(linkPath())
    expect(await codeOf(second)).toEqual(gone)
    expect(await codeOf(`/api/rooms/${'A'.repeat(43)}`)).toEqual(gone)
    expect(await codeOf(`/api/rooms/${'A'.repeat(43)}/stream`)).toEqual(gone)
    const third = await aLink()
    await end()
    time.now += 2 * hour - 1
    expect(await codeOf(third)).toEqual([200, undefined])
    time.now += 1
    expect([await codeOf(third), await codeOf(`${third}/stream`)]).toEqual([gone, gone])
    expect((await cleo.post(linkPath())).body.code).toBe('not-found')
  })

  it('lasts a day at most, should nobody end the meeting', async () => {
    const path = await aLink()
    time.now += 24 * hour
    expect(await codeOf(path)).toEqual([404, 'room-gone'])
  })

  it('streams a new view whenever the meeting moves, and none that is the same', async () => {
    const path = await aLink()
    const screen = await aScreen(server.url, path)
    expect(screen.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    await expect.poll(() => screen.last()).toMatchObject({ section: 'checkIn' })
    await turn('scorecard')
    await expect.poll(() => screen.last()).toMatchObject({ section: 'scorecard', scores: [{ title: 'Signups', seat: 'Sales', value: null }] })
    const before = screen.heard.length
    await set(ada, 'issue', `iss_other_${count}`, { title: 'Elsewhere', state: 'open', horizon: 'now', raisedBy: who.ada, raisedAt: time.now })
    await turn('issues')
    await expect.poll(() => screen.last()).toMatchObject({ section: 'issues', issues: [{ title: 'Late parts' }] })
    expect(screen.heard.slice(before).filter(({ view }) => view)).toHaveLength(1)
    screen.hangUp()
  })

  it('says who has voted before the close, and the sums after it: never a dot before', async () => {
    const path = await aLink()
    await turn('issues')
    const screen = await aScreen(server.url, path)
    await set(cleo, 'round', `round_${count}`, { team: `team_${count}`, state: 'open', issues: [`iss_${count}`], voters: [who.ada, who.cleo], dots: 3, cap: 3, openedBy: who.cleo, openedAt: time.now, meeting: id })
    await set(cleo, 'ballot', ballotId(`round_${count}`, who.cleo), { round: `round_${count}`, voter: who.cleo, dots: { [`iss_${count}`]: 2 } })
    await expect.poll(() => screen.last()).toMatchObject({ vote: { state: 'open', voted: 1, voters: [{ name: 'Ada Founder', voted: false }, { name: 'Cleo Sol', voted: true }], lines: [] } })
    expect(JSON.stringify(screen.heard)).not.toContain('"votes"')
    await set(cleo, 'round', `round_${count}`, { state: 'closed', closedBy: who.cleo, closedAt: time.now })
    await expect.poll(() => screen.last()).toMatchObject({ vote: { state: 'closed', lines: [{ title: 'Late parts', votes: 2, tied: false }], onTheWay: 0 } })
    screen.hangUp()
  })

  it('says goodbye where the link is taken back or made anew, and has room for eight screens', async () => {
    const path = await aLink()
    const screens = await Promise.all(Array.from({ length: 8 }, () => aScreen(server.url, path)))
    await Promise.all(screens.map(screen => expect.poll(() => screen.last()).toBeDefined()))
    const ninth = await aScreen(server.url, path)
    expect(ninth.status).toBe(429)
    screens[0]?.hangUp()
    await expect.poll(async () => {
      const next = await aScreen(server.url, path)
      if (next.status === 200)
        screens.push(next)
      return next.status
    }).toBe(200)
    await aLink()
    await Promise.all(screens.slice(1).map(({ read }) => read))
    expect(screens.slice(1).map(({ heard }) => heard.at(-1))).toEqual(screens.slice(1).map(() => ({ bye: 'gone' })))
  })

  it('ends when who made the link leaves the company', async () => {
    const dan = aPerson(server, { now: () => time.now })
    const { member } = await dan.join((await ada.invite('member', 'Dan')).token)
    await set(dan, 'meeting', id, { [`here/${member}`]: time.now })
    const path = await aLink(dan)
    const screen = await aScreen(server.url, path)
    await expect.poll(() => screen.last()).toBeDefined()
    expect((await ada.delete(`/api/orgs/${ada.headers['x-org']}/members/${member}`)).status).toBe(200)
    await screen.read
    expect(screen.heard.at(-1)).toEqual({ bye: 'gone' })
    expect(await codeOf(path)).toEqual([404, 'room-gone'])
  })

  it('is told when the server stops, so that it comes back', async () => {
    const path = await aLink()
    const screen = await aScreen(server.url, path)
    await expect.poll(() => screen.last()).toBeDefined()
    expect(screen.heard.some(({ bye }) => bye)).toBe(false)
    await server.close()
    await screen.read
    expect(screen.heard.at(-1)).toEqual({ bye: 'stopping' })
    server = await startServer({ store, now: () => time.now })
  })
})
