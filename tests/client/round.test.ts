import type { VueWrapper } from '@vue/test-utils'
import type { Ballot } from '#shared/record/ballot.ts'
import type { Round } from '#shared/record/round.ts'
import type { Query, Rec, Replica } from '../../client/db/types.ts'
import { map } from 'rxjs'
import { afterEach, describe, expect, it } from 'vitest'
import { ballotId } from '#shared/record/ids.ts'
import MeetingPage from '../../client/pages/MeetingPage.vue'
import RoundPage from '../../client/pages/RoundPage.vue'
import { aCompany, me, noon, show } from './support/company.ts'
import { until } from './support/until.ts'

const open: { replica?: Replica, page?: VueWrapper } = {}
const issues = ['a', 'b', 'c', 'd'].map((id, n) => ({ kind: 'issue' as const, id: `iss_${id}`, body: { title: `Issue ${id}`, state: 'open' as const, horizon: 'now' as const, team: 'team_1', raisedBy: me, raisedAt: noon + n } }))
const team = { kind: 'team' as const, id: 'team_1', body: { 'name': 'Leadership', 'seat/seat_ceo': true as const, 'slot': { weekday: 1, time: '09:00', minutes: 90 } } }
const aRound = (more: Partial<Round> = {}) => ({ kind: 'round' as const, id: 'round_1', body: { team: 'team_1', state: 'open' as const, issues: issues.map(({ id }) => id), voters: [me, 'mem_ana'], dots: 3, cap: 1, openedBy: me, openedAt: noon, ...more } })
const aBallot = (voter: string, more: Partial<Ballot>) => ({ kind: 'ballot' as const, id: ballotId('round_1', voter), body: { round: 'round_1', voter, ...more } })
const closed = { state: 'closed', closedBy: me, closedAt: noon } as const
const dot = (n: number) => open.page?.find(`.dots[aria-label="Issue ${'abcd'[n]}"]`).findAll('button').at(-1)
const press = (text: string) => open.page?.findAll('button').find(button => button.text() === text)?.trigger('click')
const mine = async () => (await open.replica?.get<'ballot'>(ballotId('round_1', me)))?.d.dots

/** The same replica as it is once the server has taken everything. */
function confirmed(replica: Replica): Replica {
  const taken = <R extends Rec>(rec: R): R => ({ ...rec, waiting: [] })
  return {
    ...replica,
    find: ((query: Query) => replica.find(query).pipe(map(found => found.map(taken)))) as Replica['find'],
    one: ((id: string) => replica.one(id).pipe(map(rec => rec && taken(rec)))) as Replica['one'],
  }
}

async function vote(rows: Parameters<typeof aCompany>[0] = [aRound()], as = (replica: Replica) => replica) {
  const replica = open.replica = await aCompany([team, ...issues, ...rows ?? []])
  const page = open.page = show(RoundPage, as(replica), { id: 'round_1' })
  await until(() => expect(page.text()).toContain('Issue d'))
  return { replica, page }
}

afterEach(async () => {
  open.page?.unmount()
  await open.replica?.close()
})

describe('a vote', () => {
  it('counts every tap, also those faster than the disk', async () => {
    const { page } = await vote()
    void dot(0)?.trigger('click')
    void dot(1)?.trigger('click')
    await dot(2)?.trigger('click')
    expect(page.get('.round-foot').text()).toContain('0 of 3 left')
    await until(async () => expect(await mine()).toEqual({ iss_a: 1, iss_b: 1, iss_c: 1 }))
  })

  it('gives no dot more than there are, and says so', async () => {
    const { page } = await vote()
    for (const n of [0, 1, 2, 3])
      await dot(n)?.trigger('click')
    expect(page.get('.round-foot').text()).toContain('All 3 dots given. Take one back first.')
    expect(dot(3)?.attributes('aria-disabled')).toBe('true')
    await until(async () => expect(Object.keys(await mine() ?? {})).toHaveLength(3))
  })

  it('takes a dot back with a tap, and keeps the focus on the issue', async () => {
    const { page } = await vote()
    await dot(0)?.trigger('click')
    await page.get('[aria-label="Take a dot off Issue a"]').trigger('click')
    await until(async () => expect(await mine()).toEqual({}))
    await until(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('One dot on Issue a'))
  })

  it('lets several dots on one issue where the cap allows, no more', async () => {
    const { page } = await vote([aRound({ cap: 2 })])
    for (let tap = 0; tap < 3; tap++)
      await dot(0)?.trigger('click')
    expect(page.get('.round-foot').text()).toContain('Only 2 dots on one issue here.')
    await until(async () => expect(await mine()).toEqual({ iss_a: 2 }))
  })

  it('says that what the server has not got is waiting and not counted', async () => {
    const { page } = await vote()
    await dot(0)?.trigger('click')
    await until(() => expect(page.get('.round-foot').text()).toContain('waiting, not counted yet'))
  })

  it('shows who has voted, never how, to somebody who is no voter', async () => {
    const { page } = await vote([aRound({ 'voters': ['mem_ana'], 'voted/mem_ana': true } as Partial<Round>), aBallot('mem_ana', { dots: { iss_a: 1 } })])
    expect(page.text()).toContain('You are not a voter in this round.')
    expect(page.text()).toContain('1 of 1 have voted')
    expect(page.findAll('.dots, .tally')).toHaveLength(0)
  })
})

describe('closing', () => {
  it('asks once, then waits for the server and shows no sums', async () => {
    const { replica, page } = await vote([aRound(), aBallot(me, { dots: { iss_a: 1 } })])
    await press('Close the vote')
    expect(page.get('dialog').text()).toContain('Not yet: Mara Ilves, Ana Sol')
    await page.get('dialog').findAll('button').find(button => button.text() === 'Close the vote')?.trigger('click')
    await until(() => expect(page.text()).toContain('closing, waiting for the server'))
    expect(page.find('.tally').exists()).toBe(false)
    expect(page.findAll('.dot').every(button => button.attributes('disabled') !== undefined)).toBe(true)
    await press('Keep it open')
    await until(async () => expect((await replica.get<'round'>('round_1'))?.d.state).toBe('open'))
  })

  it('shows the sums in order with ties marked, and late ballots beside them', async () => {
    const { page } = await vote([
      aRound({ ...closed, 'voted/mem_mara': true } as Partial<Round>),
      aBallot(me, { dots: { iss_c: 1, iss_a: 1, iss_b: 1 } }),
      aBallot('mem_ana', { late: { iss_d: 1 } }),
    ], confirmed)
    await until(() => expect(page.findAll('.tally .name').map(line => line.text())).toEqual(['Issue a', 'Issue b', 'Issue c', 'Issue d']))
    expect(page.findAll('.tally-place').map(place => place.text())).toEqual(['1.', '1.', '1.', '4.'])
    expect(page.findAll('.tally-tie')).toHaveLength(3)
    expect(page.text()).toContain('Ana Sol: 1 on Issue d')
  })

  it('says how many counted ballots are not here yet', async () => {
    const { page } = await vote([aRound({ ...closed, 'voted/mem_mara': true, 'voted/mem_ana': true } as Partial<Round>), aBallot(me, { dots: { iss_a: 1 } })], confirmed)
    await until(() => expect(page.text()).toContain('1 ballot is still on its way here.'))
  })

  it('opens one re-vote for a tie, however often it is asked for', async () => {
    const { replica } = await vote([aRound(closed), aBallot(me, { dots: { iss_a: 1, iss_b: 1 } })], confirmed)
    const rounds = async () => new Promise<Rec<'round'>[]>(resolve => replica.find({ kind: 'round', parent: 'team_1' }).subscribe(found => resolve([...found])).unsubscribe())
    await until(() => expect(open.page?.text()).toContain('Vote again on these'))
    await press('Vote again on these')
    const ties = async () => (await rounds()).filter(({ d }) => d.tieOf === 'round_1')
    await until(async () => expect((await ties()).map(({ d }) => [d.issues, d.voters, d.dots])).toEqual([[['iss_a', 'iss_b'], [me, 'mem_ana'], 3]]))
    await press('Vote again on these')
    expect(await ties()).toHaveLength(1)
  })
})

describe('opening a vote', () => {
  async function opening() {
    const replica = open.replica = await aCompany([team, ...issues, { kind: 'issue', id: 'iss_later', body: { title: 'Later', state: 'open', horizon: 'later', team: 'team_1', raisedBy: me, raisedAt: noon } }])
    const page = open.page = show(MeetingPage, replica)
    await until(() => expect(page.text()).toContain('4 issues to choose from'))
    await press('Open a vote')
    await until(() => expect(page.find('dialog form').exists()).toBe(true))
    return { replica, page, rounds: () => new Promise<Round[]>(resolve => replica.find({ kind: 'round' }).subscribe(found => found.length && resolve(found.map(({ d }) => d)))) }
  }

  it('takes the team’s issues of now and the holders of its seats, three dots each and one an issue', async () => {
    const { page, rounds } = await opening()
    await page.get('dialog form').trigger('submit')
    expect(await rounds()).toEqual([{ team: 'team_1', state: 'open', issues: ['iss_d', 'iss_c', 'iss_b', 'iss_a'], voters: [me], dots: 3, cap: 1, openedBy: me, openedAt: noon }])
  })

  it('lets the facilitator leave issues out, add voters and change the dots; the cap stays within them', async () => {
    const { page, rounds } = await opening()
    const tick = (label: string) => page.findAll('.check').find(line => line.text() === label)?.get('input').trigger('change')
    await tick('Issue a')
    await tick('Ana Sol')
    await page.get('[aria-label="At most on one issue: one more"]').trigger('click')
    await page.get('[aria-label="At most on one issue: one more"]').trigger('click')
    await page.get('[aria-label="Dots each: one less"]').trigger('click')
    await page.get('dialog form').trigger('submit')
    expect(await rounds()).toMatchObject([{ issues: ['iss_d', 'iss_c', 'iss_b'], voters: ['mem_ana', me], dots: 2, cap: 2 }])
  })

  it('needs an issue and a voter', async () => {
    const { page } = await opening()
    for (const box of page.findAll('.check input').filter(box => (box.element as HTMLInputElement).checked))
      await box.trigger('change')
    await page.get('dialog form').trigger('submit')
    expect(page.findAll('[role=alert]').map(said => said.text())).toEqual(['Choose at least one issue.', 'Choose at least one voter.'])
  })
})
