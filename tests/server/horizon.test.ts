import type { Frame } from '#shared/sync/wire.ts'
import type { Bench, Company } from './commitBench.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { alone } from '../../server/sync/fanout.ts'
import { purgeTombstones, tombstoneLife } from '../../server/sync/horizon.ts'
import { createHub } from '../../server/sync/hub.ts'
import { pull } from '../../server/sync/pull.ts'
import { aBench, anIssue, stores } from './commitBench.ts'

describe.each(stores)('tombstones on %s', (kind) => {
  let bench: Bench
  let acme: Company
  let epoch = ''
  beforeAll(async () => {
    bench = await aBench(kind)
    acme = await bench.company()
    epoch = (await bench.store.read(tx => tx.orgSync(acme.org)))?.epoch ?? ''
  })
  afterAll(() => bench.drop())

  const asks = (since: { records?: number, scores?: number }, of = epoch) =>
    pull(bench.deps, acme.ben.actor, { epoch: of, limit: 1000, since }).then(answer => answer.reset === true)

  /** An issue, and its end as the server would write it. */
  async function aTombstone(id: string): Promise<number> {
    await acme.ada.write('issue', id, anIssue('ada'))
    const doc = await acme.doc(id)
    return bench.store.write(async (tx) => {
      const v = bench.deps.clock.next(doc?.v ?? '')
      const seq = await tx.takeSeq(acme.org, 1, v)
      if (doc)
        await tx.putDocs(acme.org, [{ ...doc, seq, v, body: {}, deleted: true }])
      await tx.addChanges(acme.org, [{ seq, id, v, by: 'ada', at: bench.time.now, set: {}, lost: {} }])
      return seq
    })
  }

  async function endAndPurge(id: string) {
    await aTombstone(id)
    bench.time.now += tombstoneLife + 1
    await purgeTombstones(bench.store, bench.time.now)
  }

  it('[S12] those past their time go, younger ones and what lives stay', async () => {
    await acme.ada.write('issue', 'iss_lives', anIssue('ada'))
    await aTombstone('iss_old')
    bench.time.now += 1000
    await aTombstone('iss_young')
    bench.time.now += tombstoneLife - 500
    expect(await purgeTombstones(bench.store, bench.time.now)).toBe(1)
    expect(await purgeTombstones(bench.store, bench.time.now)).toBe(0)
    expect(await acme.doc('iss_old')).toBeUndefined()
    expect((await acme.doc('iss_young'))?.deleted).toBe(true)
    expect((await acme.doc('iss_lives'))?.deleted).toBe(false)
  })

  it('[L7] a cursor from before a purged tombstone starts anew; one that missed none, or is being filled, goes on', async () => {
    const before = await acme.head()
    const gone = await aTombstone('iss_gone')
    expect(await asks({ records: before })).toBe(false)
    bench.time.now += tombstoneLife + 1
    await purgeTombstones(bench.store, bench.time.now)
    expect(await asks({ records: before })).toBe(true)
    expect(await asks({ records: before, scores: gone })).toBe(true)
    expect(await asks({ records: gone })).toBe(false)
    expect(await asks({ records: gone, scores: 1 })).toBe(false)
    expect(await asks({ records: 0, scores: 0 })).toBe(false)
    expect(await asks({ records: 1 }, '')).toBe(false)
  })

  it('[L8] a frame never speaks for a span whose tombstones are gone: who hears it must pull, and is told', async () => {
    const heard: Frame[] = []
    // No word from other processes reaches this one; it looks for itself, too late.
    const late = createHub({ ...bench.store, fanout: alone }, () => bench.time.now)
    const before = await acme.head()
    late.listen(acme.org, before, { member: 'ben', session: 's', end: () => {}, send: message => heard.push(message as Frame) > 0 })
    await endAndPurge('iss_unheard')
    await acme.ada.write('issue', 'iss_next', anIssue('ada'))
    await late.poll()
    await expect.poll(() => heard).toMatchObject([{ p: before, poke: true }])
    expect(heard[0]?.docs).toBeUndefined()
    expect(await asks({ records: before })).toBe(true)
    await acme.ada.write('issue', 'iss_after', anIssue('ada'))
    await late.poll()
    await expect.poll(() => heard[1]?.docs).toMatchObject([{ id: 'iss_after' }])
  })

  it('[R12] an edit of a record that is no more makes no part of one', async () => {
    await acme.ada.write('issue', 'iss_edited', anIssue('ada'))
    const seen = (await acme.doc('iss_edited'))?.v ?? ''
    const edit = acme.ben.patch('issue', 'iss_edited', anIssue('ben'), { base: seen })
    await aTombstone('iss_edited')
    bench.time.now += tombstoneLife + 1
    await purgeTombstones(bench.store, bench.time.now)
    expect(await acme.ben.send(edit)).toEqual({ id: 'iss_edited', refused: { code: 'not-found' }, doc: null })
    expect(await acme.doc('iss_edited')).toBeUndefined()
  })

  it('[P1] a first writing sent again, with an edit on top, does not bring back what has ended meanwhile', async () => {
    const first = acme.ada.patch('issue', 'iss_again', anIssue('ada'))
    expect(await acme.ada.send(first)).toEqual({ id: 'iss_again' })
    const edit = acme.ada.patch('issue', 'iss_again', { title: 'On top' })
    await endAndPurge('iss_again')
    for (const row of [first, { ...edit, set: { ...first.set, ...edit.set } }])
      expect(await acme.ada.send(row)).toEqual({ id: 'iss_again', refused: { code: 'not-found' }, doc: null })
    expect(await acme.doc('iss_again')).toBeUndefined()
  })

  it('[L7] how far tombstones are gone never falls, whichever of them were old first', async () => {
    const early = await aTombstone('iss_early')
    bench.time.now -= 1000
    const late = await aTombstone('iss_late')
    bench.time.now += tombstoneLife + 500
    await purgeTombstones(bench.store, bench.time.now)
    bench.time.now += 1000
    await purgeTombstones(bench.store, bench.time.now)
    expect(await bench.store.read(tx => tx.purgedSeq(acme.org, 'records'))).toBe(late)
    expect(early).toBeLessThan(late)
  })
})
