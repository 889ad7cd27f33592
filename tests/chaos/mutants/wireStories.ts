import type { Handset } from '../handset.ts'
import type { Act } from './scenarios.ts'
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises'
import { sheetId } from '#shared/record/ids.ts'
import { drop, hang, holdAnswer, holdRequest, loseAnswer } from '../../support/net.ts'
import { aPhone, settled as isSettled } from '../../support/replica.ts'
import { day } from '../faults.ts'
import { countedStorage, eventually, iss, open, sees, settled } from './steps.ts'

/** So long that everything that waits for nothing but its turn has had so many. */
async function turns(count: number): Promise<void> {
  for (let n = 0; n < count; n++)
    await turn()
}

/** A phone without its stream types while a question of its own is held back; the server takes it, and its answer is held back, too. */
async function pushOverPull(phone: Handset, id: string, title: string) {
  phone.net.always('stream', drop)
  phone.net.cut()
  const [pull, push] = [holdRequest(), holdAnswer()]
  phone.net.next('pull', pull.plan)
  phone.net.next('push', push.plan)
  open(phone).retry()
  await pull.reached
  await open(phone).set<'issue'>(id, { title })
  await push.reached
  return { pull, push }
}

/** What the wire, the device and the server do between two phones. */
export const wireStories = {
  'an update during a push': async (_world, ada, ben) => {
    const id = await iss(ada, ben)
    const { pull, push } = await pushOverPull(ada, id, 'Mine')
    await sees(ben, id, 'title', 'Mine')
    await open(ben).set<'issue'>(id, { title: 'Theirs' })
    await settled(ben)
    pull.release()
    await pull.answered
    await pause(50)
    push.release()
    return undefined
  },
  'what a device writes for one edit': async ({ company }) => {
    const { storage, writes } = countedStorage()
    const phone = await aPhone(company.people.Ada, { storage })
    const id = await phone.add('issue', { title: 'Once', state: 'open', horizon: 'now', raisedBy: phone.member, raisedAt: 1 })
    await isSettled(phone)
    await pause(500)
    const before = writes()
    await phone.set<'issue'>(id, { title: 'Twice' })
    await isSettled(phone)
    await pause(500)
    const written = writes() - before
    await phone.close()
    // The edit, its acknowledgement, and what the library notes of each way and its cursors.
    return written > 6 ? `${written} writes for one edit: what was acknowledged is compared, and noted, once more` : undefined
  },
  'a child before its parent': async (_world, ada) => {
    for (let n = 0; n < 3; n++) {
      const seat = await open(ada).add('seat', { kind: 'human', title: `Seat ${n}`, accountability: 'All of it' })
      await settled(ada)
      ada.net.next('push', drop)
      const pushes = ada.net.count('push')
      const kpi = await open(ada).add('kpi', { seat, title: `KPI ${n}`, unit: 'number', decimals: 0, better: 'up', cadence: 'week', rollUp: 'sum' })
      await eventually(() => ada.net.count('push') > pushes)
      await open(ada).put('sheet', sheetId(kpi, '2026-Q4'), {}, { kpi, quarter: '2026-Q4' })
      await settled(ada)
      if (!await open(ada).get(sheetId(kpi, '2026-Q4')))
        return 'a sheet was refused though its KPI was on the way'
    }
    return undefined
  },
  'killed at the answer': async ({ place, company }, ada) => {
    for (let n = 0; n < 3; n++) {
      const { status } = await company.people.Ada.write('issue', `iss_killed_${n}`, { title: 'Kept', state: 'open', horizon: 'now', raisedBy: open(ada).member, raisedAt: 1 })
      await place.servers[0]?.kill()
      const { docs } = await place.reader().view(company.org)
      if (status === 200 && !docs.some(({ id }) => id === `iss_killed_${n}`))
        return 'an acknowledged write is gone after the server was killed'
      await place.servers[0]?.start()
    }
    return undefined
  },
  'many writers on PostgreSQL': async ({ company: { people } }, ada) => {
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let n = 0; n < 10; n++)
        await people.Ada.write('issue', `iss_${writer}_${n}`, { title: `${writer}.${n}`, state: 'open', horizon: 'now', raisedBy: open(ada).member, raisedAt: 1 })
    })
    await Promise.all(writers)
    return undefined
  },
  'an answer lost, and somebody wrote on it': async ({ place, company }, ada, ben) => {
    const id = await iss(ada, ben)
    ada.net.always('push', loseAnswer)
    await open(ada).set<'issue'>(id, { title: 'Mine' })
    await sees(ben, id, 'title', 'Mine')
    await open(ben).set<'issue'>(id, { title: 'Theirs' })
    await settled(ben)
    ada.net.heal()
    await settled(ada)
    await sees(ada, id, 'title', 'Theirs')
    const { log } = await place.reader().view(company.org)
    return log.some(line => line.id === id && 'title' in line.lost) ? 'a value somebody had seen before they replaced it is told as lost' : undefined
  },
  'closed at the answer, with the clock set back': async (_world, ada, ben) => {
    const id = await iss(ada, ben)
    for (let n = 0; n < 8; n++) {
      await ada.reopen(() => ada.wall.offset = day)
      await open(ada).set<'issue'>(id, { title: `A day ahead ${n}` })
      await settled(ada)
      await ada.reopen(() => ada.wall.offset = 0)
      const answer = holdAnswer()
      ada.net.next('push', answer.plan)
      await open(ada).set<'issue'>(id, { title: `Ada ${n}` })
      await answer.reached
      answer.release()
      await turns(n * 3)
      await ada.reopen(() => {})
      await settled(ada)
      await sees(ben, id, 'title', `Ada ${n}`)
      await open(ben).set<'issue'>(id, { title: `Ben ${n}` })
      await sees(ada, id, 'title', `Ben ${n}`)
    }
    return undefined
  },
  'closed before it was told again': async (_world, ada, ben) => {
    const id = await iss(ada, ben)
    for (let n = 0; n < 10; n++) {
      const { pull, push } = await pushOverPull(ada, id, `Ada ${n}`)
      await sees(ben, id, 'title', `Ada ${n}`)
      await open(ben).set<'issue'>(id, { title: `Ben ${n}` })
      await settled(ben)
      pull.release()
      await pull.answered
      await turns(60)
      push.release()
      await turns(n * 4)
      await ada.killTab(0)
      ada.net.heal()
      await settled(ada)
      await sees(ada, id, 'title', `Ben ${n}`)
    }
    return undefined
  },
  'another company writes': async ({ company: { stranger }, words }, ada, ben) => {
    for (let n = 0; n < 30; n++)
      await stranger.write('issue', `iss_stranger_${n}`, { title: `${words.foreign}${n}`, state: 'open', horizon: 'now', raisedBy: stranger.headers['x-member'], raisedAt: 1 })
    for (let n = 0; n < 5; n++)
      await iss(ada, ben)
    await ada.reopen()
    await settled(ada)
    return undefined
  },
  'a request that is never answered': async (_world, ada, ben) => {
    ada.net.next('push', hang)
    const id = await open(ada).add('issue', { title: 'Held', state: 'open', horizon: 'now', raisedBy: open(ada).member, raisedAt: 1 })
    await sees(ben, id, 'title', 'Held')
    return undefined
  },
} satisfies Record<string, Act>
