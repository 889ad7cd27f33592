import type { Bench, Company } from './commitBench.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commit } from '../../server/sync/commit.ts'
import { createSync } from '../../server/sync/sync.ts'
import { aBench, anIssue, aSeat, stores } from './commitBench.ts'

describe.each(stores)('names, replays and clocks on %s', (kind) => {
  let bench: Bench
  let acme: Company
  beforeAll(async () => {
    bench = await aBench(kind)
    acme = await bench.company()
  })
  afterAll(() => bench.drop())

  it('[V1] the writer\'s name for the content stands where they had seen the newest version', async () => {
    const first = acme.ada.patch('issue', 'v1', anIssue('ada'))
    expect(await acme.ada.send(first)).toEqual({ id: 'v1' })
    const second = acme.ada.patch('issue', 'v1', { title: 'Next' }, { base: first.v })
    expect(await acme.ada.send(second)).toEqual({ id: 'v1' })
    expect((await acme.doc('v1'))?.v).toBe(second.v)
  })

  it('[V2] else the server names it anew, greater than everything in the record, and the record is in the answer', async () => {
    const first = acme.ada.patch('issue', 'v2', anIssue('ada'))
    await acme.ada.send(first)
    const apart = [acme.ben.patch('issue', 'v2', { title: 'Ben' }, { base: first.v }), acme.ada.patch('issue', 'v2', { horizon: 'later' }, { base: first.v })] as const
    await acme.ben.send(apart[0])
    const { doc } = await acme.ada.send(apart[1])
    const stored = await acme.doc('v2')
    expect(doc).toEqual({ id: 'v2', kind: 'issue', v: stored?.v, d: stored?.body })
    expect(doc && Object.values(stored?.stamps ?? {}).every(stamp => stamp < doc.v) && doc.v > apart[0].v && doc.v > apart[1].v).toBe(true)
  })

  it('[V3] a name that is not greater than the record\'s own is not taken over', async () => {
    const first = acme.ada.patch('issue', 'v3', anIssue('ada'))
    await acme.ada.send(first)
    const reused = { ...acme.ada.patch('issue', 'v3', { title: 'Other content' }, { base: first.v }), v: first.v }
    const { doc } = await acme.ada.send(reused)
    expect(doc?.v).not.toBe(first.v)
    expect(doc?.d.title).toBe('Other content')
  })

  it('[P1] the same push, any number of times, changes nothing and takes no sequence number', async () => {
    const rows = [acme.ada.patch('issue', 'p1', anIssue('ada')), acme.ada.patch('seat', 'p1-seat', aSeat({ holder: 'cleo' })), acme.ada.patch('team', 'p1-team', { 'name': 'Ops', 'seat/p1-seat': true })]
    const first = await acme.ada.sendAll(rows)
    const [head, docs] = [await acme.head(), await Promise.all(rows.map(row => acme.doc(row.id)))]
    for (const times of [1, 2, 3])
      expect((await acme.ada.sendAll(rows)).rows, `time ${times}`).toEqual(first.rows)
    await acme.ada.sendAll([...rows].reverse())
    expect([await acme.head(), await Promise.all(rows.map(row => acme.doc(row.id)))]).toEqual([head, docs])
  })

  it('[P2] a push whose answer was lost does not come back over what others wrote on it, and logs no loss', async () => {
    const first = acme.ada.patch('seat', 'p2', aSeat({ holder: 'cleo' }))
    await acme.ada.send(first)
    const unheard = acme.ada.patch('seat', 'p2', { title: 'Ada', holder: 'ada' }, { base: first.v })
    await acme.ada.send(unheard)
    await acme.device('ben', 'admin').write('seat', 'p2', { title: 'Ben', holder: 'ben' }, { base: unheard.v })
    const [head, changes] = [await acme.head(), await acme.changes('p2')]
    const answer = await acme.ada.send(unheard)
    expect([answer.refused, answer.replaced, answer.doc?.d]).toMatchObject([undefined, undefined, { title: 'Ben', holder: 'ben' }])
    expect([await acme.head(), await acme.changes('p2')]).toEqual([head, changes])
  })

  it('[P3] a writer who never heard that their value lost hears it when they send again, and it is logged once', async () => {
    const first = acme.ada.patch('seat', 'p3', aSeat({ holder: 'cleo' }))
    await acme.ada.send(first)
    const unheard = acme.ada.patch('seat', 'p3', { title: 'Ada', holder: 'ada' }, { base: first.v })
    await acme.device('ben', 'admin').write('seat', 'p3', { title: 'Ben', holder: 'ben' }, { base: first.v, at: bench.time.now + 50 })
    const heard = await acme.ada.send(unheard)
    expect(heard).toMatchObject({ replaced: { title: 'Ada', holder: 'ada' }, refused: { code: 'needs-decision', fields: ['holder'] } })
    const head = await acme.head()
    expect(await acme.ada.send(unheard)).toEqual(heard)
    expect(await acme.head()).toBe(head)
  })

  it('[P3] what lost to a stamp raised over an equal value is logged once, however often it is sent', async () => {
    const first = acme.ada.patch('issue', 'p3-raised', anIssue('ada'))
    await acme.ada.send(first)
    await acme.ben.write('issue', 'p3-raised', { horizon: 'now' }, { base: first.v, at: bench.time.now + 50 })
    const unheard = acme.ada.patch('issue', 'p3-raised', { horizon: 'later' }, { base: first.v, at: bench.time.now + 10 })
    expect(await acme.ada.send(unheard)).toMatchObject({ replaced: { horizon: 'later' } })
    const head = await acme.head()
    expect(await acme.ada.send(unheard)).toMatchObject({ replaced: { horizon: 'later' } })
    expect(await acme.head()).toBe(head)
  })

  it('[P4] what was taken once is not refused when its answer was lost and the writer\'s rights have ended', async () => {
    const raised = acme.cleo.patch('issue', 'p4', anIssue('cleo'))
    await acme.cleo.send(raised)
    const demoted = acme.device('cleo', 'viewer')
    expect(await demoted.send(raised)).toEqual({ id: 'p4' })
    expect((await demoted.write('issue', 'p4', { title: 'New' }, { base: raised.v })).refused?.code).toBe('not-allowed')
  })

  it('[P5] a repeated state does not come back after somebody went back behind it', async () => {
    const first = acme.ada.patch('issue', 'p5', anIssue('ada'))
    await acme.ada.send(first)
    const solved = acme.ada.patch('issue', 'p5', { state: 'solved', decision: 'Buy more' }, { base: first.v })
    await acme.ada.send(solved)
    await acme.ben.write('issue', 'p5', { state: 'open' }, { base: solved.v, at: bench.time.now + 50 })
    await acme.ada.send(solved)
    expect((await acme.doc('p5'))?.body.state).toBe('open')
  })

  it('[P6] an edit on top of an edit whose answer was lost stands, with nothing refused', async () => {
    const first = acme.ada.patch('seat', 'p6', aSeat({ holder: 'cleo' }))
    await acme.ada.send(first)
    await acme.ada.write('seat', 'p6', { holder: 'ben' }, { base: first.v })
    const answer = await acme.ada.write('seat', 'p6', { holder: 'ada' }, { base: first.v })
    expect([answer.refused, (await acme.doc('p6'))?.body.holder]).toEqual([undefined, 'ada'])
  })

  it('[C1] a stamp more than a minute ahead of the server is refused with the server\'s time, never clamped', async () => {
    const head = await acme.head()
    const far = acme.ada.patch('issue', 'c1', anIssue('ada'), { at: bench.time.now + 60_001 })
    const { now, rows } = await acme.ada.sendAll([far])
    expect([now, rows, await acme.head()]).toEqual([bench.time.now, [{ id: 'c1', refused: { code: 'clock-ahead' }, doc: null }], head])
    expect((await acme.ada.write('issue', 'c1', anIssue('ada'), { at: bench.time.now + 60_000 })).refused).toBeUndefined()
  })

  it('[C2] the server\'s own names are greater than every one before, also after a restart with its clock set back', async () => {
    const first = acme.ada.patch('issue', 'c2', anIssue('ada'), { at: bench.time.now + 59_000 })
    await acme.ada.send(first)
    const apart = [acme.ada.patch('issue', 'c2', { title: 'One' }, { base: first.v }), acme.ben.patch('issue', 'c2', { horizon: 'later' }, { base: first.v })] as const
    await acme.ada.send(apart[0])
    const before = await acme.ben.send(apart[1])
    const restarted = createSync({ store: bench.store, now: () => bench.time.now - 86_400_000 + 60_000 })
    const third = acme.cleo.patch('issue', 'c2', { detail: 'More' }, { base: first.v, at: bench.time.now - 86_400_000 })
    const { rows } = await commit(restarted, acme.cleo.actor, [third])
    expect(before.doc && rows[0]?.doc && rows[0].doc.v > before.doc.v).toBe(true)
  })
})
