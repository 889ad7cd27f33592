import type { AgentCompany } from '../support/agent.ts'
import type { TestServer } from '../support/server.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hopLimit } from '#shared/handoff/hops.ts'
import { anAgent, anAgentCompany, asServer, taken } from '../support/agent.ts'
import { startServer } from '../support/server.ts'
import { stores } from './commitBench.ts'

const hour = 3_600_000

describe.each(stores)('handoffs of agents on %s', (store) => {
  let server: TestServer
  let acme: AgentCompany
  let scout: ReturnType<typeof anAgent>
  let closer: ReturnType<typeof anAgent>
  const time = { now: Date.UTC(2026, 10, 18, 12) }
  beforeAll(async () => {
    server = await startServer({ store, now: () => time.now })
    await server.store.accounts.putSetting('sign-up', 'open')
    acme = await anAgentCompany(server, () => time.now)
    await taken(acme.admin.write('seat', 'seat_closer', { kind: 'agent', title: 'Closer', accountability: 'Deals close', owner: acme.member, stage: 'pilot', reportsTo: 'seat_lead' }))
    await asServer(server, acme.org, 'seat_closer', { authority: 'full' }, () => time.now)
    const contract = (from: string, to: string) => taken(acme.admin.write('contract', `contract_${from}_${to}`, { from, to, passes: 'A lead', must: 'Call it', hours: 4, onMiss: 'Raise it' }))
    await contract('seat_lead', acme.seat)
    await contract(acme.seat, 'seat_lead')
    await contract(acme.seat, 'seat_closer')
    await contract('seat_closer', acme.seat)
    scout = anAgent(server.url, await acme.newKey())
    closer = anAgent(server.url, await acme.newKey({ seat: 'seat_closer' }))
  })
  afterAll(() => server.close())
  const doc = async (id: string) => (await server.store.read(tx => tx.docs(acme.org, [id])))[0]?.body
  const hand = (id: string) => taken(acme.admin.write('delivery', id, { contract: `contract_seat_lead_${acme.seat}`, from: 'seat_lead', to: acme.seat, title: 'Lyon', sentBy: acme.member, sentAt: time.now, due: time.now + 4 * hour, state: 'sent' }))

  const versionOf = async (id: string) => (await server.store.read(tx => tx.docs(acme.org, [id])))[0]?.v
  const sent = async (requestId: string, to = 'seat_lead') => String((await scout.post(`/api/v1/contracts/contract_${acme.seat}_${to}/handoffs`, { title: requestId, requestId })).body.handoff)

  it('an agent passes something on under its contract, once for each request, due as agreed', async () => {
    const send = () => scout.post(`/api/v1/contracts/contract_${acme.seat}_seat_lead/handoffs`, { title: 'A warm lead', requestId: 'one' })
    const { status, body } = await send()
    expect([status, body]).toEqual([200, { handoff: `delivery_agent.${acme.seat}.one`, state: 'sent', changed: true }])
    expect((await send()).body.changed).toBe(false)
    expect(await doc(String(body.handoff))).toMatchObject({ from: acme.seat, to: 'seat_lead', sentBy: acme.seat, sentAt: time.now, due: time.now + 4 * hour, state: 'sent', hops: 0 })
    expect((await scout.get('/api/v1/seat')).body.handoffs).toMatchObject([{ id: body.handoff, direction: 'out', state: 'sent', expired: false }])
  })

  it('an agent accepts and finishes what it was handed, each once', async () => {
    await hand('delivery_a')
    expect((await scout.get('/api/v1/seat')).body.handoffs).toMatchObject([{ id: 'delivery_a', direction: 'in', title: { text: 'Lyon', author: 'Ada Founder', untrusted: true } }, { direction: 'out' }])
    expect((await scout.post('/api/v1/handoffs/delivery_a/accept')).body).toEqual({ handoff: 'delivery_a', state: 'accepted', changed: true })
    expect((await scout.post('/api/v1/handoffs/delivery_a/accept')).body.changed).toBe(false)
    expect((await scout.post('/api/v1/handoffs/delivery_a/finish')).body).toMatchObject({ state: 'done', changed: true })
    expect(await doc('delivery_a')).toMatchObject({ state: 'done', stateBy: acme.seat, acceptedAt: time.now })
    expect((await scout.post('/api/v1/handoffs/delivery_a/return', { reason: 'No' })).body).toMatchObject({ status: 409, code: 'wrong-state' })
  })

  it('an agent returns what it was handed with a reason, also once it had accepted', async () => {
    await hand('delivery_b')
    await scout.post('/api/v1/handoffs/delivery_b/accept')
    expect((await scout.post('/api/v1/handoffs/delivery_b/return', {})).body.fields).toEqual(['reason'])
    expect((await scout.post('/api/v1/handoffs/delivery_b/return', { reason: 'No phone number' })).body).toMatchObject({ state: 'returned', changed: true })
    expect(await doc('delivery_b')).toMatchObject({ state: 'returned', returnReason: 'No phone number', stateBy: acme.seat })
  })

  it('another seat\'s contract or handoff is refused, whether it is there or not', async () => {
    await hand('delivery_c')
    for (const path of ['/contracts/contract_seat_lead_seat_scout/handoffs', '/contracts/contract_nowhere/handoffs'])
      expect((await closer.post(`/api/v1${path}`, { title: 'Mine' })).body.code).toBe('not-yours')
    for (const path of ['/handoffs/delivery_c/accept', '/handoffs/delivery_nowhere/finish'])
      expect((await closer.post(`/api/v1${path}`)).body.code).toBe('not-yours')
    expect(await doc('delivery_c')).toMatchObject({ state: 'sent' })
  })

  it('an agent sends again what came back, once for each time, with the whole time once more', async () => {
    const id = await sent('back')
    await taken(acme.admin.write('delivery', id, { state: 'returned', returnReason: 'No number', stateBy: acme.member, stateAt: time.now }, await versionOf(id)))
    time.now += 9 * hour
    const again = () => scout.post(`/api/v1/handoffs/${id}/resend`)
    expect((await again()).body).toEqual({ handoff: id, state: 'sent', changed: true })
    expect((await again()).body).toEqual({ handoff: id, state: 'sent', changed: false })
    expect(await doc(id)).toMatchObject({ state: 'sent', stateBy: acme.seat, stateAt: time.now, due: time.now + 4 * hour, reopened: 1 })
    expect((await doc(id))?.returnReason).toBeUndefined()
  })

  it('what nobody accepted stays as missed, and another goes in its place, once', async () => {
    const id = await sent('missed')
    const again = (of: string) => scout.post(`/api/v1/handoffs/${of}/resend`)
    expect((await again(id)).body).toEqual({ handoff: id, state: 'sent', changed: false })
    time.now += 5 * hour
    const { body } = await again(id)
    expect(body).toEqual({ handoff: `${id}.again2`, state: 'sent', changed: true })
    expect((await again(id)).body).toEqual({ ...body, changed: false })
    expect(await doc(id)).toMatchObject({ state: 'sent', archived: true, due: time.now - hour })
    expect(await doc(`${id}.again2`)).toMatchObject({ title: 'missed', contract: `contract_${acme.seat}_seat_lead`, sentBy: acme.seat, sentAt: time.now, due: time.now + 4 * hour, state: 'sent' })
    time.now += 5 * hour
    expect((await again(`${id}.again2`)).body.handoff).toBe(`${id}.again3`)
  })

  it('an agent verifies what it handed over once it is done, and is shown until then that it waits', async () => {
    const id = await sent('work')
    const verify = () => scout.post(`/api/v1/handoffs/${id}/verify`)
    expect((await verify()).body.code).toBe('wrong-state')
    await taken(acme.admin.write('delivery', id, { state: 'done', acceptedAt: time.now, stateBy: acme.member, stateAt: time.now }, await versionOf(id)))
    expect((await scout.get('/api/v1/seat')).body.handoffs).toEqual(expect.arrayContaining([expect.objectContaining({ id, direction: 'out', state: 'done' })]))
    expect((await verify()).body).toEqual({ handoff: id, state: 'verified', changed: true })
    expect((await verify()).body.changed).toBe(false)
    expect(await doc(id)).toMatchObject({ state: 'verified', stateBy: acme.seat })
    expect((await scout.post(`/api/v1/handoffs/${id}/resend`)).body.code).toBe('wrong-state')
  })

  it('what it was handed it neither verifies nor sends again; nor does the other end what it got', async () => {
    await hand('delivery_d')
    const id = await sent('theirs', 'seat_closer')
    for (const [agent, of] of [[scout, 'delivery_d'], [closer, id], [scout, 'delivery_nowhere']] as const) {
      for (const step of ['verify', 'resend'])
        expect((await agent.post(`/api/v1/handoffs/${of}/${step}`)).body.code).toBe('not-yours')
    }
  })

  it('two agents that send one thing to and fro are stopped at the limit; a person sends it on', async () => {
    const id = await sent('ping', 'seat_closer')
    const codes = []
    for (let turn = 0; turn < hopLimit + 2; turn++) {
      await closer.post(`/api/v1/handoffs/${id}/return`, { reason: 'No' })
      codes.push((await scout.post(`/api/v1/handoffs/${id}/resend`)).body.code)
    }
    expect(codes).toEqual([...Array.from({ length: hopLimit }).fill(undefined), 'too-many-hops', 'too-many-hops'])
    time.now += 1000
    await taken(acme.admin.write('delivery', id, { state: 'sent', reopened: hopLimit + 1, stateBy: acme.member, stateAt: time.now, due: time.now + 4 * hour, returnReason: null }, await versionOf(id)))
  })

  it('two agents that pass on what they get to each other are stopped at the limit', async () => {
    const pass = [() => scout.post(`/api/v1/contracts/contract_${acme.seat}_seat_closer/handoffs`, { title: 'Yours' }), () => closer.post(`/api/v1/contracts/contract_seat_closer_${acme.seat}/handoffs`, { title: 'No, yours' })]
    const codes = []
    for (let turn = 0; turn < hopLimit + 2; turn++)
      codes.push((await pass[turn % 2]?.())?.body.code)
    expect(codes).toEqual([...Array.from({ length: hopLimit + 1 }).fill(undefined), 'too-many-hops'])
  })
})
