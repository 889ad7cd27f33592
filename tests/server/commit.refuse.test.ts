import type { Bench, Company } from './commitBench.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aBench, aKpi, anIssue, aSeat, stores } from './commitBench.ts'

describe.each(stores)('refusals on %s', (kind) => {
  let bench: Bench
  let acme: Company
  beforeAll(async () => {
    bench = await aBench(kind)
    acme = await bench.company()
  })
  afterAll(() => bench.drop())

  it('[R1] a refused row is an answer, and holds back no row beside it', async () => {
    const rows = [acme.cleo.patch('issue', 'r1-a', anIssue('cleo')), acme.cleo.patch('team', 'r1-b', { name: 'Ops' }), acme.cleo.patch('issue', 'r1-c', anIssue('cleo'))]
    const { rows: answers } = await acme.cleo.sendAll(rows)
    expect(answers).toEqual([{ id: 'r1-a' }, { id: 'r1-b', refused: { code: 'not-allowed' }, doc: null }, { id: 'r1-c' }])
    expect([await acme.doc('r1-a'), await acme.doc('r1-b'), await acme.doc('r1-c')]).toMatchObject([{ id: 'r1-a' }, undefined, { id: 'r1-c' }])
  })

  it('[R2] a refused edit answers the record as it stands', async () => {
    const first = acme.ada.patch('seat', 'r2', aSeat({ holder: 'ben' }))
    await acme.ada.send(first)
    expect(await acme.vera.write('seat', 'r2', { title: 'Mine' }, { base: first.v })).toMatchObject({ refused: { code: 'not-allowed' }, doc: { v: first.v, d: { title: 'Sales' } } })
  })

  it.each([
    ['an unknown field', 'issue', { colour: 'red' }, 'unknown-field'],
    ['a value that does not fit', 'issue', { horizon: 'never' }, 'bad-value'],
    ['a missing field', 'issue', { title: 'No horizon', state: 'open', raisedBy: 'ada', raisedAt: 1 }, 'missing-field'],
    ['a field of the server\'s', 'member', { state: 'active' }, 'server-only'],
    ['a prototype', 'issue', JSON.parse('{"__proto__": 1}'), 'unknown-field'],
  ] as const)('[R3] %s is refused by name', async (_name, recordKind, fields, code) => {
    expect((await acme.ada.write(recordKind, `r3-${code}`, fields)).refused?.code).toBe(code)
  })

  it('[R4] a child before its parent is told to come later, and is taken once the parent is there', async () => {
    const child = acme.ada.patch('kpi', 'r4-kpi', aKpi('r4-seat'))
    expect(await acme.ada.send(child)).toEqual({ id: 'r4-kpi', later: true, doc: null })
    await acme.ada.write('seat', 'r4-seat', aSeat())
    expect(await acme.ada.send(child)).toEqual({ id: 'r4-kpi' })
  })

  it('[R5] an edit that names an unknown record is told to come later, with the record as it stands', async () => {
    const first = acme.ada.patch('issue', 'r5', anIssue('ada'))
    await acme.ada.send(first)
    expect(await acme.ada.write('issue', 'r5', { team: 'nowhere' }, { base: first.v })).toMatchObject({ later: true, doc: { v: first.v } })
  })

  it('[R6] a parent of another kind is no parent', async () => {
    await acme.ada.write('team', 'r6-team', { name: 'Ops' })
    expect((await acme.ada.write('kpi', 'r6-kpi', aKpi('r6-team'))).later).toBe(true)
    expect((await acme.ada.write('issue', 'r6-issue', anIssue('ada', { team: 'ada' }))).later).toBe(true)
  })

  it('nobody is made accountable who is not here to answer', async () => {
    const accountable = async (who: string) => (await acme.ada.write('org', acme.org, { accountable: who }, { base: (await acme.doc(acme.org))?.v ?? '' })).refused?.code
    await acme.ada.write('seat', 'seat_r6', { kind: 'agent', title: 'Bot', accountability: 'Books', owner: 'ada' })
    expect([await accountable('cleo'), await accountable('vera'), await accountable('seat_r6'), await accountable('nobody')]).toEqual([undefined, ...Array.from({ length: 3 }).fill('accountable-not-here')])
    expect((await acme.doc(acme.org))?.body.accountable).toBe('cleo')
  })

  it('[R7] an id that belongs to another kind cannot be taken', async () => {
    for (const id of ['ballot:round:cleo', 'sheet:kpi:2026-Q4'])
      expect((await acme.ben.write('issue', id, anIssue('ben'))).refused?.code).toBe('wrong-id')
  })

  it('[R8] an id no database can hold is answered like any other', async () => {
    expect((await acme.ada.write('issue', 'r8', anIssue('ada', { team: 'a\0b' }))).later).toBe(true)
    expect((await acme.ada.write('issue', 'r8-b', anIssue('ada', { title: 'a\0b\uD800' }))).refused).toBeUndefined()
    expect((await acme.doc('r8-b'))?.body.title).toBe('a\0b\uD800')
  })

  it('[R9] the last admin stays one, also when two admins take it from each other at once', async () => {
    for (const turn of [1, 2, 3, 4, 5, 6]) {
      const own = await bench.company()
      expect((await own.ada.write('member', 'ada', { role: 'member' })).refused?.code, `turn ${turn}`).toBe('last-admin')
      await own.ada.write('member', 'ben', { role: 'admin' })
      expect((await own.doc('ben'))?.body.role).toBe('admin')
      bench.time.now += 1000
      const [ada, ben] = [own.device('ada', 'admin'), own.device('ben', 'admin')]
      const answers = await Promise.all([ada.write('member', 'ben', { role: 'member' }), ben.write('member', 'ada', { role: 'member' })])
      expect(answers.map(answer => answer.refused?.code).filter(Boolean)).toEqual(['last-admin'])
    }
  })

  it('[R10] of two moves at once that would make a circle one is refused, and both seats are named', async () => {
    for (const turn of [1, 2, 3, 4]) {
      const [one, other] = [`r10-${turn}-a`, `r10-${turn}-b`]
      await acme.ada.write('seat', one, aSeat())
      await acme.ada.write('seat', other, aSeat())
      const answers = await Promise.all([acme.ada.write('seat', one, { reportsTo: other }), acme.device('ben', 'admin').write('seat', other, { reportsTo: one })])
      const refused = answers.map(answer => answer.refused).filter(found => found !== undefined)
      expect(refused).toHaveLength(1)
      expect(refused[0]?.code).toBe('chart-cycle')
      expect([...refused[0]?.about ?? []].sort()).toEqual([one, other])
    }
  })

  it('[R11] an agent\'s seat needs an owner, and no seat is without an accountability', async () => {
    expect((await acme.ada.write('seat', 'r11-a', aSeat({ kind: 'agent' }))).refused?.code).toBe('no-owner')
    expect((await acme.ada.write('seat', 'r11-b', aSeat({ accountability: ' ' }))).refused?.code).toBe('no-accountability')
  })
})
