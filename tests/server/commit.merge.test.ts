import type { Bench, Company } from './commitBench.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aBench, anIssue, aSeat, stores } from './commitBench.ts'

describe.each(stores)('merging writes on %s', (kind) => {
  let bench: Bench
  let acme: Company
  beforeAll(async () => {
    bench = await aBench(kind)
    acme = await bench.company()
  })
  afterAll(() => bench.drop())

  const bodyOf = async (id: string) => (await acme.doc(id))?.body
  /** A record both devices have seen, and the `v` they saw. */
  async function seen(recordKind: 'issue' | 'seat', id: string, body: Record<string, unknown>) {
    const patch = acme.ada.patch(recordKind, id, body)
    await acme.ada.send(patch)
    return patch.v
  }
  const later = () => bench.time.now += 1000

  it('[M1] fields written apart are both kept', async () => {
    const base = await seen('issue', 'm1', anIssue('ada'))
    await acme.ben.write('issue', 'm1', { title: 'From Ben' }, { base })
    const answer = await acme.ada.write('issue', 'm1', { horizon: 'later' }, { base })
    expect(await bodyOf('m1')).toMatchObject({ title: 'From Ben', horizon: 'later' })
    expect(answer.doc?.d).toMatchObject({ title: 'From Ben', horizon: 'later' })
    expect(answer.replaced).toBeUndefined()
  })

  it.each([[1, 2, 'Ben'], [2, 1, 'Ada']])('[M2] of one field written apart the newer stamp stands, whoever arrives first (%i, %i)', async (ada, ben, winner) => {
    const id = `m2-${winner}`
    const base = await seen('issue', id, anIssue('ada'))
    const at = later()
    await acme.ada.write('issue', id, { title: 'Ada' }, { base, at: at + ada })
    await acme.ben.write('issue', id, { title: 'Ben' }, { base, at: at + ben })
    expect((await bodyOf(id))?.title).toBe(winner)
  })

  it('[M3] the value that did not stand is in the log with its writer, and its writer gets it back', async () => {
    const base = await seen('issue', 'm3', anIssue('ada'))
    const at = later()
    const late = acme.ben.patch('issue', 'm3', { title: 'Older' }, { base, at })
    await acme.ada.write('issue', 'm3', { title: 'Newer' }, { base, at: at + 5 })
    const answer = await acme.ben.send(late)
    expect(answer).toMatchObject({ replaced: { title: 'Older' }, doc: { d: { title: 'Newer' } } })
    expect((await acme.changes('m3'))[0]?.lost).toEqual({ title: ['Older', late.v, 'ben'] })
    const again = await acme.cleo.write('issue', 'm3', { title: 'Newest' }, { base, at: at + 9 })
    expect(again.replaced).toBeUndefined()
    expect((await acme.changes('m3'))[0]?.lost.title).toMatchObject(['Newer', expect.any(String), 'ada'])
  })

  it('[M4] a value somebody had seen before they replaced it did not lose', async () => {
    const base = await seen('issue', 'm4', anIssue('ada'))
    const next = acme.ben.patch('issue', 'm4', { title: 'Ben' }, { base })
    await acme.ben.send(next)
    await acme.cleo.write('issue', 'm4', { title: 'Cleo' }, { base: next.v, at: later() })
    expect((await acme.changes('m4')).map(change => change.lost)).toEqual([{}, {}, {}])
  })

  it('[M5] an equal value raises the stamp and takes no sequence number', async () => {
    const base = await seen('issue', 'm5', anIssue('ada', { title: 'Same' }))
    const head = await acme.head()
    const at = later()
    const old = acme.ben.patch('issue', 'm5', { title: 'Old' }, { base, at })
    const answer = await acme.cleo.write('issue', 'm5', { title: 'Same' }, { base, at: at + 5 })
    expect([await acme.head(), answer.doc?.v]).toEqual([head, base])
    await acme.ben.send(old)
    expect((await bodyOf('m5'))?.title).toBe('Same')
  })

  it('[M6] a raised stamp is kept when the same push also touches the record otherwise', async () => {
    const base = await seen('issue', 'm6', anIssue('ada', { title: 'Same' }))
    const at = later()
    const rows = [acme.cleo.patch('issue', 'm6', { horizon: 'later' }, { base, at: at + 1 }), acme.cleo.patch('issue', 'm6', { title: 'Same' }, { base, at: at + 5 })]
    await acme.cleo.sendAll(rows)
    expect((await acme.doc('m6'))?.stamps.title).toBe(rows[1]?.v)
  })

  it.each(['owner', 'stage', 'authority', 'reportsTo'] as const)('[M7] of two apart changes of an agent seat\'s %s the first accepted stands, the other needs a decision', async (field) => {
    const id = `m7-${field}`
    await seen('seat', 'm7-a', aSeat())
    await seen('seat', 'm7-b', aSeat())
    await seen('seat', id, aSeat({ kind: 'agent', owner: 'ada', stage: 'pilot' }))
    await acme.asServer('seat', id, { authority: 'full' })
    const base = (await acme.doc(id))?.v ?? ''
    const values = { owner: ['ben', 'cleo'], stage: ['paused', 'retired'], authority: ['draft', 'approve'], reportsTo: ['m7-a', 'm7-b'] }[field]
    const at = later()
    const second = acme.device('ada', 'admin').patch('seat', id, { [field]: values[1] }, { base, at: at + 5 })
    await acme.device('ben', 'admin').write('seat', id, { [field]: values[0] }, { base, at })
    const answer = await acme.ada.send(second)
    expect(answer).toMatchObject({ refused: { code: 'needs-decision', fields: [field] }, replaced: { [field]: values[1] }, doc: { d: { [field]: values[0] } } })
    expect((await acme.changes(id))[0]?.lost).toEqual({ [field]: [values[1], second.v, 'ada'] })
  })

  it('[M7] of two apart changes of a human seat\'s holder the first accepted stands', async () => {
    const base = await seen('seat', 'm7-h', aSeat({ holder: 'cleo' }))
    await acme.device('ben', 'admin').write('seat', 'm7-h', { holder: 'ben' }, { base })
    expect((await acme.ada.write('seat', 'm7-h', { holder: 'ada' }, { base })).refused?.code).toBe('needs-decision')
    expect((await bodyOf('m7-h'))?.holder).toBe('ben')
  })

  it('[M8] nobody\'s earlier writing is in their own way, and it did not lose to them', async () => {
    const base = await seen('seat', 'm8', aSeat({ holder: 'cleo', title: 'One' }))
    await acme.ada.write('seat', 'm8', { holder: 'ben', title: 'Two' }, { base })
    const answer = await acme.ada.write('seat', 'm8', { holder: 'ada', title: 'Three' }, { base })
    expect([answer.refused, answer.replaced]).toEqual([undefined, undefined])
    expect(await bodyOf('m8')).toMatchObject({ holder: 'ada', title: 'Three' })
    expect((await acme.changes('m8')).map(change => change.lost)).toEqual([{}, {}, {}])
  })

  const issueMoves: [string, Record<string, unknown>, Record<string, unknown>, string][] = [
    ['solved over discussed, though older', { state: 'solved', decision: 'Yes' }, { state: 'discussed' }, 'solved'],
    ['discussed over identified', { state: 'discussed' }, { state: 'identified' }, 'discussed'],
    ['an explicit reopening over solved', { state: 'open', reopened: 1 }, { state: 'solved', decision: 'Yes' }, 'open'],
  ]
  it.each(issueMoves)('[M9] issue states apart: %s, in either order of arrival', async (name, one, other, stands) => {
    for (const turn of [0, 1]) {
      const id = `m9-${name.replaceAll(/\W/g, '_')}-${turn}`
      const base = await seen('issue', id, anIssue('ada', { state: 'identified' }))
      const at = later()
      const rows = [acme.ada.patch('issue', id, one, { base, at }), acme.ben.patch('issue', id, other, { base, at: at + 5 })]
      for (const [n, device] of turn === 0 ? [[0, acme.ada], [1, acme.ben]] as const : [[1, acme.ben], [0, acme.ada]] as const)
        await device.send(rows[n] as typeof rows[0])
      expect((await bodyOf(id))?.state).toBe(stands)
    }
  })

  it('[M10] null empties a field, and an emptied field is nowhere in the record', async () => {
    const base = await seen('issue', 'm10', anIssue('ada', { detail: 'Long' }))
    await acme.ada.write('issue', 'm10', { detail: null }, { base })
    expect(Object.keys(await bodyOf('m10') ?? {})).not.toContain('detail')
  })
})
