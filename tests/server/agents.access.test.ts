import type { Kind } from '#shared/record/envelope.ts'
import type { Bench, Company, Device } from './commitBench.ts'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { specs } from '#shared/record/specs.ts'
import { aBench, aKpi, anIssue, aSeat, stores } from './commitBench.ts'

const seat = 'seat_bot'
const now = Date.UTC(2026, 10, 18, 9)
const entry = { value: 1, at: now, source: 'agent' }
const sheet = { kpi: 'kpi_bot', quarter: '2026-Q4' }
const raised = anIssue(seat, { seat })
const hour = 3_600_000
const anew = { state: 'sent', stateBy: seat, stateAt: now, due: now + 4 * hour, reopened: 1 }
const kinds = Object.keys(specs) as Kind[]

describe.each(stores)('what an agent writes, on %s', (store) => {
  let bench: Bench
  let acme: Company
  let bot: Device
  beforeAll(async () => {
    bench = await aBench(store)
    acme = await bench.company()
    bot = acme.device(seat, 'agent')
    await acme.ada.write('seat', 's1', aSeat({ holder: 'cleo' }))
    await acme.ada.write('seat', seat, { kind: 'agent', title: 'Bot', accountability: 'Books', owner: 'cleo', stage: 'pilot', reportsTo: 's1' })
    await acme.ada.write('seat', 'seat_other', { kind: 'agent', title: 'Other', accountability: 'Sells', owner: 'cleo', stage: 'pilot', reportsTo: 's1' })
    await acme.ada.write('kpi', 'kpi_bot', aKpi(seat))
    await acme.ada.write('kpi', 'kpi_other', aKpi('seat_other'))
    await acme.ada.write('team', 'team_1', { name: 'Ops', [`seat/${seat}`]: true })
    await acme.ada.write('team', 'team_2', { name: 'Board' })
    for (const owner of [seat, 'seat_other', 'cleo'])
      await acme.ada.write('todo', `todo_${owner}`, { title: 'Call', owner, asker: 'ada', askedAt: 1, due: '2026-11-29', state: 'open' })
    await acme.ada.write('contract', 'contract_out', { from: seat, to: 's1', passes: 'Leads', must: 'Call', hours: 4, onMiss: 'Raise' })
    for (const state of ['sent', 'returned', 'accepted', 'done', 'verified'])
      await acme.asServer('delivery', `delivery_${state}`, { contract: 'contract_out', from: seat, to: 's1', title: 'Lyon', sentBy: seat, sentAt: now, due: now + 4 * hour, state, ...state !== 'sent' && { stateBy: 'cleo', stateAt: now } })
    await acme.ada.write('issue', 'iss_ada', anIssue('ada', { team: 'team_1' }))
    await acme.ada.write('meeting', 'meeting:team_1:2026-11-17', { team: 'team_1', day: '2026-11-17', state: 'live', agenda: [{ section: 'close', minutes: 5 }], startedBy: 'ada', startedAt: now, facilitator: 'ada' })
  })
  afterAll(() => bench.drop())
  const base = async (id: string) => (await acme.doc(id))?.v ?? ''
  const codeOf = async (kind: Kind, id: string, set: object, by = bot) => (await by.write(kind, id, { ...set }, { base: await base(id) })).refused?.code

  it.each<[string, Kind, string, object]>([
    ['its own score', 'sheet', 'sheet:kpi_bot:2026-Q4', { ...sheet, [`cell/2026-W46/${seat}`]: entry }],
    ['its own score again', 'sheet', 'sheet:kpi_bot:2026-Q4', { [`cell/2026-W46/${seat}`]: { ...entry, value: 2 } }],
    ['an issue of its own', 'issue', 'iss_bot', raised],
    ['an issue with its team', 'issue', 'iss_bot2', { ...raised, team: 'team_1', kpi: 'kpi_bot' }],
    ['its own to-do done', 'todo', `todo_${seat}`, { state: 'done', doneAt: now }],
    ['a returned handoff sent again', 'delivery', 'delivery_returned', anew],
    ['a handoff verified that is done', 'delivery', 'delivery_done', { state: 'verified', stateBy: seat, stateAt: now }],
  ])('may be %s', async (_what, kind, id, set) => {
    expect(await codeOf(kind, id, set)).toBeUndefined()
  })

  it.each<[string, Kind, string, object, string]>([
    ['another seat\'s score', 'sheet', 'sheet:kpi_other:2026-Q4', { ...sheet, kpi: 'kpi_other', [`cell/2026-W46/${seat}`]: entry }, 'not-yours'],
    ['a person\'s entry', 'sheet', 'sheet:kpi_bot:2026-Q4', { 'cell/2026-W46/cleo': entry }, 'not-your-entry'],
    ['a score that says it was typed', 'sheet', 'sheet:kpi_bot:2026-Q4', { [`cell/2026-W46/${seat}`]: { ...entry, source: 'hand' } }, 'not-your-entry'],
    ['which entry counts', 'sheet', 'sheet:kpi_bot:2026-Q4', { 'chosen/2026-W46': seat }, 'not-allowed'],
    ['a sheet by another name', 'sheet', 'sheet:kpi_bot:2026-Q3', { ...sheet, [`cell/2026-W46/${seat}`]: entry }, 'wrong-id'],
    ['an issue in a person\'s name', 'issue', 'iss_x', { ...raised, raisedBy: 'cleo' }, 'not-yours'],
    ['an issue of another seat', 'issue', 'iss_x', { ...raised, seat: 'seat_other' }, 'not-yours'],
    ['an issue about another seat\'s KPI', 'issue', 'iss_x', { ...raised, kpi: 'kpi_other' }, 'not-yours'],
    ['an issue with another team', 'issue', 'iss_x', { ...raised, team: 'team_2' }, 'not-yours'],
    ['an issue that is solved already', 'issue', 'iss_x', { ...raised, state: 'solved', decision: 'Mine' }, 'not-allowed'],
    ['a solved issue', 'issue', 'iss_ada', { state: 'solved', decision: 'Ours' }, 'not-yours'],
    ['its own issue changed', 'issue', 'iss_bot', { title: 'Worse' }, 'not-yours'],
    ['another\'s to-do', 'todo', 'todo_cleo', { state: 'done', doneAt: now }, 'not-yours'],
    ['a to-do verified', 'todo', `todo_${seat}`, { state: 'verified' }, 'not-allowed'],
    ['a new to-do', 'todo', 'todo_new', { title: 'Call', owner: seat, asker: seat, askedAt: 1, due: '2026-11-29', state: 'open' }, 'not-yours'],
    ['a handoff verified that is not done', 'delivery', 'delivery_accepted', { state: 'verified', stateBy: seat, stateAt: now }, 'not-allowed'],
    ['a handoff accepted for its receiver', 'delivery', 'delivery_sent', { state: 'accepted', stateBy: seat, stateAt: now, acceptedAt: now }, 'not-yours'],
    ['a handoff sent again and accepted at once', 'delivery', 'delivery_accepted', { ...anew, acceptedAt: now }, 'not-allowed'],
    ['a handoff given more time', 'delivery', 'delivery_sent', { due: now + 9 * hour, stateBy: seat, stateAt: now }, 'not-yours'],
    ['a handoff put away', 'delivery', 'delivery_sent', { archived: true, stateBy: seat, stateAt: now }, 'not-yours'],
    ['a verified handoff sent again', 'delivery', 'delivery_verified', anew, 'not-allowed'],
    ['its own stage', 'seat', seat, { stage: 'production' }, 'not-allowed'],
    ['its own authority', 'seat', seat, { authority: 'full' }, 'not-allowed'],
    ['a vote', 'ballot', `ballot:round:${seat}`, { round: 'round', voter: seat, dots: { iss_ada: 1 } }, 'not-allowed'],
    ['a new member', 'member', 'mem_x', { name: 'X', role: 'admin', state: 'invited' }, 'not-allowed'],
    ['the company', 'org', 'org_1', { name: 'Bots' }, 'not-allowed'],
    ['a review of itself', 'review', 'review_x', { seat, by: seat, at: now, verdict: 'promote' }, 'not-allowed'],
    ['an approved proposal', 'proposal', 'prop_x', { seat, at: now, target: 'iss_ada', targetKind: 'issue', base: '', set: {}, state: 'approved' }, 'not-allowed'],
    ['a meeting', 'meeting', 'meeting:team_1:2026-11-18', { team: 'team_1', day: '2026-11-18', state: 'live', agenda: [{ section: 'close', minutes: 5 }], startedBy: seat, startedAt: now, facilitator: seat }, 'not-allowed'],
    ['there in a meeting, or its clock', 'meeting', 'meeting:team_1:2026-11-17', { [`here/${seat}`]: now, 'clock/a': { at: now, by: seat, paused: true } }, 'not-allowed'],
    ['a meeting closed', 'meeting', 'meeting:team_1:2026-11-17', { state: 'closed', closedBy: seat, closedAt: now }, 'not-allowed'],
    ['a recap', 'recap', 'recap:team_1:2026-11-17', { name: 'Mine' }, 'server-only'],
    ['a round', 'round', 'round_x', { team: 'team_1', state: 'open', issues: ['iss_ada'], voters: ['cleo'], dots: 3, cap: 1, openedBy: seat, openedAt: now }, 'not-allowed'],
    ['a procedure', 'procedure', 'proc_x', { seat, title: 'P', trigger: 'T', steps: 'S' }, 'not-allowed'],
  ])('is never %s', async (_what, kind, id, set, code) => {
    const before = await acme.doc(id)
    expect(await codeOf(kind, id, set)).toBe(code)
    expect(await acme.doc(id)).toEqual(before)
  })

  it('[R14] whatever it sends, of every kind, changes nothing but its own entries, its own new issues and its own to-dos', async () => {
    const id = fc.constantFrom(seat, 'seat_other', 's1', 'kpi_bot', 'kpi_other', 'sheet:kpi_bot:2026-Q4', 'sheet:kpi_other:2026-Q4', 'todo_cleo', `todo_${seat}`, 'iss_ada', 'iss_new', 'cleo', 'team_1', acme.org, `ballot:round:${seat}`, 'fresh')
    const names = ['ada', 'cleo', seat, 'seat_other', 'kpi_bot', 'kpi_other', 'team_1', 'open', 'done', 'verified', 'solved', 'admin', 'active', 'pilot', 'production', 'full', 'human', 'agent', 'now', '2026-Q4', '2026-11-29', 'text']
    const value = fc.oneof(fc.constantFrom<unknown>(...names), fc.constantFrom<unknown>(null, true, 1, 0, entry, { ...entry, source: 'hand' }, []))
    const fields = (kind: Kind) => [...Object.keys(specs[kind].fields), ...Object.keys(specs[kind].families).flatMap(family => [`${family}/2026-W46/${seat}`, `${family}/2026-W46/cleo`, `${family}/2026-W46`, `${family}/${seat}`])]
    const write = fc.constantFrom(...kinds).chain(kind => fc.record({ kind: fc.constant(kind), id, set: fc.dictionary(fc.constantFrom(...fields(kind)), value, { minKeys: 1, maxKeys: 6 }) }))
    let tried = 0
    await fc.assert(fc.asyncProperty(write, async ({ kind, id: at, set }) => {
      const before = await acme.doc(at)
      await bot.write(kind, at, set, { base: before?.v ?? '' })
      const after = await acme.doc(at)
      tried++
      if (after?.v === before?.v)
        return
      const changed = Object.keys(after?.body ?? {}).filter(field => JSON.stringify(after?.body[field]) !== JSON.stringify(before?.body[field]))
      const isOwnEntry = kind === 'sheet' && after?.body.kpi === 'kpi_bot' && changed.every(field => field.split('/')[2] === seat)
      const isOwnIssue = kind === 'issue' && !before && after?.body.raisedBy === seat
      const isOwnTodo = kind === 'todo' && before?.body.owner === seat && after?.body.state === 'done' && changed.every(field => field === 'state' || field === 'doneAt')
      expect([kind, at, changed, isOwnEntry || isOwnIssue || isOwnTodo]).toEqual([kind, at, changed, true])
    }), { numRuns: store === 'sqlite' ? 250 : 60 })
    expect(tried).toBeGreaterThan(50)
  })

  it.each(['paused', 'retired'] as const)('is nothing at all once its seat is %s', async (stage) => {
    await acme.asServer('seat', seat, { stage })
    const ids: Partial<Record<Kind, string>> = { sheet: 'sheet:kpi_bot:2026-Q4', ballot: `ballot:round:${seat}`, meeting: 'meeting:team_1:2026-11-18', recap: 'recap:team_1:2026-11-18' }
    for (const kind of kinds)
      expect([kind, await codeOf(kind, ids[kind] ?? 'iss_more', kind === 'sheet' ? { [`cell/2026-W47/${seat}`]: entry } : {})]).toEqual([kind, 'seat-stopped'])
    await acme.asServer('seat', seat, { stage: 'pilot' })
    expect(await codeOf('sheet', 'sheet:kpi_bot:2026-Q4', { [`cell/2026-W47/${seat}`]: entry })).toBeUndefined()
    await acme.asServer('sheet', 'sheet:kpi_bot:2026-Q4', { [`cell/2026-W47/${seat}`]: null })
  })

  it('[R14] lands nowhere once a stop is confirmed, however many calls are on their way', async () => {
    for (const turn of [1, 2, 3, 4, 5, 6]) {
      const calls = Array.from({ length: 8 }, (_, n) => codeOf('sheet', 'sheet:kpi_bot:2026-Q4', { [`cell/2026-W46/${seat}`]: { ...entry, value: turn * 100 + n } }))
      await acme.asServer('seat', seat, { stage: 'paused' })
      const stopped = await base('sheet:kpi_bot:2026-Q4')
      expect(await codeOf('sheet', 'sheet:kpi_bot:2026-Q4', { [`cell/2026-W46/${seat}`]: { ...entry, value: -turn } })).toBe('seat-stopped')
      await Promise.all(calls)
      expect(await base('sheet:kpi_bot:2026-Q4')).toBe(stopped)
      await acme.asServer('seat', seat, { stage: 'pilot' })
    }
  })
})
