import type { Plan } from '../support/net.ts'
import type { Trap } from './trapsBench.ts'
import { afterEach, describe, expect, it } from 'vitest'
import { drop, hang, holdAnswer, holdRequest, loseAnswer, portal, says, truncate, twice } from '../support/net.ts'
import { settled, until } from '../support/replica.ts'
import { anIssue, aTrap, manyTurns } from './trapsBench.ts'

describe('a phone on a hostile network', () => {
  let trap: Trap
  afterEach(() => trap.close())

  it('[L1] an update that arrives while a push is open is not lost', async () => {
    trap = await aTrap()
    const { ada, ben, net } = trap
    const id = await ada.add('issue', anIssue(ada.member))
    await until(ben.one<'issue'>(id), rec => rec !== undefined)
    await settled(ada)
    net.always('stream', drop)
    net.cut()
    const [pull, push] = [holdRequest(), holdAnswer()]
    net.next('pull', pull.plan)
    net.next('push', push.plan)
    ada.retry()
    await pull.reached
    await ada.set<'issue'>(id, { title: 'Mine' })
    await push.reached
    await until(ben.one<'issue'>(id), rec => rec?.d.title === 'Mine')
    await ben.set<'issue'>(id, { title: 'Theirs' })
    await settled(ben)
    pull.release()
    await pull.answered
    await manyTurns()
    push.release()
    await until(ada.one<'issue'>(id), rec => rec?.d.title === 'Theirs')
    await settled(ada)
  })

  it('[L2] a frame lost in the middle shows as a gap, and what it brought is pulled', async () => {
    trap = await aTrap()
    const { ada, ben, net } = trap
    net.dropFrames(1)
    const first = await ben.add('issue', anIssue(ben.member, 'Lost frame'))
    await settled(ben)
    const second = await ben.add('issue', anIssue(ben.member, 'Next frame'))
    await until(ada.one(second), rec => rec !== undefined)
    await until(ada.one(first), rec => rec !== undefined)
  })

  it('[L3] a lost last frame shows at the next heartbeat', async () => {
    trap = await aTrap()
    const { ada, ben, net } = trap
    net.dropFrames(1)
    const id = await ben.add('issue', anIssue(ben.member))
    await settled(ben)
    const witness = await trap.phone(trap.people.ben)
    await until(witness.one(id), rec => rec !== undefined)
    expect(await ada.get(id)).toBeUndefined()
    net.beat()
    await until(ada.one(id), rec => rec !== undefined)
  })

  it('[L4] a stream that breaks off is opened again, and nothing is missed', async () => {
    trap = await aTrap()
    const { ada, ben, net } = trap
    net.next('stream', drop, says(502, {}), portal)
    net.cut()
    const id = await ben.add('issue', anIssue(ben.member))
    await settled(ben)
    ada.retry()
    await until(ada.one(id), rec => rec !== undefined)
  })

  const faults: [string, Plan][] = [
    ['a dropped request', drop],
    ['an answer lost after the commit', loseAnswer],
    ['a request that arrives twice', twice],
    ['an answer cut in half', truncate],
    ['a captive portal', portal],
    ['a captive portal that speaks JSON', says(200, { ok: true })],
    ['a proxy out of reach', says(502, { message: 'Bad gateway' })],
    ['a server out of breath', says(429, { code: 'too-many' })],
    ['a bug on the server', says(500, { code: 'internal' })],
    ['a proxy that forbids', says(403, { message: 'Blocked by policy' })],
    ['a page not found', says(404, { code: 'org-unknown' })],
  ]
  it.each(faults)('[P7] %s costs no edit, and none comes twice', async (_name, plan) => {
    trap = await aTrap()
    const { ada, ben, net } = trap
    net.next('push', plan, plan)
    net.next('pull', plan)
    const id = await ada.add('issue', anIssue(ada.member))
    await ada.set<'issue'>(id, { title: 'Edited' })
    while (net.count('push') < 2)
      await manyTurns()
    ada.retry()
    await until(ben.one<'issue'>(id), rec => rec?.d.title === 'Edited')
    await settled(ada)
    expect(await until(ada.kept, () => true)).toEqual([])
  })

  it('[L5] a request that never settles is given up, and the next one works', async () => {
    trap = await aTrap({ timeout: 1500 })
    const { ada, ben, net } = trap
    net.next('push', hang)
    const id = await ada.add('issue', anIssue(ada.member))
    await until(ada.state, state => state.connection === 'offline')
    ada.retry()
    await until(ben.one(id), rec => rec !== undefined)
    await settled(ada)
  })

  it('[T1] a page shorter than asked for does not end the pull', async () => {
    trap = await aTrap()
    const { ada, ben } = trap
    ada.offline()
    await ben.addAll(Array.from({ length: 1100 }, (_, n) => ({ kind: 'issue' as const, id: `iss_${n}`, body: anIssue(ben.member) })))
    await settled(ben)
    const fresh = await trap.phone(trap.people.ada)
    await until(fresh.find({ kind: 'issue' }), found => found.length === 1100)
  })

  it('[T10] a phone whose own thousand records come back while it still writes asks a few times, not for ever', async () => {
    trap = await aTrap()
    const { ada, ben, net, people } = trap
    net.always('stream', drop)
    net.cut()
    const [pull, push] = [holdRequest(), holdAnswer()]
    const pass: Plan = send => send()
    net.next('pull', pull.plan)
    net.next('push', pass, pass, pass, pass, push.plan)
    ada.retry()
    await pull.reached
    await ada.addAll(Array.from({ length: 1000 }, (_, n) => ({ kind: 'issue' as const, id: `iss_${n}`, body: anIssue(ada.member) })))
    await push.reached
    const before = net.count('pull')
    pull.release()
    await pull.answered
    for (let n = 0; n < 100; n++)
      await people.ben.get('/api/health')
    expect(net.count('pull') - before).toBeLessThan(10)
    push.release()
    net.heal()
    await settled(ada)
    await until(ben.find({ kind: 'issue' }), found => found.length === 1000)
  })

  it('[T2] a row the server cannot read is refused alone; those beside it and after it arrive', async () => {
    trap = await aTrap()
    const { ada, ben } = trap
    const key = `cell/${'x'.repeat(400)}`
    ada.offline()
    const before = await ada.add('issue', anIssue(ada.member))
    const poison = await ada.add('issue', { ...anIssue(ada.member), [key]: 1 } as never)
    const after = await ada.add('issue', anIssue(ada.member))
    ada.online()
    await until(ben.one(before), rec => rec !== undefined)
    await until(ben.one(after), rec => rec !== undefined)
    await until(ada.one(poison), rec => rec === undefined)
    expect(await until(ada.kept, list => list.length > 0)).toMatchObject([{ record: poison, refusal: { code: 'unreadable' } }])
    await settled(ada)
  })

  it('[T3] more text than one request may carry goes in several', async () => {
    trap = await aTrap()
    const { ada, ben } = trap
    ada.offline()
    await ada.addAll(Array.from({ length: 200 }, (_, n) => ({ kind: 'issue' as const, id: `iss_${n}`, body: { ...anIssue(ada.member), detail: 'ä"'.repeat(4000) } })))
    ada.online()
    await until(ben.find({ kind: 'issue' }), found => found.length === 200)
    await settled(ada)
    expect(await until(ada.kept, () => true)).toEqual([])
  })

  it('[L6] a quiet phone asks for nothing, and a change of the other collection makes an idle one ask for nothing', async () => {
    trap = await aTrap()
    const { ada, ben, net } = trap
    await manyTurns()
    const before = net.count()
    for (let n = 0; n < 5; n++) {
      const id = await ben.add('issue', anIssue(ben.member))
      await until(ada.one(id), rec => rec !== undefined)
    }
    expect(net.count()).toBe(before)
  })
})
