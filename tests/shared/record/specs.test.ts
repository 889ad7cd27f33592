import type { Kind } from '#shared/record/envelope.ts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fieldSchema, missingField, refuseField, specs } from '#shared/record/specs.ts'

const kinds = Object.keys(specs) as Kind[]
const anyField = fc.constantFrom(...kinds).chain(kind => fc.tuple(fc.constant(kind), fc.constantFrom(...Object.keys(specs[kind].fields))))
const entry = { value: 0, at: 5, source: 'hand' }

/** A whole record of each kind, with what it must have and nothing else. */
const whole: Record<Kind, Record<string, unknown>> = {
  org: { name: 'Acme', timeZone: 'UTC', weekStart: 1, yearStart: 1, currency: 'EUR', accountable: 'mem_a' },
  member: { name: 'Ana', role: 'member', state: 'active' },
  team: { name: 'Leads' },
  seat: { kind: 'human', title: 'CEO', accountability: '' },
  kpi: { seat: 'seat_1', title: 'Signups', unit: 'number', decimals: 0, better: 'up', cadence: 'week', rollUp: 'sum' },
  sheet: { kpi: 'kpi_1', quarter: '2026-Q4' },
  issue: { title: 'Late', state: 'open', horizon: 'now', raisedBy: 'mem_a', raisedAt: 0 },
  round: { team: 'team_1', state: 'open', issues: ['iss_1'], voters: ['mem_a'], dots: 3, cap: 1, openedBy: 'mem_a', openedAt: 0 },
  ballot: { round: 'round_1', voter: 'mem_a' },
  todo: { title: 'Call', owner: 'mem_a', asker: 'mem_b', askedAt: 0, due: '2026-11-29', state: 'open' },
  headline: { text: 'Largest order yet', about: 'customer', saidBy: 'mem_a', saidAt: 0 },
  priority: { seat: 'seat_1', title: 'Open in Lyon', doneMeans: 'First invoice paid', quarter: '2026-Q4', due: '2026-12-31', state: 'open' },
  contract: { from: 'seat_1', to: 'seat_2', passes: 'A signed order', must: 'Ship it', hours: 24, onMiss: 'Call the customer' },
  delivery: { contract: 'contract_1', from: 'seat_1', to: 'seat_2', title: 'Order 7', sentBy: 'mem_a', sentAt: 0, due: 1, state: 'sent' },
  review: { seat: 'seat_1', by: 'mem_a', at: 0, verdict: 'keep' },
  procedure: { seat: 'seat_1', title: 'Refund', trigger: 'A customer asks', steps: 'Look it up' },
  proposal: { seat: 'seat_1', at: 0, target: 'iss_1', targetKind: 'issue', base: '', set: {}, state: 'open' },
  meeting: { team: 'team_1', day: '2026-11-23', state: 'live', agenda: [{ section: 'issues', minutes: 60 }], startedBy: 'mem_a', startedAt: 0, facilitator: 'mem_a' },
  recap: { meeting: 'meeting:team_1:2026-11-23', team: 'team_1', name: 'Leads', day: '2026-11-23', startedAt: 0, closedAt: 1, facilitator: 'Ana', here: [], ratings: [], spent: [], scores: [], priorities: [], headlines: [], made: [], due: 0, done: 0, solved: [], votes: [] },
}

describe('a new record', () => {
  it.each(kinds)('of kind %s is whole with what it must have, and names what it lacks', (kind) => {
    expect(missingField(kind, whole[kind])).toBeUndefined()
    for (const field of Object.keys(whole[kind]))
      expect(missingField(kind, { ...whole[kind], [field]: undefined })).toBe(field)
  })

  it.each(kinds)('of kind %s has fields that its own schema takes', (kind) => {
    for (const [field, value] of Object.entries(whole[kind]))
      expect(refuseField(kind, field, value)).toBeUndefined()
  })
})

describe('a field', () => {
  it('that must be there cannot be emptied, and one that may be missing can', () => {
    fc.assert(fc.property(anyField, ([kind, field]) => {
      expect(refuseField(kind, field, null)).toBe(field in whole[kind] ? 'bad-value' : undefined)
    }))
  })

  it('takes nothing its schema does not', () => {
    fc.assert(fc.property(anyField, fc.jsonValue(), ([kind, field], value) => {
      const fits = fieldSchema(kind, field)?.safeParse(value).success === true
      expect(refuseField(kind, field, value)).toBe(fits || (value === null && !(field in whole[kind])) ? undefined : 'bad-value')
    }))
  })

  it.each(['', 'nothing', '__proto__', 'constructor', 'toString', 'hasOwnProperty', '/', '__proto__/a', 'constructor/a', 'Title', ' title'])('called %j is unknown', (field) => {
    for (const kind of kinds) {
      expect(refuseField(kind, field, 1)).toBe('unknown-field')
      expect(refuseField(kind, field, null)).toBe('unknown-field')
    }
  })

  it('of a family is known by what stands before the first slash, in its own kind alone', () => {
    expect(refuseField('sheet', 'cell/2026-W47/mem_a', entry)).toBeUndefined()
    expect(refuseField('sheet', 'chosen/2026-W47', 'mem_a')).toBeUndefined()
    expect(refuseField('kpi', 'goal/0', { kind: 'none' })).toBeUndefined()
    expect(refuseField('team', 'seat/seat_1', true)).toBeUndefined()
    expect(refuseField('round', 'voted/mem_a', true)).toBeUndefined()
    expect(['cell', 'title/x'].map(field => refuseField('sheet', field, entry))).toEqual(['unknown-field', 'unknown-field'])
    expect(refuseField('team', 'cell/2026-W47/mem_a', entry)).toBe('unknown-field')
  })

  it('of a family can be emptied, and not filled with anything else', () => {
    expect(refuseField('sheet', 'cell/2026-W47/mem_a', null)).toBeUndefined()
    expect(refuseField('team', 'seat/seat_1', false)).toBe('bad-value')
    expect(refuseField('team', 'seat/seat_1', undefined)).toBe('bad-value')
  })

  it('is unknown when its name is longer than 300 characters', () => {
    expect(refuseField('team', `seat/${'x'.repeat(295)}`, true)).toBeUndefined()
    expect(refuseField('team', `seat/${'x'.repeat(296)}`, true)).toBe('unknown-field')
  })
})

describe('a value', () => {
  it('of one line holds more than spaces', () => {
    expect(['A', ' A ', '', '  ', '\t\n', 5, 'x'.repeat(121)].map(name => refuseField('member', 'name', name))).toEqual([undefined, undefined, 'bad-value', 'bad-value', 'bad-value', 'bad-value', 'bad-value'])
  })

  it('of a score is a finite number, or null with a reason and only then', () => {
    const cell = (more: object) => refuseField('sheet', 'cell/2026-W47/mem_a', { ...entry, ...more })
    expect([cell({ value: -1.5 }), cell({ value: null, unavailable: 'closed' })]).toEqual([undefined, undefined])
    expect([cell({ value: null }), cell({ unavailable: 'closed' }), cell({ value: Number.NaN }), cell({ value: Infinity }), cell({ value: '1' }), cell({ at: -1 }), cell({ source: 'guess' })]).toEqual(Array.from({ length: 7 }).fill('bad-value'))
  })

  it('of a goal has the numbers of its kind, low before high', () => {
    const goal = (value: unknown) => refuseField('kpi', 'goal/2026-W01', value)
    expect([goal({ kind: 'atLeast', target: 0 }), goal({ kind: 'between', low: 1, high: 1 }), goal({ kind: 'yesNo', target: false })]).toEqual([undefined, undefined, undefined])
    expect([goal({ kind: 'atLeast' }), goal({ target: 1 }), goal({ kind: 'between', low: 2, high: 1 }), goal({ kind: 'yesNo', target: 1 }), goal({ kind: 'atMost', low: 1, high: 2 })]).toEqual(Array.from({ length: 5 }).fill('bad-value'))
  })

  it('of a ballot is whole dots, at least one where there are any', () => {
    expect([{}, { i: 1 }, { i: 200 }].map(dots => refuseField('ballot', 'dots', dots))).toEqual([undefined, undefined, undefined])
    expect([{ i: 0 }, { i: 201 }, { i: 1.5 }, [1], 'x'].map(dots => refuseField('ballot', 'dots', dots))).toEqual(Array.from({ length: 5 }).fill('bad-value'))
  })

  it('of a meeting slot is a day and a time of day', () => {
    const slot = (more: object) => refuseField('team', 'slot', { weekday: 2, time: '09:00', minutes: 90, ...more })
    expect([slot({}), slot({ time: '23:59' }), slot({ time: '24:00' }), slot({ time: '9:00' }), slot({ weekday: 7 })]).toEqual([undefined, undefined, 'bad-value', 'bad-value', 'bad-value'])
  })
})
