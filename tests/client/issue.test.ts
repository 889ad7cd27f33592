import type { VueWrapper } from '@vue/test-utils'
import type { Issue } from '#shared/record/issue.ts'
import type { Replica } from '../../client/db/types.ts'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { workedAfter } from '#shared/issue/worked.ts'
import { compareIssues, shelfOf } from '../../client/composables/issueRules.ts'
import IssuePage from '../../client/pages/IssuePage.vue'
import IssuesPage from '../../client/pages/IssuesPage.vue'
import { useSnacks } from '../../client/stores/snacks.ts'
import { aCompany, aKpi, me, noon, scores, show } from './support/company.ts'
import { until } from './support/until.ts'

const open: { replica?: Replica, page?: VueWrapper } = {}
const anIssue = (id: string, more: Partial<Issue> = {}) => ({ kind: 'issue' as const, id, body: { title: id, state: 'open' as const, horizon: 'now' as const, raisedBy: me, raisedAt: noon, ...more } })
const aTeam = (id: string) => ({ kind: 'team' as const, id, body: { name: id } })
const press = (text: string) => open.page?.findAll('button').find(button => button.text() === text)?.trigger('click')
const titles = (page = open.page) => page?.findAll('.issue-row .name').map(row => row.text())

async function list(...rows: Parameters<typeof aCompany>) {
  const replica = open.replica = await aCompany(...rows)
  const page = open.page = show(IssuesPage, replica)
  await until(() => expect(page.find('.issue-add').exists()).toBe(true))
  return { replica, page }
}

async function one(more: Partial<Issue> = {}) {
  const replica = open.replica = await aCompany([anIssue('late', more)])
  const page = open.page = show(IssuePage, replica, { id: 'late' })
  await until(() => expect(page.text()).toContain('late'))
  return { replica, page, stored: async () => (await replica.get<'issue'>('late'))?.d }
}

afterEach(async () => {
  open.page?.unmount()
  await open.replica?.close()
})

describe('the list of issues', () => {
  it('takes a new one in one line, in my name and offline, and empties the field', async () => {
    const { replica, page } = await list()
    await page.get('.issue-add input').setValue('  Receivables over 35 days ')
    await page.get('.issue-add').trigger('submit')
    await until(() => expect(titles()).toEqual(['Receivables over 35 days']))
    expect(page.get<HTMLInputElement>('.issue-add input').element.value).toBe('')
    const id = page.get('.issue-row').attributes('href')?.split('/').at(-1) ?? ''
    expect((await replica.get<'issue'>(id))?.d).toEqual({ title: 'Receivables over 35 days', state: 'open', horizon: 'now', raisedBy: me, raisedAt: noon })
  })

  it('adds nothing for a blank line', async () => {
    const { page } = await list()
    await page.get('.issue-add input').setValue('   ')
    await page.get('.issue-add').trigger('submit')
    expect(page.text()).toContain('No issues now')
  })

  it('keeps what was typed and not added for the next time', async () => {
    const { replica, page } = await list()
    await page.get('.issue-add input').setValue('Half a thou')
    await until(async () => expect(await replica.draft('issue:new')).toBe('Half a thou'))
    page.unmount()
    open.page = show(IssuesPage, replica)
    await until(() => expect(open.page?.get<HTMLInputElement>('.issue-add input').element.value).toBe('Half a thou'))
  })

  it('has a shelf for now, for later and for solved, and none for archived ones', async () => {
    const { page } = await list([anIssue('a'), anIssue('b', { horizon: 'later' }), anIssue('c', { state: 'solved', decision: 'Done' }), anIssue('d', { archived: true })])
    await until(() => expect(titles()).toEqual(['a']))
    expect(page.findAll('[role=tab]').map(tab => tab.text())).toEqual(['Now 1', 'Later 1', 'Solved 1'])
    await page.get('#tab-solved').trigger('click')
    expect(titles()).toEqual(['c'])
  })

  it('shows one team at a time, and adds to the team that is shown', async () => {
    const { page } = await list([aTeam('Sales'), aTeam('Ops'), anIssue('a', { team: 'Sales', raisedAt: noon - 1 }), anIssue('b', { team: 'Ops' })])
    await until(() => expect(titles()).toHaveLength(2))
    await press('Sales')
    expect(titles()).toEqual(['a'])
    await page.get('.issue-add input').setValue('New one')
    await page.get('.issue-add').trigger('submit')
    await until(() => expect(titles()).toEqual(['New one', 'a']))
    await press('Ops')
    expect(titles()).toEqual(['b'])
  })

  it('says where an issue came from', async () => {
    const { page } = await list([
      { kind: 'kpi', id: 'k', body: { seat: 'seat_ceo', title: 'Booking rate', unit: 'number', decimals: 0, better: 'up', cadence: 'week', rollUp: 'sum' } },
      anIssue('a', { kpi: 'k' }),
      anIssue('b', { raisedBy: 'seat_scout' }),
      anIssue('c'),
    ])
    await until(() => expect(page.findAll('.list-sub').map(line => line.text()).sort()).toEqual(['from Booking rate', 'raised by Mara Ilves', 'raised by Scout · agent']))
  })

  it('offers a viewer no field', async () => {
    const { replica, page } = await list()
    await replica.set<'member'>(me, { role: 'viewer' })
    await until(() => expect(page.find('.issue-add').exists()).toBe(false))
  })

  it('has one order, whatever order the records come in', () => {
    const issue = fc.record({ id: fc.string({ minLength: 1, maxLength: 3 }), d: fc.record({ title: fc.constant('x'), state: fc.constantFrom('open' as const, 'solved' as const), horizon: fc.constant('now' as const), raisedBy: fc.constant(me), raisedAt: fc.nat(3), urgency: fc.nat(2) }) })
    fc.assert(fc.property(fc.uniqueArray(issue, { selector: ({ id }) => id }), (issues) => {
      const now = issues.filter(({ d }) => shelfOf(d) === 'now')
      expect([...now].reverse().sort(compareIssues)).toEqual([...now].sort(compareIssues))
    }))
  })
})

describe('an issue', () => {
  it('is not solved without a decision: the field says why, and nothing is written', async () => {
    const { page, stored } = await one()
    await press('solved')
    await page.get('form').trigger('submit')
    await until(() => expect(page.get('[role=alert]').text()).toBe('Solving needs a decision in words.'))
    expect(page.get('textarea').attributes('aria-invalid')).toBe('true')
    expect((await stored())?.state).toBe('open')
  })

  it('is solved with its decision in one writing, and undo puts it back', async () => {
    const { page, stored } = await one({ state: 'identified' })
    await press('solved')
    await page.get('textarea').setValue('We call every client once a week.')
    await page.get('form').trigger('submit')
    await until(async () => expect(await stored()).toMatchObject({ state: 'solved', decision: 'We call every client once a week.', solvedAt: noon }))
    useSnacks().act()
    await until(async () => expect((await stored())?.state).toBe('identified'))
    expect((await stored())?.solvedAt).toBeUndefined()
  })

  it('counts every step back as a reopening', async () => {
    const { stored } = await one({ state: 'solved', decision: 'Done' })
    await until(() => expect(open.page?.text()).toContain('Reopen'))
    await press('Reopen')
    await until(async () => expect(await stored()).toMatchObject({ state: 'open', reopened: 1, decision: 'Done' }))
  })

  it('about a KPI asks some weeks after it was solved whether that worked, until somebody says so', async () => {
    const solved = { state: 'solved', decision: 'Two suppliers', kpi: 'kpi_stock', solvedAt: noon - workedAfter } as const
    const replica = open.replica = await aCompany([aKpi('kpi_stock', { title: 'Stock' }), scores('kpi_stock', { '2026-W46': 31 }), anIssue('old', solved), anIssue('fresh', { ...solved, solvedAt: noon - 1 })])
    const all = show(IssuesPage, replica)
    await until(() => expect([all.text(), titles(all)]).toEqual([expect.stringContaining('did it work?'), ['old']]))
    all.unmount()
    const page = open.page = show(IssuePage, replica, { id: 'old' })
    await until(() => expect([page.text(), page.findAll('.marks').length]).toEqual([expect.stringMatching(/Did it work\?.*for Stock/), 1]))
    await press('It worked')
    await until(() => expect(page.text()).toContain('It worked, as said'))
    expect(page.text()).not.toContain('Did it work?')
    expect((await replica.get<'issue'>('old'))?.d.workedAt).toBe(noon)
    useSnacks().act()
    await until(() => expect(page.text()).toContain('Did it work?'))
    await press('No, reopen it')
    await until(async () => expect((await replica.get<'issue'>('old'))?.d).toMatchObject({ state: 'open', reopened: 1 }))
  })

  it('keeps a title in one piece: a blank one is not taken', async () => {
    const { page, stored } = await one()
    await page.get('[aria-label="Edit: In one line"]').trigger('click')
    await page.get('.issue-title input').setValue('  ')
    await page.get('.issue-title form').trigger('submit')
    expect((await stored())?.title).toBe('late')
    await page.get('.issue-title input').setValue('Late again')
    await page.get('.issue-title form').trigger('submit')
    await until(async () => expect((await stored())?.title).toBe('Late again'))
  })

  it('is archived, not deleted, and undo brings it back', async () => {
    const { stored } = await one()
    await press('Archive')
    await until(async () => expect((await stored())?.archived).toBe(true))
    await until(() => expect(useSnacks().current?.action).toBe('Undo'))
    useSnacks().act()
    await until(async () => expect((await stored())?.archived).toBeUndefined())
  })
})
