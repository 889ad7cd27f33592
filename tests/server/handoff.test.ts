import type { Bench, Company, Device } from './commitBench.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { dueAfter } from '#shared/handoff/state.ts'
import { aBench, aSeat, stores } from './commitBench.ts'

const aContract = (more: object = {}) => ({ from: 's1', to: 'seat_bot', passes: 'A signed order', must: 'Ship it', hours: 24, onMiss: 'Call the customer', ...more })
const aProcedure = (more: object = {}) => ({ seat: 'seat_bot', title: 'Refund', trigger: 'A customer asks', steps: '1. Look it up', ...more })
const codes = (answers: { refused?: { code: string } }[]) => answers.map(({ refused }) => refused?.code)

describe.each(stores)('handoffs on %s', (kind) => {
  let bench: Bench
  let acme: Company
  let dora: Device
  let emil: Device
  beforeAll(async () => {
    bench = await aBench(kind)
  })
  /** Cleo holds the sending seat and Dora owns the agent at the other end; Emil is at neither, Ben manages neither. */
  beforeEach(async () => {
    acme = await bench.company()
    for (const id of ['dora', 'emil'])
      await acme.asServer('member', id, { name: id, role: 'member', state: 'active' });
    [dora, emil] = [acme.device('dora', 'member'), acme.device('emil', 'member')]
    await acme.ada.write('seat', 's1', aSeat({ holder: 'cleo' }))
    await acme.ada.write('seat', 's2', aSeat({ title: 'Elsewhere', holder: 'emil' }))
    await acme.ada.write('seat', 'seat_bot', { kind: 'agent', title: 'Scout', accountability: 'Books meetings', owner: 'dora', stage: 'pilot' })
    await acme.ada.write('contract', 'c1', aContract())
  })
  afterAll(() => bench.drop())

  const aDelivery = (by: string, more: object = {}) => ({ contract: 'c1', from: 's1', to: 'seat_bot', title: 'Order 7', sentBy: by, sentAt: 1000, due: dueAfter(1000, 24), state: 'sent', ...more })
  const body = async (id: string) => (await acme.doc(id))?.body
  /** A step on top of the newest version. */
  const step = async (by: Device, fields: Record<string, unknown>, id = 'd1') => (await by.write('delivery', id, { stateBy: by.actor.member, stateAt: 2000, ...fields }, { base: (await acme.doc(id))?.v ?? '' })).refused?.code

  it('a contract is written by who keeps one of its ends, and its ends stay', async () => {
    expect(codes([
      await acme.cleo.write('contract', 'c2', aContract()),
      await dora.write('contract', 'c3', aContract()),
      await dora.write('contract', 'c4', aContract({ from: 's1', to: 's2' })),
      await emil.write('contract', 'c1', { hours: 2 }),
      await acme.vera.write('contract', 'c5', aContract()),
      await acme.ada.write('contract', 'c1', { to: 's2' }),
      await acme.ada.write('contract', 'c6', aContract({ to: 's1' })),
    ])).toEqual(['not-allowed', undefined, 'not-allowed', 'not-allowed', 'not-allowed', 'fixed-field', 'handoff-to-itself'])
    await acme.ada.write('seat', 's3', aSeat({ title: 'Chief', holder: 'ben' }))
    await acme.ada.write('seat', 's1', { reportsTo: 's3' })
    expect(codes([await acme.ben.write('contract', 'c7', aContract()), await acme.ben.write('contract', 'c8', aContract({ from: 's2' }))])).toEqual([undefined, 'not-allowed'])
  })

  it('a delivery is sent in one\'s own name by who is at the sending end', async () => {
    expect(codes([
      await acme.cleo.write('delivery', 'd1', aDelivery('cleo')),
      await acme.ada.write('delivery', 'd2', aDelivery('ada')),
      await acme.cleo.write('delivery', 'd3', aDelivery('ada')),
      await dora.write('delivery', 'd4', aDelivery('dora')),
      await emil.write('delivery', 'd5', aDelivery('emil')),
      await acme.vera.write('delivery', 'd6', aDelivery('vera')),
      await acme.cleo.write('delivery', 'd7', aDelivery('cleo', { state: 'accepted' })),
    ])).toEqual([undefined, undefined, 'not-yours', 'not-allowed', 'not-allowed', 'not-allowed', 'not-allowed'])
  })

  it('its ends and its time are the contract\'s, and it has not come through too many agents', async () => {
    expect(codes([
      await acme.ada.write('delivery', 'd1', aDelivery('ada', { to: 's2' })),
      await acme.ada.write('delivery', 'd2', aDelivery('ada', { due: dueAfter(1000, 48) })),
      await acme.ada.write('delivery', 'd3', aDelivery('ada', { hops: 5 })),
      await acme.ada.write('delivery', 'd4', aDelivery('ada', { hops: 4 })),
    ])).toEqual(['wrong-ends', 'wrong-due', 'too-many-hops', undefined])
    expect(await acme.ada.write('delivery', 'd5', aDelivery('ada', { contract: 'nowhere' }))).toMatchObject({ later: true })
  })

  it('an archived contract takes no new delivery; what is under way goes on', async () => {
    await acme.cleo.write('delivery', 'd1', aDelivery('cleo'))
    await acme.ada.write('contract', 'c1', { archived: true })
    expect((await acme.cleo.write('delivery', 'd2', aDelivery('cleo'))).refused?.code).toBe('contract-archived')
    expect(await step(dora, { state: 'accepted', acceptedAt: 2000 })).toBeUndefined()
  })

  it('its receiver accepts, returns with a reason and says done; its sender verifies; nobody else does either', async () => {
    await acme.cleo.write('delivery', 'd1', aDelivery('cleo'))
    const accept = { state: 'accepted', acceptedAt: 2000 }
    expect([await step(acme.cleo, accept), await step(emil, accept), await step(acme.ben, accept), await step(acme.vera, accept)]).toEqual(Array.from({ length: 4 }).fill('not-allowed'))
    expect([await step(dora, { ...accept, stateBy: 'cleo' }), await step(dora, accept)]).toEqual(['not-yours', undefined])
    expect([await step(dora, { state: 'returned' }), await step(dora, { state: 'returned', returnReason: ' ' })]).toEqual(['no-return-reason', 'bad-value'])
    expect([await step(acme.cleo, { state: 'verified' }), await step(dora, { state: 'done' }), await step(dora, { state: 'verified' }), await step(acme.cleo, { state: 'verified' })]).toEqual(['not-allowed', undefined, 'not-allowed', undefined])
    expect(await body('d1')).toMatchObject({ state: 'verified', acceptedAt: 2000, stateBy: 'cleo' })
  })

  it('returned, it is its sender\'s to send anew with the whole time, and nobody else takes more time', async () => {
    await acme.cleo.write('delivery', 'd1', aDelivery('cleo'))
    expect(await step(dora, { state: 'returned', returnReason: 'No address' })).toBeUndefined()
    const anew = { state: 'sent', reopened: 1, stateAt: 5000, returnReason: null }
    expect([await step(emil, anew), await step(acme.cleo, { ...anew, due: 9e9 }), await step(acme.cleo, { ...anew, due: dueAfter(5000, 24) })]).toEqual(['not-allowed', 'wrong-due', undefined])
    expect(await body('d1')).toEqual(aDelivery('cleo', { ...anew, returnReason: undefined, stateBy: 'cleo', due: dueAfter(5000, 24) }))
    expect([await step(dora, { stateAt: 6000, due: dueAfter(6000, 24) }), await step(dora, { title: 'Order 8' }), await step(dora, { reopened: 900 })]).toEqual(['not-allowed', 'not-allowed', 'bad-value'])
  })

  it('one takes back one\'s own step and nobody else\'s', async () => {
    await acme.cleo.write('delivery', 'd1', aDelivery('cleo'))
    await step(dora, { state: 'done', acceptedAt: 2000 })
    expect([await step(emil, { state: 'sent', reopened: 1 }), await step(dora, { state: 'sent', reopened: 1, acceptedAt: null })]).toEqual(['not-allowed', undefined])
    expect(await body('d1')).toMatchObject({ state: 'sent', reopened: 1 })
    expect(await step(dora, { state: 'sent', reopened: 2 })).toBeUndefined()
    expect(await step(acme.cleo, { state: 'accepted', reopened: 2 })).toBe('not-allowed')
    await step(dora, { state: 'done', acceptedAt: 2000 })
    await step(acme.cleo, { state: 'verified' })
    expect([await step(dora, { state: 'done', reopened: 3 }), await step(acme.cleo, { state: 'done', reopened: 3 })]).toEqual(['not-allowed', undefined])
    expect((await body('d1'))?.state).toBe('done')
  })

  it('[M13] accepted on one phone and returned on another stays accepted, in either order; done wins over both', async () => {
    const [accepted, returned, done] = [{ state: 'accepted', acceptedAt: 2000 }, { state: 'returned', returnReason: 'No address' }, { state: 'done', acceptedAt: 2000 }]
    const apart = async (id: string, ...fields: object[]) => {
      const made = acme.cleo.patch('delivery', id, aDelivery('cleo'))
      await acme.cleo.send(made)
      const rows = fields.map(each => [dora, acme.ada].map(by => by.patch('delivery', id, { ...each, stateBy: by.actor.member }, { base: made.v })))
      for (const [n, row] of rows.entries())
        await (n % 2 ? acme.ada : dora).send(row[n % 2] as never)
      return (await body(id))?.state
    }
    expect([await apart('d1', accepted, returned), await apart('d2', returned, accepted), await apart('d3', done, returned), await apart('d4', accepted, done), await apart('d5', done, accepted)]).toEqual(['accepted', 'accepted', 'done', 'done', 'done'])
  })

  it('the same step sent again changes nothing, also after its right has ended', async () => {
    await acme.cleo.write('delivery', 'd1', aDelivery('cleo'))
    const row = dora.patch('delivery', 'd1', { state: 'accepted', acceptedAt: 2000, stateBy: 'dora' }, { base: (await acme.doc('d1'))?.v ?? '' })
    await dora.send(row)
    await acme.ada.write('seat', 'seat_bot', { owner: 'emil' })
    const head = await acme.head()
    expect([(await dora.send(row)).refused, await acme.head()]).toEqual([undefined, head])
    expect(await step(dora, { state: 'done' })).toBe('not-allowed')
    expect(await step(emil, { state: 'done' })).toBeUndefined()
  })

  it('a procedure is written by who keeps its seat, and stays on it', async () => {
    expect(codes([
      await dora.write('procedure', 'p1', aProcedure()),
      await acme.ada.write('procedure', 'p2', aProcedure({ seat: 's1' })),
      await acme.cleo.write('procedure', 'p3', aProcedure({ seat: 's1' })),
      await emil.write('procedure', 'p1', { steps: 'Do it my way' }),
      await dora.write('procedure', 'p1', { seat: 's1' }),
      await acme.vera.write('procedure', 'p4', aProcedure()),
    ])).toEqual([undefined, undefined, 'not-allowed', 'not-allowed', 'fixed-field', 'not-allowed'])
    expect((await dora.write('procedure', 'p1', { archived: true }, { base: (await acme.doc('p1'))?.v ?? '' })).refused).toBeUndefined()
  })
})
