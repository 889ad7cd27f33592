import type { Handset } from '../handset.ts'
import type { World } from '../world.ts'
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises'
import { ballotId, sheetId } from '#shared/record/ids.ts'
import { drop, hang, holdAnswer, holdRequest, loseAnswer } from '../../support/net.ts'
import { day } from '../faults.ts'
import { eventually, iss, open, sees, settled, title } from './steps.ts'

type Act = (world: World, ada: Handset, ben: Handset) => Promise<string | undefined>

/** Short stories of two phones; each says what it saw that must not be, or leaves the judging to the checks of every run. */
const stories = {
  'two fields apart': async (_world, ada, ben) => {
    const id = await iss(ada, ben)
    ben.flight(true)
    await open(ben).set<'issue'>(id, { horizon: 'later' })
    await pause(5)
    await open(ada).set<'issue'>(id, { title: 'Ada' })
    await settled(ada)
    ben.flight(false)
    await settled(ben)
    await sees(ada, id, 'horizon', 'later')
    return await title(ada, id) === 'Ada' ? undefined : 'the title went with the horizon'
  },
  'two fields apart, the later one offline': async (_world, ada, ben) => {
    const id = await iss(ada, ben)
    ben.flight(true)
    await open(ada).set<'issue'>(id, { title: 'Ada' })
    await settled(ada)
    await pause(5)
    await open(ben).set<'issue'>(id, { horizon: 'later' })
    ben.flight(false)
    await settled(ben)
    return undefined
  },
  'a clock a day ahead': async (_world, ada, ben) => {
    const id = await iss(ada, ben)
    ada.wall.offset = day
    await open(ada).set<'issue'>(id, { title: 'A day ahead' })
    await settled(ada)
    return undefined
  },
  'a clock a day ahead and answers lost': async (_world, ada, ben) => {
    const id = await iss(ada, ben)
    ada.wall.offset = day
    ada.net.always('push', loseAnswer)
    await open(ada).set<'issue'>(id, { title: 'Ada' })
    await eventually(() => ada.net.count('push') > 2)
    await pause(300)
    await open(ben).set<'issue'>(id, { title: 'Ben' })
    await settled(ben)
    await pause(1500)
    return undefined
  },
  'the same value again': async (_world, ada, ben) => {
    const id = await iss(ada, ben)
    ben.flight(true)
    await open(ben).set<'issue'>(id, { title: 'Older' })
    await pause(5)
    await open(ada).set<'issue'>(id, { title: await title(ada, id) ?? '' })
    await settled(ada)
    ben.flight(false)
    await settled(ben)
    return await title(ben, id) === 'Older' ? 'an older value stands over one said again after it' : undefined
  },
  'an update during a push': async (_world, ada, ben) => {
    const id = await iss(ada, ben)
    ada.net.always('stream', drop)
    ada.net.cut()
    const [pull, push] = [holdRequest(), holdAnswer()]
    ada.net.next('pull', pull.plan)
    ada.net.next('push', push.plan)
    open(ada).retry()
    await pull.reached
    await open(ada).set<'issue'>(id, { title: 'Mine' })
    await push.reached
    await sees(ben, id, 'title', 'Mine')
    await open(ben).set<'issue'>(id, { title: 'Theirs' })
    await settled(ben)
    pull.release()
    await pull.answered
    await pause(50)
    push.release()
    return undefined
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
  'an emptied field': async (_world, ada, ben) => {
    const id = await iss(ada, ben)
    ben.flight(true)
    await open(ben).set<'issue'>(id, { detail: 'Older' })
    await pause(5)
    await open(ada).set<'issue'>(id, { detail: 'Newer' })
    await open(ada).set<'issue'>(id, { detail: null })
    await settled(ada)
    ben.flight(false)
    await settled(ben)
    return (await open(ben).get<'issue'>(id))?.d.detail === undefined ? undefined : 'an older value came back after the field was emptied'
  },
  'a ballot in an open round': async (_world, ada, ben) => {
    const issue = await iss(ada, ben)
    const team = await open(ada).add('team', { name: 'Ops' })
    const voters = [ada, ben].map(handset => open(handset).member)
    const round = await open(ada).add('round', { team, state: 'open', issues: [issue], voters, dots: 3, cap: 3, openedBy: open(ada).member, openedAt: 1 })
    await eventually(async () => await open(ben).get(round) !== undefined)
    await open(ben).put('ballot', ballotId(round, open(ben).member), { dots: { [issue]: 2 } }, { round, voter: open(ben).member })
    await settled(ben)
    await sees(ada, round, `voted/${open(ben).member}`, true)
    return await open(ada).get(ballotId(round, open(ben).member)) ? 'a ballot is seen before the round is closed' : undefined
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
  'an older value arrives later': async (_world, ada, ben) => {
    const id = await iss(ada, ben)
    ben.flight(true)
    await open(ben).set<'issue'>(id, { title: 'Older' })
    await pause(5)
    await open(ada).set<'issue'>(id, { title: 'Newer' })
    await settled(ada)
    ben.flight(false)
    await settled(ben)
    return await title(ben, id) === 'Newer' ? undefined : 'an older value stands over a newer one'
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
      for (let turns = n * 3; turns > 0; turns--)
        await turn()
      await ada.reopen(() => {})
      await settled(ada)
      await sees(ben, id, 'title', `Ada ${n}`)
      await open(ben).set<'issue'>(id, { title: `Ben ${n}` })
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

export type Scenario = keyof typeof stories
export const scenarios: Record<Scenario, Act> = stories
