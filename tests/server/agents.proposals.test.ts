import type { AgentCompany } from '../support/agent.ts'
import type { TestServer } from '../support/server.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anAgent, anAgentCompany, asServer, taken } from '../support/agent.ts'
import { startServer } from '../support/server.ts'
import { stores } from './commitBench.ts'

describe.each(stores)('an agent that acts after approval, on %s', (store) => {
  let server: TestServer
  let acme: AgentCompany
  let scout: ReturnType<typeof anAgent>
  const time = { now: Date.UTC(2026, 10, 18, 12) }
  const authority = (rung: string, more: object = {}) => asServer(server, acme.org, acme.seat, { authority: rung, ...more }, () => time.now)
  beforeAll(async () => {
    server = await startServer({ store, now: () => time.now })
    await server.store.accounts.putSetting('sign-up', 'open')
    acme = await anAgentCompany(server, () => time.now)
    scout = anAgent(server.url, await acme.newKey())
    await authority('approve')
  })
  afterAll(() => server.close())
  const doc = async (id: string) => (await server.store.read(tx => tx.docs(acme.org, [id])))[0]
  async function decide(id: string, state: string, more: object = {}) {
    time.now += 1000
    const { body } = await acme.admin.write('proposal', id, { state, decidedBy: acme.member, decidedAt: time.now, ...more }, (await doc(id))?.v)
    return (body.rows as { refused?: { code: string } }[])[0]?.refused?.code
  }
  const aTodo = (id: string, more: object = {}) => taken(acme.admin.write('todo', id, { title: 'List', owner: acme.seat, asker: acme.member, askedAt: 1, due: '2026-11-20', state: 'open', ...more }))

  it('[R15] its scores are direct; everything else waits, and nothing is written until somebody approves it', async () => {
    expect((await scout.put(`/api/v1/kpis/${acme.kpi}/scores/2026-W46`, { value: 3 })).body.changed).toBe(true)
    const { body } = await scout.post('/api/v1/issues', { title: 'Late', requestId: 'a' })
    expect(body).toMatchObject({ issue: `iss_agent.${acme.seat}.a`, changed: false })
    expect(await doc(String(body.issue))).toBeUndefined()
    expect((await doc(String(body.waiting)))?.body).toMatchObject({ seat: acme.seat, target: body.issue, targetKind: 'issue', base: '', state: 'open', set: { title: 'Late', raisedBy: acme.seat } })
    expect((await scout.get('/api/v1/seat')).body.proposals).toMatchObject([{ id: body.waiting, about: 'issue', state: 'open' }])
    expect((await scout.post('/api/v1/issues', { title: 'Late', requestId: 'a' })).body.waiting).toBe(body.waiting)
    expect(await decide(String(body.waiting), 'approved')).toBeUndefined()
    expect((await doc(String(body.issue)))?.body).toMatchObject({ title: 'Late', raisedBy: acme.seat, state: 'open' })
    expect((await server.store.read(tx => tx.changesOf(acme.org, String(body.issue), 1)))[0]?.by).toBe(acme.seat)
    expect((await scout.get('/api/v1/issues')).body.issues).toMatchObject([{ title: { text: 'Late', author: 'Scout' }, yours: true }])
    expect(await decide(String(body.waiting), 'refused')).toBe('fixed-field')
  })

  it('what a person refuses is never written, and the agent reads why', async () => {
    await aTodo('todo_a')
    const { body } = await scout.post('/api/v1/todos/todo_a/finish')
    expect(await decide(String(body.waiting), 'refused', { reason: 'Half of it is missing' })).toBeUndefined()
    expect((await doc('todo_a'))?.body.state).toBe('open')
    const [newest] = (await scout.get('/api/v1/seat')).body.proposals as object[]
    expect(newest).toMatchObject({ id: body.waiting, state: 'refused', reason: { text: 'Half of it is missing', author: 'Ada Founder', untrusted: true } })
  })

  it('[R15] what has changed since is not approved', async () => {
    await aTodo('todo_b')
    const { body } = await scout.post('/api/v1/todos/todo_b/finish')
    await taken(acme.admin.write('todo', 'todo_b', { title: 'Another list' }, (await doc('todo_b'))?.v))
    expect(await decide(String(body.waiting), 'approved')).toBe('target-moved')
    expect((await doc('todo_b'))?.body.state).toBe('open')
  })

  it('one that comes again is followed by its next once it is approved', async () => {
    await aTodo('todo_c', { every: 'week' })
    const { body } = await scout.post('/api/v1/todos/todo_c/finish')
    expect(await decide(String(body.waiting), 'approved')).toBeUndefined()
    expect([(await doc('todo_c'))?.body.state, (await doc('todo_c.2026-11-27'))?.body.state]).toEqual(['done', 'open'])
  })

  it('the next is dated by the company\'s day, and one that is there already stays as it is', async () => {
    const before = time.now
    time.now = Date.UTC(2026, 10, 21, 23, 30)
    await aTodo('todo_f', { every: 'week', due: '2026-11-15' })
    const first = await scout.post('/api/v1/todos/todo_f/finish')
    expect(await decide(String(first.body.waiting), 'approved')).toBeUndefined()
    // 00:30 on the 22nd where the company is, a day on which one of the 15th comes again.
    expect([(await doc('todo_f.2026-11-22'))?.body.state, (await doc('todo_f.2026-11-29'))?.body.state]).toEqual([undefined, 'open'])
    time.now += 1000
    await taken(acme.admin.write('todo', 'todo_f.2026-11-29', { title: 'Another list' }, (await doc('todo_f.2026-11-29'))?.v))
    await taken(acme.admin.write('todo', 'todo_f', { state: 'open', reopened: 1, doneAt: null }, (await doc('todo_f'))?.v))
    const again = await scout.post('/api/v1/todos/todo_f/finish')
    expect(await decide(String(again.body.waiting), 'approved')).toBeUndefined()
    expect((await doc('todo_f.2026-11-29'))?.body).toMatchObject({ title: 'Another list', state: 'open' })
    time.now = before + 4 * 86_400_000
  })

  it('what waited is handed over with its whole time', async () => {
    await taken(acme.admin.write('contract', 'contract_out', { from: acme.seat, to: 'seat_lead', passes: 'Leads', must: 'Call', hours: 4, onMiss: 'Raise' }))
    const { body } = await scout.post('/api/v1/contracts/contract_out/handoffs', { title: 'Lyon' })
    time.now += 86_400_000
    expect(await decide(String(body.waiting), 'approved')).toBeUndefined()
    const sent = (await doc(String(body.handoff)))?.body
    expect([sent?.sentBy, Number(sent?.due) - Number(sent?.sentAt), time.now - Number(sent?.sentAt) < 5000]).toEqual([acme.seat, 4 * 3_600_000, true])
  })

  it('sending again waits too: what came back has its whole time from the approval, what was missed is put away with it', async () => {
    const send = async (state: object, id: string) => taken(acme.admin.write('delivery', id, { contract: 'contract_out', from: acme.seat, to: 'seat_lead', title: 'Lyon', sentBy: acme.member, sentAt: time.now, due: time.now + 4 * 3_600_000, state: 'sent', ...state }))
    await send({}, 'delivery_back')
    await taken(acme.admin.write('delivery', 'delivery_back', { state: 'returned', returnReason: 'No', stateBy: acme.member, stateAt: time.now }, (await doc('delivery_back'))?.v))
    await send({}, 'delivery_missed')
    time.now += 86_400_000
    const [back, missed] = [await scout.post('/api/v1/handoffs/delivery_back/resend'), await scout.post('/api/v1/handoffs/delivery_missed/resend')]
    expect([back.body, missed.body]).toMatchObject([{ handoff: 'delivery_back', state: 'returned', changed: false }, { handoff: 'delivery_missed.again2', changed: false }])
    expect([(await doc('delivery_missed'))?.body.archived, await doc('delivery_missed.again2')]).toEqual([undefined, undefined])
    time.now += 86_400_000
    for (const { body } of [back, missed])
      expect(await decide(String(body.waiting), 'approved')).toBeUndefined()
    const [returned, replaced] = [(await doc('delivery_back'))?.body, (await doc('delivery_missed.again2'))?.body]
    expect([returned?.state, Number(returned?.due) - Number(returned?.stateAt), time.now - Number(returned?.stateAt) < 5000]).toEqual(['sent', 4 * 3_600_000, true])
    expect([replaced?.sentBy, Number(replaced?.due) - Number(replaced?.sentAt), (await doc('delivery_missed'))?.body.archived]).toEqual([acme.seat, 4 * 3_600_000, true])
  })

  it('what it may not do is refused at once, and never waits', async () => {
    expect((await scout.post('/api/v1/issues', { title: 'Theirs', kpi: 'kpi_revenue' })).body.code).toBe('not-yours')
    const waiting = (await server.store.read(tx => tx.docsByParent(acme.org, acme.seat, 'proposal'))).filter(({ body }) => body.state === 'open' && JSON.stringify(body.set).includes('Theirs'))
    expect(waiting).toEqual([])
  })

  it('nobody makes, changes or decides one but whoever keeps the seat; a stopped agent\'s is not approved', async () => {
    await aTodo('todo_d')
    const { body } = await scout.post('/api/v1/todos/todo_d/finish')
    const id = String(body.waiting)
    const forged = (await acme.admin.write('proposal', 'prop_x', { seat: acme.seat, at: 1, target: 'todo_d', targetKind: 'todo', base: '', set: { title: 'X' }, state: 'open' })).body
    expect(JSON.stringify(forged)).toContain('not-allowed')
    const changed = (await acme.admin.write('proposal', id, { set: { title: 'X' } }, (await doc(id))?.v)).body
    expect(JSON.stringify(changed)).toContain('fixed-field')
    await asServer(server, acme.org, acme.seat, { stage: 'paused' }, () => time.now)
    expect(await decide(id, 'approved')).toBe('seat-stopped')
    await asServer(server, acme.org, acme.seat, { stage: 'pilot' }, () => time.now)
    expect((await doc('todo_d'))?.body.state).toBe('open')
  })

  it('bounded, it does alone what is listed, so often a day', async () => {
    time.now += 2 * 86_400_000
    await authority('bounded', { 'may/raise_issue': 2 })
    const answers = []
    for (const title of ['One', 'Two', 'Three'])
      answers.push((await scout.post('/api/v1/issues', { title })).body.changed)
    expect(answers).toEqual([true, true, false])
    await aTodo('todo_e')
    expect((await scout.post('/api/v1/todos/todo_e/finish')).body).toMatchObject({ changed: false, waiting: expect.any(String) })
  })

  it('bounded, accepting and finishing are counted apart', async () => {
    await authority('bounded', { 'may/accept_handoff': 1, 'may/finish_handoff': 2 })
    await taken(acme.admin.write('contract', 'contract_in', { from: 'seat_lead', to: acme.seat, passes: 'Calls', must: 'Sort', hours: 4, onMiss: 'Raise' }))
    const steps = []
    for (const id of ['delivery_1', 'delivery_2']) {
      await taken(acme.admin.write('delivery', id, { contract: 'contract_in', from: 'seat_lead', to: acme.seat, title: id, sentBy: acme.member, sentAt: time.now, due: time.now + 4 * 3_600_000, state: 'sent' }))
      steps.push((await scout.post(`/api/v1/handoffs/${id}/accept`)).body.changed, (await scout.post(`/api/v1/handoffs/${id}/finish`)).body.changed)
    }
    expect(steps).toEqual([true, true, false, true])
  })
})
