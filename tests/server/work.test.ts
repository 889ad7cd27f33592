import type { Bench, Company } from './commitBench.ts'
import { describe, expect, it } from 'vitest'
import { addToDigest, emptyDigest } from '#shared/sync/digest.ts'
import { historyOf } from '../../server/sync/history.ts'
import { digest } from '../../server/sync/pull.ts'
import { aSeat, codes, eachCompany, stores } from './commitBench.ts'

const aTodo = (owner: string, asker: string, more: object = {}) => ({ title: 'Call the bank', owner, asker, askedAt: 1, due: '2026-11-29', state: 'open', ...more })
const aPriority = (more: object = {}) => ({ seat: 's1', title: 'Open in Lyon', doneMeans: 'First invoice paid', quarter: '2026-Q4', due: '2026-12-31', state: 'open', ...more })

describe.each(stores)('what a team works on, on %s', (kind) => {
  let bench: Bench
  let acme: Company
  eachCompany(kind, async (company, on) => {
    acme = company
    bench = on
    await acme.ada.write('seat', 's1', aSeat({ holder: 'cleo' }))
    await acme.ada.write('seat', 'seat_bot', { kind: 'agent', title: 'Scout', accountability: 'Books meetings', owner: 'cleo', stage: 'pilot' })
  })

  it('a to-do is written down in one\'s own name, for somebody who can do it', async () => {
    expect(codes([
      await acme.cleo.write('todo', 't1', aTodo('ben', 'cleo')),
      await acme.cleo.write('todo', 't2', aTodo('seat_bot', 'cleo')),
      await acme.cleo.write('todo', 't3', aTodo('cleo', 'ben')),
      await acme.cleo.write('todo', 't4', aTodo('vera', 'cleo')),
      await acme.vera.write('todo', 't5', aTodo('vera', 'vera')),
      await acme.cleo.write('todo', 't6', aTodo('cleo', 'cleo', { due: '2026-02-30' })),
    ])).toEqual([undefined, undefined, 'not-yours', 'holder-cannot-own', 'not-allowed', 'bad-value'])
    expect(await acme.cleo.write('todo', 't7', aTodo('s1', 'cleo'))).toMatchObject({ later: true })
  })

  it('its owner says done, an agent\'s owner for the agent; who asked verifies or reopens it; nobody else', async () => {
    await acme.ben.write('todo', 't1', aTodo('cleo', 'ben'))
    await acme.ben.write('todo', 't2', aTodo('seat_bot', 'ben'))
    const state = async (by: Company['ada'], id: string, next: string, more = {}) => (await by.write('todo', id, { state: next, ...more }, { base: (await acme.doc(id))?.v ?? '' })).refused?.code
    const other = acme.device('vera', 'member')
    expect(await state(other, 't1', 'done')).toBe('not-yours')
    expect(await state(acme.cleo, 't1', 'done')).toBeUndefined()
    expect(await state(acme.cleo, 't1', 'verified')).toBe('not-yours')
    expect(await state(acme.ben, 't1', 'verified')).toBeUndefined()
    expect(await state(acme.ben, 't1', 'open', { reopened: 1 })).toBeUndefined()
    expect(await state(acme.cleo, 't2', 'done')).toBeUndefined()
    expect((await acme.doc('t1'))?.body.state).toBe('open')
  })

  it('[M11] done wins over open written apart; a reopening that counts wins over both', async () => {
    const made = acme.cleo.patch('todo', 't1', aTodo('cleo', 'cleo'))
    await acme.cleo.send(made)
    const done = acme.cleo.patch('todo', 't1', { state: 'done', doneAt: 2 }, { base: made.v })
    bench.time.now += 1000
    await acme.ben.write('todo', 't1', { title: 'Call the bank again' }, { base: made.v })
    await acme.cleo.send(done)
    expect((await acme.doc('t1'))?.body).toMatchObject({ state: 'done', title: 'Call the bank again' })
    await acme.cleo.write('todo', 't1', { state: 'open' }, { base: made.v })
    expect((await acme.doc('t1'))?.body.state).toBe('done')
    await acme.cleo.write('todo', 't1', { state: 'open', reopened: 1 }, { base: made.v })
    expect((await acme.doc('t1'))?.body.state).toBe('open')
  })

  it('a headline is its author\'s; who leads may put it away', async () => {
    const news = { text: 'Largest order yet', about: 'customer', saidBy: 'cleo', saidAt: 1 }
    expect(codes([
      await acme.cleo.write('headline', 'h1', news),
      await acme.ben.write('headline', 'h2', news),
      await acme.device('vera', 'member').write('headline', 'h1', { text: 'No' }, { base: '' }),
      await acme.ben.write('headline', 'h1', { archived: true }),
      await acme.vera.write('headline', 'h3', { ...news, saidBy: 'vera' }),
    ])).toEqual([undefined, 'not-yours', 'not-yours', undefined, 'not-allowed'])
  })

  it('a priority is written by who holds or owns its seat or answers for it, and how it stands in one\'s own name', async () => {
    expect(codes([
      await acme.cleo.write('priority', 'p1', aPriority()),
      await acme.cleo.write('priority', 'p2', aPriority({ seat: 'seat_bot' })),
      await acme.ben.write('priority', 'p3', aPriority()),
      await acme.cleo.write('priority', 'p1', { 'note/2026-11-22/cleo': { track: 'off', at: 1, text: 'No site' } }),
      await acme.cleo.write('priority', 'p1', { 'note/2026-11-22/ben': { track: 'off', at: 1 } }),
      await acme.cleo.write('priority', 'p1', { 'note/2026-02-30/cleo': { track: 'off', at: 1 } }),
    ])).toEqual([undefined, undefined, 'not-allowed', undefined, 'not-your-entry', 'wrong-period'])
  })

  it('[B13] a private priority is its owner\'s only: nobody else is sent it, and shown it is everybody\'s', async () => {
    await acme.cleo.write('priority', 'p1', aPriority({ private: 'cleo', title: 'SECRET' }))
    const holds = async (device: Company['ada']) => JSON.stringify(await device.pull()).includes('SECRET')
    expect([await holds(acme.cleo), await holds(acme.ada), await holds(acme.ben)]).toEqual([true, false, false])
    expect(JSON.stringify(await historyOf(bench.deps, acme.ada.actor, 'p1').catch(String))).not.toContain('SECRET')
    expect((await acme.ada.write('priority', 'p1', { title: 'Mine now' })).refused?.code).toBe('not-yours')
    expect((await acme.ada.write('priority', 'p2', aPriority({ private: 'cleo' }))).refused?.code).toBe('not-yours')
    const held = emptyDigest()
    for (const doc of await acme.cleo.pull())
      doc.deleted || addToDigest(held, doc.id, doc.v)
    expect((await digest(bench.deps, acme.cleo.actor)).digests.records).toEqual(held)
    await acme.cleo.write('priority', 'p1', { private: null }, { base: (await acme.doc('p1'))?.v ?? '' })
    expect(await holds(acme.ben)).toBe(true)
  })
})
