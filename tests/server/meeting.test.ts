import type { Bench, Company, Device } from './commitBench.ts'
import { describe, expect, it } from 'vitest'
import { agendaOf } from '#shared/meeting/agenda.ts'
import { dropId } from '#shared/meeting/drop.ts'
import { meetingId, recapId } from '#shared/record/ids.ts'
import { aSeat, codes, eachCompany, stores } from './commitBench.ts'

const id = meetingId('team_1', '2026-11-18')
const aMeeting = (by: string, at: number, more: object = {}) => ({ team: 'team_1', day: '2026-11-18', state: 'live', agenda: agendaOf({}), startedBy: by, startedAt: at, facilitator: by, ...more })

describe.each(stores)('a meeting, on %s', (kind) => {
  let bench: Bench
  let acme: Company
  let dora: Device
  eachCompany(kind, async (company, on) => {
    acme = company
    bench = on
    dora = acme.device('dora', 'member')
    await acme.asServer('member', 'dora', { name: 'dora', role: 'member', state: 'active' })
    await acme.ada.write('seat', 's1', aSeat({ title: 'Sales', holder: 'cleo' }))
    await acme.ada.write('team', 'team_1', { 'name': 'Leads', 'seat/s1': true })
  })
  const now = () => bench.time.now
  const base = async (of = id) => (await acme.doc(of))?.v ?? ''
  const edit = async (by: Device, set: Record<string, unknown>) => by.write('meeting', id, set, { base: await base() })

  it('is started by who runs meetings of its team, under the id of its team and day', async () => {
    expect(codes([
      await dora.write('meeting', id, aMeeting('dora', now())),
      await acme.vera.write('meeting', id, aMeeting('vera', now())),
      await acme.cleo.write('meeting', meetingId('team_2', '2026-11-18'), aMeeting('cleo', now())),
      await acme.cleo.write('meeting', id, aMeeting('ben', now())),
      await acme.cleo.write('meeting', id, aMeeting('cleo', now(), { state: 'closed' })),
      await acme.cleo.write('meeting', id, aMeeting('cleo', now())),
    ])).toEqual(['not-allowed', 'not-allowed', 'wrong-id', 'not-yours', 'meeting-closed', undefined])
  })

  it('[M15] started twice apart is one: the first stands whole, and what the second did in it since is in it', async () => {
    await acme.cleo.write('meeting', id, aMeeting('cleo', now()))
    bench.time.now += 60_000
    const started = acme.ben.patch('meeting', id, aMeeting('ben', now()))
    const joined = acme.ben.patch('meeting', id, { 'here/ben': now() })
    await acme.ben.send({ ...started, v: joined.v, set: { ...started.set, ...joined.set } })
    expect((await acme.doc(id))?.body).toMatchObject({ 'startedBy': 'cleo', 'facilitator': 'cleo', 'here/ben': now() })
  })

  it('[M18] drops the same thing from two phones apart as one issue: the first stands whole, and nobody hears of a loss', async () => {
    const drop = dropId(id, 'kpi_1')
    const dropped = (by: string) => ({ title: `OTIF, said ${by}`, state: 'open', horizon: 'now', team: 'team_1', meeting: id, raisedBy: by, raisedAt: now() })
    await acme.cleo.write('meeting', id, aMeeting('cleo', now()))
    await acme.cleo.write('issue', drop, dropped('cleo'))
    bench.time.now += 60_000
    const answer = await acme.ben.write('issue', drop, dropped('ben'))
    expect(answer).not.toHaveProperty('refused')
    expect(answer).not.toHaveProperty('replaced')
    expect((await acme.doc(drop))?.body).toMatchObject({ title: 'OTIF, said cleo', raisedBy: 'cleo' })
  })

  it('alone has the names of what meetings drop: nobody sits on one with another kind of record', async () => {
    expect(codes([
      await acme.cleo.write('headline', dropId(id, 'kpi_1'), { text: 'Mine', about: 'customer', saidBy: 'cleo', saidAt: now() }),
      await acme.cleo.write('issue', dropId(id, 'kpi_1'), { title: 'OTIF', state: 'open', horizon: 'now', team: 'team_1', raisedBy: 'cleo', raisedAt: now() }),
    ])).toEqual(['wrong-id', undefined])
  })

  it('is joined by everybody but viewers, and rated by who joined, each for themselves', async () => {
    await acme.cleo.write('meeting', id, aMeeting('cleo', now()))
    const rating = { score: 9, at: now() }
    expect(codes([
      await edit(acme.vera, { 'here/vera': now() }),
      await edit(dora, { 'rating/dora': rating }),
      await edit(dora, { 'here/ben': now() }),
      await edit(dora, { 'here/dora': now() }),
      await edit(dora, { 'rating/dora': rating }),
      await edit(dora, { 'rating/ben': rating }),
      await edit(acme.cleo, { 'here/ben': now() }),
      await edit(acme.cleo, { 'rating/ben': rating }),
      await edit(dora, { 'rating/dora': { score: 11, at: now() } }),
    ])).toEqual(['not-allowed', 'not-attending', 'not-your-entry', undefined, undefined, 'not-your-entry', undefined, 'not-your-entry', 'bad-value'])
  })

  it('is run by anybody who attends: a turn of the clock is its maker\'s and stays, and whoever takes over takes it themselves', async () => {
    await acme.cleo.write('meeting', id, aMeeting('cleo', now()))
    const turn = { at: now(), by: 'dora', section: 'issues' }
    expect(codes([
      await edit(dora, { 'clock/a': turn }),
      await edit(dora, { 'here/dora': now() }),
      await edit(dora, { 'clock/a': turn }),
      await edit(acme.ben, { 'clock/a': { ...turn, by: 'ben' } }),
      await edit(acme.ben, { 'clock/b': turn }),
      await edit(dora, { 'clock/c': { ...turn, at: now() + 3_600_000 } }),
      await edit(dora, { facilitator: 'ben' }),
      await edit(dora, { facilitator: 'dora' }),
      await edit(dora, { facilitator: 'cleo' }),
      await edit(dora, { startedAt: 1 }),
    ])).toEqual(['not-attending', undefined, undefined, 'fixed-field', 'not-yours', 'time-ahead', 'not-yours', undefined, undefined, 'fixed-field'])
  })

  it('is of a day that has come, and of moments a calendar knows', async () => {
    const at = (day: string, more: object = {}) => acme.cleo.write('meeting', meetingId('team_1', day), { ...aMeeting('cleo', now(), more), day })
    expect(codes([
      await at('9999-12-31'),
      await at('2027-01-05'),
      await at('2026-11-18', { startedAt: Number.MAX_SAFE_INTEGER }),
      await at('2026-11-18', { startedAt: now() + 30 * 86_400_000 }),
      await at('2026-11-18', { 'here/cleo': now() + 30 * 86_400_000 }),
      await at('2026-11-18'),
    ])).toEqual(['bad-value', 'time-ahead', 'bad-value', 'time-ahead', 'time-ahead', undefined])
  })

  it('stays small: nobody is there who is not of the company, and its clock turns only so often', async () => {
    await acme.cleo.write('meeting', id, aMeeting('cleo', now(), { 'here/cleo': now() }))
    const turns = (from: number, many: number) => Object.fromEntries(Array.from({ length: many }, (_, n) => [`clock/${from + n}`, { at: now(), by: 'cleo', paused: n % 2 === 0 }]))
    expect(codes([
      await edit(acme.cleo, { 'here/nobody': now() }),
      await edit(acme.cleo, turns(0, 500)),
      await edit(acme.cleo, turns(500, 1)),
      await edit(acme.cleo, { 'rating/cleo': { score: 9, at: now() } }),
    ])).toEqual(['bad-value', undefined, 'too-large', undefined])
  })

  it('[M16] its recap is written in the close, of everything that had arrived, and nothing later changes it', async () => {
    await acme.cleo.write('meeting', id, aMeeting('cleo', now()))
    await edit(acme.cleo, { 'here/cleo': now(), 'rating/cleo': { score: 7, at: now(), why: 'Too long' } })
    await acme.ada.write('kpi', 'k1', { 'seat': 's1', 'title': 'Signups', 'unit': 'number', 'decimals': 0, 'better': 'up', 'cadence': 'week', 'rollUp': 'sum', 'goal/0': { kind: 'atLeast', target: 10 } })
    await acme.cleo.write('sheet', 'sheet:k1:2026-Q4', { 'kpi': 'k1', 'quarter': '2026-Q4', 'cell/2026-W46/cleo': { value: 12, at: now(), source: 'hand' } })
    await acme.cleo.write('headline', 'h1', { text: 'Largest order yet', about: 'customer', team: 'team_1', saidBy: 'cleo', saidAt: now() })
    await acme.cleo.write('priority', 'p1', { seat: 's1', title: 'Lyon', doneMeans: 'Open', quarter: '2026-Q4', due: '2026-12-31', state: 'open' })
    await acme.cleo.write('priority', 'p2', { seat: 's1', title: 'Secret', doneMeans: 'Open', quarter: '2026-Q4', due: '2026-12-31', state: 'open', private: 'cleo' })
    await acme.cleo.write('issue', 'iss_1', { title: 'Late parts', state: 'open', horizon: 'now', team: 'team_1', raisedBy: 'cleo', raisedAt: now() })
    await acme.cleo.write('issue', 'iss_1', { state: 'solved', decision: 'Second supplier', solvedAt: now(), solvedIn: id }, { base: await base('iss_1') })
    await acme.cleo.write('round', 'round_1', { team: 'team_1', state: 'open', issues: ['iss_1'], voters: ['ben', 'cleo'], dots: 3, cap: 1, openedBy: 'cleo', openedAt: now() })
    await acme.cleo.write('ballot', 'ballot:round_1:cleo', { round: 'round_1', voter: 'cleo', dots: { iss_1: 1 } })
    await acme.cleo.write('round', 'round_1', { state: 'closed', closedBy: 'cleo', closedAt: now() + 1 }, { base: await base('round_1') })
    bench.time.now += 600_000
    // In one push with the close, and after it in the list: a meeting closes over everything.
    const late = acme.cleo.patch('todo', 'todo_1', { title: 'Call them', owner: 'cleo', asker: 'cleo', askedAt: now(), due: '2026-11-25', state: 'open', meeting: id })
    await acme.cleo.send(acme.cleo.patch('meeting', id, { state: 'closed', closedBy: 'cleo', closedAt: now() }, { base: await base() }), late)
    const recap = (await acme.doc(recapId(id)))?.body
    expect(recap).toMatchObject({
      name: 'Leads',
      facilitator: 'cleo',
      here: [{ member: 'cleo', name: 'cleo' }],
      ratings: [{ member: 'cleo', score: 7, why: 'Too long' }],
      scores: [{ kpi: 'k1', title: 'Signups', seat: 'Sales', agent: false, period: '2026-W46', value: 12, status: 'onTrack' }],
      priorities: [{ priority: 'p1', track: 'on', done: false }],
      headlines: [{ headline: 'h1', by: 'cleo' }],
      made: [{ todo: 'todo_1', owner: 'cleo' }],
      solved: [{ issue: 'iss_1', decision: 'Second supplier' }],
      votes: [{ round: 'round_1', voters: 2, cast: 1, lines: [{ issue: 'iss_1', title: 'Late parts', votes: 1 }] }],
    })
    await acme.cleo.write('sheet', 'sheet:k1:2026-Q4', { 'cell/2026-W46/cleo': { value: 3, at: now(), source: 'hand' } }, { base: await base('sheet:k1:2026-Q4') })
    expect(codes([
      await edit(dora, { 'here/dora': now(), 'rating/dora': { score: 9, at: now() } }),
      await edit(acme.ada, { state: 'closed', closedBy: 'ada', closedAt: now() }),
      await edit(acme.ada, { state: 'live' }),
      await acme.ada.write('recap', recapId(id), { name: 'Mine' }, { base: await base(recapId(id)) }),
      await acme.ada.write('recap', recapId(meetingId('team_1', '2026-11-19')), { ...recap, day: '2026-11-19' }),
    ])).toEqual([undefined, undefined, 'meeting-closed', 'server-only', 'server-only'])
    expect((await acme.doc(recapId(id)))?.body).toEqual(recap)
  })
})
