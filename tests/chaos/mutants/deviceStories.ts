import type { Act } from './scenarios.ts'
import { holdAnswer } from '../../support/net.ts'
import { eventually, iss, open, sees, settled } from './steps.ts'

/** What becomes of one phone: its tabs, and a long time away. */
export const deviceStories = {
  'two tabs, and the one that syncs is killed': async (_world, ada, ben) => {
    const id = await iss(ada, ben)
    await ada.addTab()
    const [, other] = ada.replicas()
    const answer = holdAnswer()
    ada.net.next('push', answer.plan)
    await other?.set<'issue'>(id, { title: 'Typed in the other tab' })
    await answer.reached
    await ada.killTab(0)
    await open(ada).set<'issue'>(id, { detail: 'Typed afterwards' })
    await sees(ben, id, 'detail', 'Typed afterwards')
    await ada.addTab()
    await open(ben).set<'issue'>(id, { title: 'For both tabs' })
    await settled(ben)
    return undefined
  },
  'away for longer than tombstones live': async ({ company: { org }, place }, ada, ben) => {
    const [edited, untouched] = [await iss(ada, ben), await iss(ada, ben)]
    ada.exile(true)
    await open(ada).set<'issue'>(edited, { title: 'Typed while away' })
    place.servers[0]?.bury({ org, first: [edited, untouched], rolls: [0, 0] })
    await eventually(async () => (await place.reader().view(org)).docs.every(({ id }) => id !== edited && id !== untouched), 'the end of two records')
    ada.exile(false)
    return undefined
  },
} satisfies Record<string, Act>
