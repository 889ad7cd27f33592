import type { StoredDoc } from '../../server/store/port.ts'
import type { Company, Device } from './commitBench.ts'
import { describe, expect, it } from 'vitest'
import { chargesOf } from '#shared/leaving/charges.ts'
import { movesOf, suggestTakers, untaken } from '#shared/leaving/plan.ts'
import { aSeat, codes, eachCompany, stores } from './commitBench.ts'

const aTodo = (owner: string, asker: string, more: object = {}) => ({ title: 'Call the bank', owner, asker, askedAt: 1, due: '2026-11-29', state: 'open', ...more })

describe.each(stores)('somebody leaves, on %s', (kind) => {
  let acme: Company
  /** Cleo fills a desk below Ada, owns the agent below it, answers for the company, has a to-do, and asked another of Ben. */
  eachCompany(kind, async (company) => {
    acme = company
    await acme.ada.write('seat', 'seat_top', aSeat({ holder: 'ada' }))
    await acme.ada.write('seat', 'seat_desk', aSeat({ holder: 'cleo', reportsTo: 'seat_top' }))
    await acme.ada.write('seat', 'seat_bot', { kind: 'agent', title: 'Scout', accountability: 'Books', owner: 'cleo', reportsTo: 'seat_desk', stage: 'pilot' })
    await acme.cleo.write('todo', 't_own', aTodo('cleo', 'cleo'))
    await acme.cleo.write('todo', 't_asked', aTodo('ben', 'cleo', { title: 'Send the list' }))
    await acme.ada.write('org', acme.org, { accountable: 'cleo' }, { base: (await acme.doc(acme.org))?.v ?? '' })
  })

  const base = async (id: string) => (await acme.doc(id))?.v ?? ''
  const leave = () => acme.asServer('member', 'cleo', { state: 'left' })
  const ids = ['seat_top', 'seat_desk', 'seat_bot', 't_own', 't_asked']

  async function leaving() {
    const docs = (await Promise.all([acme.org, 'ada', 'ben', 'cleo', 'vera', ...ids].map(acme.doc))).filter((doc): doc is StoredDoc => doc !== undefined)
    const of = (kind: string) => docs.filter(doc => doc.kind === kind).map(({ id, body }) => ({ id, d: body as never }))
    const bodies = new Map(docs.map(doc => [doc.id, doc.body]))
    const get = (id: string) => bodies.get(id) as never
    return { member: 'cleo', hands: { org: of('org'), seat: of('seat'), todo: of('todo') }, members: of('member').map(({ id, d }) => [id, d] as const), lookup: { seat: get, member: get } }
  }
  const left = async () => chargesOf('cleo', (await leaving()).hands).map(({ id }) => id)

  /** The patches one admin's wizard writes, all to one person but the seat. */
  async function planBy(admin: Device, taker: string) {
    const about = await leaving()
    const charges = chargesOf('cleo', about.hands)
    const takers = Object.fromEntries(charges.map(({ id, role }) => [id, role === 'holder' ? '' : taker]))
    expect(untaken(about, charges, takers)).toEqual([])
    return Promise.all(movesOf(about, charges, takers).map(async ({ kind, id, set }) => admin.patch(kind, id, set, { base: await base(id) })))
  }

  it('what they held moves in one push, before they are gone or after, and the same again changes nothing', async () => {
    const plan = await planBy(acme.ada, 'ben')
    await leave()
    expect(codes((await acme.ada.sendAll([...plan].reverse())).rows)).toEqual(plan.map(() => undefined))
    const head = await acme.head()
    expect(codes((await acme.ada.sendAll(plan)).rows)).toEqual(plan.map(() => undefined))
    expect([await acme.head(), await left()]).toEqual([head, []])
    expect((await acme.doc('seat_desk'))?.body.holder).toBeUndefined()
    expect([await acme.doc('seat_bot'), await acme.doc('t_own'), await acme.doc('t_asked'), await acme.doc(acme.org)].map(doc => doc?.body)).toMatchObject([
      { owner: 'ben' },
      { owner: 'ben', asker: 'ben' },
      { owner: 'ben', asker: 'ben' },
      { accountable: 'ben' },
    ])
  })

  it('[M7] of two admins who do it apart the first owner of an agent stands, the other is asked to decide, and nothing is left behind', async () => {
    const second = acme.device('ben', 'admin')
    const [mine, theirs] = [await planBy(acme.ada, 'ada'), await planBy(second, 'ben')]
    await acme.ada.sendAll(mine)
    await leave()
    const answers = (await second.sendAll(theirs)).rows
    expect(answers.flatMap(({ id, refused }) => refused ? [[id, refused.code]] : [])).toEqual([['seat_bot', 'needs-decision']])
    expect([await left(), (await acme.doc('seat_bot'))?.body.owner]).toEqual([[], 'ada'])
  })

  it('until it is done all of it is left to see, and the suggestion finishes it', async () => {
    await leave()
    expect(await left()).toEqual([acme.org, 'seat_desk', 'seat_bot', 't_own', 't_asked'])
    const about = await leaving()
    const charges = chargesOf('cleo', about.hands)
    const moves = movesOf(about, charges, suggestTakers(about, charges))
    expect(codes(await Promise.all(moves.map(async ({ kind, id, set }) => acme.ada.write(kind, id, set, { base: await base(id) }))))).toEqual(moves.map(() => undefined))
    expect([await left(), (await acme.doc('seat_bot'))?.body.owner]).toEqual([[], 'ada'])
  })

  it('nothing new comes into their hands, however late it arrives', async () => {
    const late = [
      acme.ada.patch('seat', 'seat_top', { holder: 'cleo' }, { base: await base('seat_top') }),
      acme.ada.patch('seat', 'seat_new', { kind: 'agent', title: 'Bot', accountability: 'Works', owner: 'cleo' }),
      acme.ada.patch('todo', 't_new', aTodo('cleo', 'ada')),
      acme.ada.patch('org', acme.org, { accountable: 'cleo' }, { base: await base(acme.org) }),
      acme.ada.patch('todo', 't_asked', { asker: 'vera' }, { base: await base('t_asked') }),
    ]
    await acme.ada.sendAll(await planBy(acme.ada, 'ada'))
    await leave()
    expect(codes((await acme.ada.sendAll(late)).rows)).toEqual(['holder-cannot-hold', 'owner-not-active-person', 'holder-cannot-own', 'accountable-not-here', 'holder-cannot-own'])
    expect(await left()).toEqual([])
  })

  it('the asking of a to-do is moved by an admin alone', async () => {
    const move = async (by: Device) => (await by.write('todo', 't_asked', { asker: by.actor.member }, { base: await base('t_asked') })).refused?.code
    expect([await move(acme.ben), await move(acme.device('vera', 'member')), await move(acme.ada)]).toEqual(['fixed-field', 'fixed-field', undefined])
    expect((await acme.doc('t_asked'))?.body.asker).toBe('ada')
  })
})
