import type { Company, Device } from './commitBench.ts'
import { describe, expect, it } from 'vitest'
import { aKpi, aSeat, eachCompany, stores } from './commitBench.ts'

const evidence = { owner: 'cleo', measure: 'Bookings', cadence: 'Sales, Mondays', handoff: 'Leads' }
const code = ({ refused }: { refused?: { code: string } }) => refused?.code

describe.each(stores)('an agent\'s way to production, on %s', (kind) => {
  let acme: Company
  eachCompany(kind, async (company) => {
    acme = company
    await acme.ada.write('seat', 's1', aSeat({ holder: 'ben' }))
    await acme.ada.write('seat', 'seat_bot', { kind: 'agent', title: 'Scout', accountability: 'Books meetings', owner: 'cleo', reportsTo: 's1', stage: 'pilot', authority: 'draft', nextReview: '2026-12-01' })
  })

  const seat = async () => (await acme.doc('seat_bot'))?.body
  const set = async (by: Device, fields: Record<string, unknown>) => by.write('seat', 'seat_bot', fields, { base: (await acme.doc('seat_bot'))?.v ?? '' })
  const look = (by: Device, id: string, verdict: string, more: object = {}) => by.write('review', id, { seat: 'seat_bot', by: by.actor.member, at: 1, verdict, ...more })
  const promotion = { stage: 'production', evidence }

  async function lightAll() {
    await acme.ada.write('kpi', 'k1', { ...aKpi('seat_bot'), 'goal/0': { kind: 'atLeast', target: 3 } })
    await acme.ada.write('sheet', 'sheet:k1:2026-Q4', { 'kpi': 'k1', 'quarter': '2026-Q4', 'cell/2026-W46/ada': { value: 4, at: 1, source: 'hand' } })
    await acme.ada.write('team', 't1', { 'name': 'Sales', 'slot': { weekday: 1, time: '09:00', minutes: 60 }, 'seat/seat_bot': true })
    await acme.ada.write('contract', 'c1', { from: 'seat_bot', to: 's1', passes: 'Leads', must: 'Call them', hours: 24, onMiss: 'Ask' })
  }

  it('is refused while a light is out, and the lights are named', async () => {
    const answer = await look(acme.cleo, 'r1', 'promote', promotion)
    expect(answer).toMatchObject({ later: true, refused: { code: 'lights-out', about: ['measure', 'cadence', 'handoff'] } })
    expect(await set(acme.cleo, { stage: 'production' })).toMatchObject({ refused: { code: 'lights-out' }, doc: { d: { stage: 'pilot' } } })
    await lightAll()
    await acme.ada.write('kpi', 'k1', { archived: true }, { base: (await acme.doc('k1'))?.v ?? '' })
    expect(await set(acme.ada, { stage: 'production' })).toMatchObject({ refused: { code: 'lights-out', about: ['measure'] } })
  })

  it('[R13] with four lights needs its evidence on record, in one push in any order, score and all', async () => {
    await lightAll()
    expect(code(await set(acme.cleo, { stage: 'production' }))).toBe('needs-review')
    expect(code(await look(acme.cleo, 'r1', 'promote', { stage: 'production', evidence: { owner: 'cleo' } }))).toBe('no-evidence')
    await acme.ada.write('kpi', 'k1', { archived: true }, { base: (await acme.doc('k1'))?.v ?? '' })
    const base = (await acme.doc('seat_bot'))?.v ?? ''
    const { rows } = await acme.cleo.sendAll([
      acme.cleo.patch('seat', 'seat_bot', { stage: 'production', nextReview: '2027-01-01' }, { base }),
      acme.cleo.patch('review', 'r2', { seat: 'seat_bot', by: 'cleo', at: 2, verdict: 'promote', next: '2027-01-01', ...promotion }),
      acme.cleo.patch('sheet', 'sheet:k2:2026-Q4', { 'kpi': 'k2', 'quarter': '2026-Q4', 'cell/2026-W46/cleo': { value: 4, at: 1, source: 'hand' } }),
      acme.cleo.patch('kpi', 'k2', { ...aKpi('seat_bot'), 'goal/0': { kind: 'atLeast', target: 3 } }),
    ])
    expect(rows).toEqual([{ id: 'seat_bot' }, { id: 'r2' }, { id: 'sheet:k2:2026-Q4' }, { id: 'k2' }])
    expect(await seat()).toMatchObject({ stage: 'production', nextReview: '2027-01-01' })
  })

  it('is walked back by nobody when a light goes out later', async () => {
    await lightAll()
    await look(acme.cleo, 'r1', 'promote', promotion)
    await set(acme.cleo, { stage: 'production' })
    await acme.ada.write('kpi', 'k1', { archived: true }, { base: (await acme.doc('k1'))?.v ?? '' })
    expect(await set(acme.ada, { title: 'Scout II' })).toEqual({ id: 'seat_bot' })
    expect(await seat()).toMatchObject({ stage: 'production', title: 'Scout II' })
  })

  it('is not begun at its end: a new seat is neither in production nor trusted', async () => {
    const bot = { kind: 'agent', title: 'Bot', accountability: 'Works', owner: 'cleo' }
    expect(code(await acme.ada.write('seat', 'seat_n1', { ...bot, stage: 'production' }))).toBe('lights-out')
    expect(code(await acme.ada.write('seat', 'seat_n2', { ...bot, authority: 'approve' }))).toBe('one-rung')
  })

  it('is moved by its owner, by who answers for it and by an admin, and by nobody else', async () => {
    const stop = async (by: Device) => code(await set(by, { stage: 'paused' }))
    expect([await stop(acme.vera), await stop(acme.device('vera', 'member')), await stop(acme.device('ada', 'manager'))]).toEqual(['not-allowed', 'not-allowed', 'not-allowed'])
    expect(await stop(acme.cleo)).toBeUndefined()
    expect(await seat()).toMatchObject({ stage: 'paused' })
    expect(code(await set(acme.ben, { stage: 'pilot' }))).toBeUndefined()
    expect(await stop(acme.ben)).toBeUndefined()
    expect(code(await set(acme.ada, { stage: 'planned' }))).toBe('stage-not-next')
  })

  it('[M14] a stop stands over a promotion written apart, whoever arrives first; a retirement stands over a stop', async () => {
    const stage = async (...steps: [Device, string][]) => {
      await acme.asServer('seat', 'seat_bot', { stage: 'pilot' })
      const base = (await acme.doc('seat_bot'))?.v ?? ''
      for (const [by, to] of steps)
        await by.write('seat', 'seat_bot', { stage: to }, { base })
      return (await seat())?.stage
    }
    await lightAll()
    await look(acme.ada, 'r1', 'promote', promotion)
    await look(acme.ada, 'r2', 'retire', { reason: 'Too dear', duties: { k1: 's1', c1: 'ends' } })
    expect(await stage([acme.ada, 'production'], [acme.cleo, 'paused'])).toBe('paused')
    expect(await stage([acme.cleo, 'paused'], [acme.ada, 'production'])).toBe('paused')
    expect(await stage([acme.ada, 'retired'], [acme.cleo, 'paused'])).toBe('retired')
  })

  it('authority is raised one rung, by the owner, with a reason; lowered at once', async () => {
    expect(code(await set(acme.cleo, { authority: 'approve' }))).toBe('needs-review')
    expect(code(await look(acme.cleo, 'r1', 'raise', { authority: 'approve' }))).toBe('no-reason')
    expect(code(await look(acme.ben, 'r2', 'raise', { authority: 'approve', reason: 'It is right' }))).toBe('not-allowed')
    expect(code(await look(acme.cleo, 'r3', 'raise', { authority: 'approve', reason: 'Right for a month' }))).toBeUndefined()
    expect(code(await set(acme.ben, { authority: 'approve' }))).toBe('not-allowed')
    expect(code(await set(acme.cleo, { authority: 'bounded' }))).toBe('one-rung')
    expect(code(await set(acme.cleo, { authority: 'approve' }))).toBeUndefined()
    expect(code(await set(acme.ben, { authority: 'draft' }))).toBeUndefined()
    expect(await seat()).toMatchObject({ authority: 'draft' })
  })

  it('limits are widened by the owner or an admin alone, and narrowed by who answers for the seat too', async () => {
    const may = async (by: Device, times: number | null) => code(await set(by, { 'may/raise_issue': times }))
    expect([await may(acme.ben, 1), await may(acme.vera, 1), await may(acme.cleo, 5), await may(acme.ben, 6), await may(acme.ada, 8)]).toEqual(['not-allowed', 'not-allowed', undefined, 'not-allowed', undefined])
    expect([await may(acme.ben, 2), await may(acme.ben, null)]).toEqual([undefined, undefined])
    expect(await seat()).not.toHaveProperty('may/raise_issue')
  })

  it('the next review is moved by a recorded look at the seat alone', async () => {
    expect(code(await set(acme.ada, { nextReview: '2027-06-01' }))).toBe('needs-review')
    expect(code(await set(acme.ada, { nextReview: null }))).toBe('needs-review')
    expect(code(await look(acme.cleo, 'r1', 'extend'))).toBe('no-date')
    await look(acme.cleo, 'r2', 'extend', { next: '2027-02-01', reason: 'Four more weeks' })
    expect(code(await set(acme.cleo, { nextReview: '2027-02-01', monthlyCost: 120, valueKpi: 'k1' }))).toBeUndefined()
    expect(await seat()).toMatchObject({ nextReview: '2027-02-01', monthlyCost: 120 })
  })

  it('it retires with a reason and a place for each duty', async () => {
    await lightAll()
    expect(code(await set(acme.cleo, { stage: 'retired' }))).toBe('needs-review')
    expect(code(await look(acme.cleo, 'r1', 'retire', { duties: { k1: 's1', c1: 'ends' } }))).toBe('no-reason')
    expect(await look(acme.cleo, 'r2', 'retire', { reason: 'Too dear', duties: { k1: 's1' } })).toMatchObject({ refused: { code: 'duties-left', about: ['Leads'] } })
    expect(code(await look(acme.cleo, 'r3', 'retire', { reason: 'Too dear', duties: { k1: 's1', c1: 'ends' } }))).toBeUndefined()
    expect(code(await set(acme.cleo, { stage: 'retired' }))).toBeUndefined()
    expect(code(await set(acme.ada, { stage: 'pilot' }))).toBe('stage-not-next')
  })

  it('what was recorded is not changed, and nobody records in another\'s name', async () => {
    await look(acme.cleo, 'r1', 'extend', { next: '2027-02-01' })
    expect(code(await acme.ada.write('review', 'r1', { reason: 'No' }, { base: (await acme.doc('r1'))?.v ?? '' }))).toBe('fixed-field')
    expect(code(await acme.ben.write('review', 'r2', { seat: 'seat_bot', by: 'cleo', at: 1, verdict: 'pause' }))).toBe('not-yours')
    expect(code(await look(acme.vera, 'r3', 'pause'))).toBe('not-allowed')
  })
})
