import type { VueWrapper } from '@vue/test-utils'
import type { Ballot } from '#shared/record/ballot.ts'
import type { Round } from '#shared/record/round.ts'
import type { Kept, Rec, Replica } from '../../client/db/types.ts'
import { firstValueFrom, map, of } from 'rxjs'
import { afterEach, describe, expect, it } from 'vitest'
import { shuffledFor } from '#shared/issue/shuffle.ts'
import { ballotId } from '#shared/record/ids.ts'
import MeetingPage from '../../client/pages/MeetingPage.vue'
import RoundPage from '../../client/pages/RoundPage.vue'
import { aCompany, me, noon, show } from './support/company.ts'
import { until } from './support/until.ts'

const open: { replica?: Replica, page?: VueWrapper } = {}
const ids = ['iss_a', 'iss_b', 'iss_c', 'iss_d', 'iss_e']
const issues = ids.map((id, n) => ({ kind: 'issue' as const, id, body: { title: `Issue ${id.slice(4)}`, state: 'open' as const, horizon: 'now' as const, team: 'team_1', raisedBy: me, raisedAt: noon + n } }))
const team = { kind: 'team' as const, id: 'team_1', body: { 'name': 'Leadership', 'seat/seat_ceo': true as const } }
const aRound = (more: Partial<Round> = {}) => ({ kind: 'round' as const, id: 'round_1', body: { team: 'team_1', state: 'open' as const, issues: ids, voters: [me, 'mem_ana'], dots: 3, cap: 1, openedBy: me, openedAt: noon, ...more } })
const aBallot = (voter: string, more: Partial<Ballot>) => ({ kind: 'ballot' as const, id: ballotId('round_1', voter), body: { round: 'round_1', voter, ...more } })
const closed = { state: 'closed', closedBy: me, closedAt: noon } as const
const off = (...gone: string[]) => Object.fromEntries(gone.map(issue => [`removed/${issue}`, true as const]))
const mine = async () => (await open.replica?.get<'ballot'>(ballotId('round_1', me)))?.d.dots
const stored = async () => (await open.replica?.get<'round'>('round_1'))?.d
const rounds = async () => (await firstValueFrom(open.replica?.find({ kind: 'round' }) ?? of([]))).map(({ d }) => d)
const foot = () => open.page?.get('.round-foot').text()
const said = (label: string) => open.page?.get(`[aria-label="${label}"]`)
const tap = (label: string) => said(label)?.trigger('click')
const press = (text: string) => open.page?.findAll('button').find(button => button.text() === text)?.trigger('click')

/** The replica as it is once the server has taken what is in it, with changes that did not stand. */
function confirmed(replica: Replica, kept: readonly Kept[] = []): Replica {
  const taken = <R extends Rec>(rec: R): R => ({ ...rec, waiting: [] })
  return {
    ...replica,
    kept: of(kept),
    find: (query => replica.find(query).pipe(map(found => found.map(taken)))) as Replica['find'],
    one: (id => replica.one(id).pipe(map(rec => rec && taken(rec)))) as Replica['one'],
  }
}

async function vote(more: Partial<Round>, rows: Parameters<typeof aCompany>[0] = [], as = (replica: Replica) => replica) {
  const replica = open.replica = await aCompany([team, ...issues, aRound(more), ...rows])
  const page = open.page = show(RoundPage, as(replica), { id: 'round_1' })
  await until(() => expect(page.text()).toContain('Issue b'))
  return page
}

afterEach(async () => {
  open.page?.unmount()
  await open.replica?.close()
})

describe('a vote', () => {
  it('by approval takes a yes with a tap for as many as one likes, and takes it back', async () => {
    await vote({ count: 'approval' })
    for (const letter of ['a', 'b', 'c', 'd', 'b'])
      await tap(`Yes to Issue ${letter}`)
    expect(foot()).toContain('Yes to 3 of 5')
    expect(['a', 'b'].map(letter => said(`Yes to Issue ${letter}`)?.attributes('aria-pressed'))).toEqual(['true', 'false'])
    await until(async () => expect(await mine()).toEqual({ iss_a: 1, iss_c: 1, iss_d: 1 }))
  })

  it('for the first three gives the next free place with a tap, says each place, and says when none is left', async () => {
    await vote({ count: 'topThree' })
    await tap('Issue c: give 1st')
    await tap('Issue a: give 2nd')
    expect(foot()).toContain('1 place left')
    await tap('Issue e: give 3rd')
    await tap('Issue b: no place left')
    expect(foot()).toContain('All 3 places given. Take one back first.')
    await tap('Issue a: 2nd')
    await tap('Issue b: give 2nd')
    await until(async () => expect(await mine()).toEqual({ iss_c: 1, iss_b: 2, iss_e: 3 }))
  })

  it('for the first three lets one choose the place, which swaps with what has it', async () => {
    const page = await vote({ count: 'topThree' })
    await tap('Issue c: give 1st')
    await tap('Issue a: give 2nd')
    await page.get('[aria-label="Place of Issue a"]').findAll('button')[0]?.trigger('click')
    expect(page.get('[aria-label="Place of Issue c"]').findAll('button').map(button => button.attributes('aria-pressed'))).toEqual(['false', 'true', 'false'])
    await until(async () => expect(await mine()).toEqual({ iss_a: 1, iss_c: 2 }))
  })

  it('by rank takes the order of taps, closes the gap behind what is taken back, and moves one up or down', async () => {
    await vote({ count: 'ranked' })
    for (const label of ['Issue d: give 1st', 'Issue a: give 2nd', 'Issue c: give 3rd', 'Issue e: give rank 4', 'Issue a: 2nd'])
      await tap(label)
    expect(foot()).toContain('3 of 5 ranked')
    await tap('Issue e: one place up')
    expect(said('Issue e: 2nd')?.attributes('aria-pressed')).toBe('true')
    await tap('Issue d: one place down')
    expect(said('Issue c: one place down')?.attributes('aria-disabled')).toBe('true')
    await until(async () => expect(await mine()).toEqual({ iss_e: 1, iss_d: 2, iss_c: 3 }))
  })

  it('shows every voter the list in an order of their own', async () => {
    const page = await vote({})
    expect(page.findAll('.vote-list .name').map(line => line.text())).toEqual(shuffledFor(ids, 'round_1', me).map(id => `Issue ${id.slice(4)}`))
  })

  it('says why what was given did not stand', async () => {
    const kept: Kept = { id: 'kept_1', reason: 'refused', record: ballotId('round_1', me), kind: 'ballot', at: 1, refusal: { code: 'dots-spent' }, fields: { dots: { iss_a: 1 } } }
    await vote({}, [], replica => confirmed(replica, [kept]))
    expect(foot()).toContain('Your last change did not stand: More dots than this vote gives each person.')
  })
})

describe('an open vote', () => {
  it('gives more dots and a higher cap, and not fewer than its own facilitator spent', async () => {
    const page = await vote({}, [aBallot(me, { dots: { iss_a: 1, iss_b: 1, iss_c: 1 } })])
    await until(() => expect(foot()).toContain('0 of 3 left'))
    await tap('Dots each: one less')
    expect(page.get('.run [role=alert]').text()).toBe('It stays: somebody has given more than that already.')
    await tap('Dots each: one more')
    await until(() => expect(foot()).toContain('1 of 4 left'))
    expect(page.find('.run [role=alert]').exists()).toBe(false)
    await tap('At most on one issue: one more')
    await until(async () => expect(await stored()).toMatchObject({ dots: 4, cap: 2 }))
  })

  it('says in the same place that others have spent what it would take, once the server said so', async () => {
    const kept: Kept = { id: 'kept_1', reason: 'refused', record: 'round_1', kind: 'round', at: 1, refusal: { code: 'dots-spent' }, fields: { dots: 2 } }
    const page = await vote({}, [], replica => confirmed(replica, [kept]))
    expect(page.get('.run [role=alert]').text()).toBe('It stays: somebody has given more than that already.')
  })

  it('loses an issue with one tap: it is not voted on, its dots are free and said so, and it comes back', async () => {
    const page = await vote({}, [aBallot(me, { dots: { iss_a: 1, iss_b: 1 } })])
    await until(() => expect(foot()).toContain('1 of 3 left'))
    await tap('Take Issue a off the list')
    await until(() => expect(page.text()).toContain('1 dot is free again: its issue was taken off the list.'))
    expect(page.findAll('.vote-list .name').map(line => line.text())).not.toContain('Issue a')
    expect(page.text()).toContain('Taken off the list')
    expect(foot()).toContain('2 of 3 left')
    await tap('Put Issue a back on the list')
    await until(() => expect(foot()).toContain('1 of 3 left'))
    expect(page.text()).not.toContain('is free again')
  })

  it('says that the others moved up where an issue one ranked was taken off', async () => {
    const page = await vote({ count: 'ranked', ...off('iss_a') }, [aBallot(me, { dots: { iss_a: 1, iss_c: 2 } })])
    await until(() => expect(page.text()).toContain('1 issue you ranked was taken off the list. The others moved up.'))
    expect(said('Issue c: 1st')?.attributes('aria-pressed')).toBe('true')
  })

  it('keeps its last issue, and counts no dots where it counts something else', async () => {
    const page = await vote({ count: 'approval', ...off('iss_a', 'iss_c', 'iss_d', 'iss_e') })
    expect(page.findAll('.run-line button').map(button => button.text())).toEqual(['Put back', 'Put back', 'Put back', 'Put back'])
    expect(page.findAll('.run [role=group]')).toHaveLength(0)
  })
})

describe('the result', () => {
  it.each([
    ['approval', { iss_b: 1, iss_a: 1 }, { iss_b: 1 }, ['Issue b 2 yeses from 2 people', 'Issue a 1 yes from 1 person']],
    ['topThree', { iss_b: 1, iss_a: 2 }, { iss_b: 3 }, ['Issue b 4 points from 2 people', 'Issue a 2 points from 1 person']],
    ['ranked', { iss_b: 1, iss_a: 2 }, { iss_b: 1, iss_a: 2, iss_c: 3 }, ['Issue b 2 others beaten · ranked by 2 people', 'Issue a 1 other beaten · ranked by 2 people']],
  ] as const)('by %s is in the order of the tally, in its own words', async (count, one, other, lines) => {
    const page = await vote({ count, ...closed }, [aBallot(me, { dots: one }), aBallot('mem_ana', { dots: other })], confirmed)
    await until(() => expect(page.findAll('.tally').map(line => `${line.get('.name').text()} ${line.get('.tally-by').text()}`).slice(0, 2)).toEqual(lines))
  })

  it('names late places in their order, what was taken off, and votes again the same way', async () => {
    const page = await vote({ count: 'topThree', ...off('iss_e'), ...closed }, [aBallot(me, { dots: { iss_a: 1 } }), aBallot('mem_ana', { dots: { iss_b: 1 }, late: { iss_d: 2, iss_c: 1 } })], confirmed)
    await until(() => expect(page.text()).toContain('Ana Sol: 1st Issue c, 2nd Issue d'))
    expect(page.text()).toContain('2 issues tied with 3 points each')
    expect(page.text()).toMatch(/Taken off the list.*Issue e/s)
    expect(page.findAll('.tally')).toHaveLength(4)
    await press('Vote again on these')
    await until(async () => expect((await rounds()).filter(({ tieOf }) => tieOf)).toMatchObject([{ count: 'topThree', issues: ['iss_a', 'iss_b'] }]))
  })
})

describe('opening a vote', () => {
  it('asks how to count, and for dots only where they count', async () => {
    const replica = open.replica = await aCompany([team, ...issues])
    const page = open.page = show(MeetingPage, replica)
    await until(() => expect(page.text()).toContain('5 issues to choose from'))
    await press('Open a vote')
    await until(() => expect(page.find('dialog form').exists()).toBe(true))
    expect(page.get('dialog form').text()).toContain('Dots each')
    await page.get('dialog select').setValue('ranked')
    expect(page.get('dialog form').text()).not.toContain('Dots each')
    await page.get('dialog form').trigger('submit')
    await until(async () => expect(await rounds()).toMatchObject([{ count: 'ranked', dots: 3, cap: 1 }]))
  })
})
