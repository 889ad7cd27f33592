import type { Act } from './scenarios.ts'
import { setTimeout as pause } from 'node:timers/promises'
import { ballotId } from '#shared/record/ids.ts'
import { loseAnswer } from '../../support/net.ts'
import { day } from '../faults.ts'
import { eventually, iss, open, sees, settled, title } from './steps.ts'

/** What two phones write on the same records. */
export const mergeStories = {
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
} satisfies Record<string, Act>
