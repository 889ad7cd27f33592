import type { Bench, Company } from './commitBench.ts'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { ballotId, sheetId } from '#shared/record/ids.ts'
import { replacedOf } from '../../server/sync/history.ts'
import { aBench, aKpi, anIssue, aSeat, stores } from './commitBench.ts'

describe.each(stores)('a hostile member on %s', (kind) => {
  let bench: Bench
  let acme: Company
  beforeAll(async () => {
    bench = await aBench(kind)
    acme = await bench.company()
    await acme.ada.write('team', 'team', { name: 'Leaders' })
    await acme.ada.write('seat', 'desk', aSeat({ holder: 'cleo' }))
    await acme.ada.write('kpi', 'kpi', aKpi('desk'))
    await acme.ada.write('issue', 'issue', anIssue('ada'))
  })
  afterAll(() => bench.drop())

  const bases = async (id: string) => ({ base: (await acme.doc(id))?.v ?? '' })
  const edit = async (device: Company['ada'], id: string, fields: Record<string, unknown>) =>
    device.write((await acme.doc(id))?.kind ?? 'issue', id, fields, await bases(id))

  it('[B1] a ballot cast again after a reopening reaches nobody as a loss of theirs', async () => {
    await acme.ada.write('round', 'b1', { team: 'team', state: 'open', issues: ['issue'], voters: ['ada', 'cleo'], dots: 3, cap: 3, openedBy: 'ada', openedAt: 1 })
    const vote = (dots: Record<string, number>, at: number) => acme.cleo.write('ballot', ballotId('b1', 'cleo'), { round: 'b1', voter: 'cleo', dots }, { at: bench.time.now + at })
    await vote({ issue: 1 }, 0)
    await edit(acme.ada, 'b1', { state: 'closed', closedBy: 'ada', closedAt: 2 })
    await vote({ issue: 2 }, 100)
    await edit(acme.ada, 'b1', { state: 'open', closedBy: null, closedAt: null })
    await vote({ issue: 3 }, 200)
    expect(await replacedOf(bench.deps, acme.ada.actor)).toEqual({ changes: [] })
    expect((await acme.doc(ballotId('b1', 'cleo')))?.body.dots).toEqual({ issue: 3 })
  })

  it.each(['a\0b', 'a\uD800', 'a/b', 'a:b', `${'x'.repeat(200)} `, '../a'])('[R8] nothing new is called %j, and the row beside it is taken', async (id) => {
    const beside = `beside-${encodeURIComponent(JSON.stringify(id)).replaceAll('%', '_').slice(0, 80)}`
    const { rows } = await acme.ada.sendAll([acme.ada.patch('member', id, { name: 'Eve', role: 'member', state: 'invited' }), acme.ada.patch('issue', beside, anIssue('ada'))])
    expect(rows).toEqual([{ id, refused: { code: 'wrong-id' }, doc: null }, { id: beside }])
  })

  it('[R3] a value with anything beside what its field knows is refused', async () => {
    const entry = { value: 1, at: 1, source: 'hand' }
    const sheet = { kpi: 'kpi', quarter: '2026-Q4' }
    const cell = (more: object) => acme.cleo.write('sheet', sheetId('kpi', '2026-Q4'), { ...sheet, 'cell/2026-W47/cleo': { ...entry, ...more } })
    expect((await cell({ junk: 'x'.repeat(100_000) })).refused?.code).toBe('bad-value')
    expect((await cell(JSON.parse('{"__proto__":{"junk":1}}') as object)).refused?.code).toBe('bad-value')
    expect((await edit(acme.ada, 'kpi', { 'goal/0': { kind: 'atLeast', target: 1, junk: 1 } })).refused?.code).toBe('bad-value')
    expect((await edit(acme.ada, 'team', { slot: { weekday: 1, time: '09:00', minutes: 90, junk: 1 } })).refused?.code).toBe('bad-value')
    expect((await cell({})).refused).toBeUndefined()
  })

  it('[R3] a team meets by a clock there is: no device could tell when its numbers are due by another', async () => {
    const slot = { weekday: 1, time: '09:00', minutes: 90 }
    expect((await edit(acme.ada, 'team', { slot: { ...slot, timeZone: 'Mars/Base' } })).refused).toEqual({ code: 'unknown-time-zone', fields: ['slot'] })
    expect((await edit(acme.ada, 'team', { slot: { ...slot, timeZone: '+01:00' } })).refused?.code).toBe('unknown-time-zone')
    expect((await edit(acme.ada, 'team', { slot: { ...slot, timeZone: 'America/New_York' } })).refused).toBeUndefined()
  })

  it('[R3] a goal under the name of no period is refused, and one that lies there can be emptied', async () => {
    const goal = { kind: 'atLeast', target: 1 }
    for (const key of ['goal/x', 'goal/', 'goal/2025-W53', 'once/0', 'once/2026-W01/x'])
      expect((await edit(acme.ada, 'kpi', { [key]: goal })).refused, key).toEqual({ code: 'wrong-period', fields: [key] })
    expect((await edit(acme.ada, 'kpi', { 'goal/0': goal, 'once/2026-W53': goal, 'goal/x': null })).refused).toBeUndefined()
  })

  it('a record grows only so far, also by fields that were emptied again', async () => {
    const days = Array.from({ length: 5001 }, (_, n) => `once/${new Date(Date.UTC(2020, 0, n)).toISOString().slice(0, 10)}`)
    const grown = await edit(acme.ada, 'kpi', Object.fromEntries(days.slice(0, 4900).map(day => [day, null])))
    expect(grown.refused).toBeUndefined()
    expect((await edit(acme.ada, 'kpi', Object.fromEntries(days.slice(4900).map(day => [day, null])))).refused?.code).toBe('too-large')
  })

  it('an issue\'s state is not held for ever by a count of reopenings beyond all others\'', async () => {
    expect((await edit(acme.cleo, 'issue', { state: 'open', reopened: Number.MAX_SAFE_INTEGER })).refused?.code).toBe('bad-value')
    expect((await edit(acme.cleo, 'issue', { state: 'open', reopened: 1 })).refused).toBeUndefined()
  })

  it('a round is closed in nobody else\'s name', async () => {
    await acme.ada.write('round', 'signed', { team: 'team', state: 'open', issues: ['issue'], voters: ['ada'], dots: 3, cap: 3, openedBy: 'ada', openedAt: 1 })
    expect((await edit(acme.ben, 'signed', { state: 'closed', closedBy: 'ada', closedAt: 2 })).refused?.code).toBe('not-yours')
  })

  it('a record\'s past is read once a push, however many rows ask for it', async () => {
    await edit(acme.cleo, 'issue', { title: 'Second' })
    const read = vi.fn<(id: string) => void>()
    const { write } = bench.store
    bench.deps.store = { ...bench.store, write: work => write(tx => work({ ...tx, changesOf: (org, id, limit) => {
      read(id)
      return tx.changesOf(org, id, limit)
    } })) }
    await acme.cleo.sendAll(Array.from({ length: 50 }, () => acme.cleo.patch('issue', 'issue', { title: 'Again' })))
    bench.deps.store = bench.store
    expect(read).toHaveBeenCalledTimes(1)
  })
})
