import type { VueWrapper } from '@vue/test-utils'
import type { Todo } from '#shared/record/todo.ts'
import type { Replica } from '../../client/db/types.ts'
import { flushPromises } from '@vue/test-utils'
import { firstValueFrom } from 'rxjs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { trackOf } from '#shared/tasks/priority.ts'
import { todoShelfOf } from '../../client/composables/todoRules.ts'
import IssuePage from '../../client/pages/IssuePage.vue'
import MeetingPage from '../../client/pages/MeetingPage.vue'
import PriorityPage from '../../client/pages/PriorityPage.vue'
import SeatPage from '../../client/pages/SeatPage.vue'
import TodayPage from '../../client/pages/TodayPage.vue'
import TodosPage from '../../client/pages/TodosPage.vue'
import { aCompany, me, noon, show } from './support/company.ts'
import { until } from './support/until.ts'

const open: { replica?: Replica, page?: VueWrapper } = {}
const aTodo = (id: string, more: Partial<Todo> = {}) => ({ kind: 'todo' as const, id, body: { title: id, owner: me, asker: me, askedAt: noon, due: '2026-11-20', state: 'open' as const, ...more } })
const press = (name: RegExp | string) => open.page?.findAll('button').find(button => (button.attributes('aria-label') ?? button.text()).match(name))?.trigger('click')
const body = async (id: string) => (await open.replica?.get<'todo'>(id))?.d

async function on(page: object, rows: Parameters<typeof aCompany>[0], props: Record<string, unknown> = {}) {
  open.replica = await aCompany(rows)
  return open.page = show(page as never, open.replica, props)
}

afterEach(async () => {
  open.page?.unmount()
  await open.replica?.close()
  vi.useRealTimers()
})

describe('to-dos', () => {
  it('are written down in one line, in my name, due in a week', async () => {
    const page = await on(TodosPage, [])
    await until(() => expect(page.find('.issue-add').exists()).toBe(true))
    await page.get('.issue-add input').setValue(' Call the bank ')
    await page.get('.issue-add').trigger('submit')
    await until(() => expect(page.text()).toContain('Call the bank'))
    const [todo] = await firstValueFrom(open.replica?.find({ kind: 'todo' }) as never) as { d: Todo }[]
    expect(todo?.d).toMatchObject({ title: 'Call the bank', owner: me, asker: me, state: 'open', due: '2026-11-25' })
  })

  it('are done with one tap, taken back with the next, and dated', async () => {
    await on(TodosPage, [aTodo('Offer')])
    await until(() => expect(open.page?.text()).toContain('Offer'))
    await press('Done: Offer')
    await until(async () => expect(await body('Offer')).toMatchObject({ state: 'done', doneAt: noon }))
    await open.page?.get('#tab-over').trigger('click')
    await until(() => expect(open.page?.text()).toContain('Offer'))
    await press('Not done: Offer')
    await until(async () => expect(await body('Offer')).toMatchObject({ state: 'open', reopened: 1 }))
    expect((await body('Offer'))?.doneAt).toBeUndefined()
  })

  it('that come again are followed by their next', async () => {
    await on(TodosPage, [aTodo('todo_pay', { title: 'Payroll', every: 'month', due: '2026-11-18' })])
    await until(() => expect(open.page?.text()).toContain('Payroll'))
    await press('Done: Payroll')
    await until(async () => expect(await body('todo_pay.2026-12-18')).toMatchObject({ title: 'Payroll', state: 'open', due: '2026-12-18', every: 'month' }))
  })

  it('asked of somebody wait on my list, and are mine to verify when they are done', async () => {
    await on(TodosPage, [aTodo('Quote', { owner: 'mem_ana' }), aTodo('Visit', { owner: 'mem_ana', state: 'done', doneAt: noon })])
    await until(() => expect(open.page?.get('#tab-asked').text()).toContain('1'))
    await open.page?.get('#tab-verify').trigger('click')
    await press('Verify: Visit')
    await until(async () => expect(await body('Visit')).toMatchObject({ state: 'verified' }))
  })

  it('stand on the shelf where their person looks for them', () => {
    const mine = (owner: string) => owner === me || owner === 'seat_scout'
    const shelf = (more: Partial<Todo>) => todoShelfOf(aTodo('x', more).body, me, mine)
    expect([shelf({}), shelf({ owner: 'seat_scout' }), shelf({ owner: 'mem_ana' }), shelf({ owner: 'mem_ana', asker: 'mem_ana' })]).toEqual(['mine', 'mine', 'asked', undefined])
    expect([shelf({ state: 'done' }), shelf({ owner: 'mem_ana', state: 'done' }), shelf({ asker: 'mem_ana', state: 'done' }), shelf({ owner: 'mem_ana', state: 'verified' })]).toEqual(['over', 'verify', 'over', 'over'])
  })

  it('due this week and late ones are on Today, in words', async () => {
    const page = await on(TodayPage, [aTodo('Offer', { due: '2026-11-16' }), aTodo('Report', { due: '2026-11-18' }), aTodo('Fair', { due: '2027-03-01' })])
    await until(() => expect(page.text()).toContain('To-dos due'))
    expect(page.findAll('.todo-text').map(line => line.text())).toEqual(['Offerlate, was due Nov 16', 'Reportdue today'])
  })
})

describe('what is to do', () => {
  const rows: Parameters<typeof aCompany>[0] = [
    { kind: 'team', id: 't1', body: { 'name': 'Leads', 'seat/seat_ceo': true, 'seat/seat_scout': true } },
    { kind: 'priority', id: 'p1', body: { seat: 'seat_ceo', title: 'Lyon', doneMeans: 'Invoice', quarter: '2026-Q4', due: '2026-12-31', state: 'open' } },
    { kind: 'priority', id: 'p2', body: { seat: 'seat_ceo', title: 'Own rest', doneMeans: 'Slept', quarter: '2026-Q4', due: '2026-12-31', state: 'open', private: me } },
    aTodo('Offer'),
    aTodo('List', { owner: 'seat_scout' }),
    aTodo('Sent', { state: 'done', doneAt: noon }),
    aTodo('Visit', { owner: 'mem_ana' }),
    aTodo('Elsewhere', { team: 't2' }),
  ]
  const todos = () => open.page?.findAll('.todo-text .name').map(line => line.text()).sort()

  it.each([['seat_ceo', ['Elsewhere', 'Offer']], ['seat_scout', ['List']]])('stands on the page of %s, and is done there', async (id, expected) => {
    await on(SeatPage, rows, { id })
    await until(() => expect(todos()).toEqual(expected))
    await press(`Done: ${expected.at(-1)}`)
    await until(async () => expect(await body(expected.at(-1) ?? '')).toMatchObject({ state: 'done' }))
    await until(() => expect(todos()).toEqual(expected.slice(0, -1)))
  })

  it('stands on the page of its team, beside the team\'s priorities and nobody\'s private ones', async () => {
    const page = await on(MeetingPage, rows)
    await until(() => expect([todos(), page.text()]).toEqual([['List', 'Offer'], expect.stringMatching(/Priorities.*Lyon/)]))
    expect(page.text()).not.toContain('Own rest')
  })
})

it('an issue is solved by a to-do with an owner and a date, and the decision says so', async () => {
  const page = await on(IssuePage, [{ kind: 'issue', id: 'late', body: { title: 'Late parts', state: 'discussed', horizon: 'now', raisedBy: me, raisedAt: noon } }], { id: 'late' })
  await until(() => expect(page.text()).toContain('Late parts'))
  await press('solved')
  await flushPromises()
  await press('Decide by a to-do')
  await flushPromises()
  await page.get('dialog textarea').setValue('Call the supplier')
  await page.get('dialog form').trigger('submit')
  await until(async () => expect((await open.replica?.get<'issue'>('late'))?.d).toMatchObject({ state: 'solved', decision: 'To-do for Mara Ilves, due Nov 25, 2026: Call the supplier' }))
  const [todo] = await firstValueFrom(open.replica?.find({ kind: 'todo' }) as never) as { d: Todo }[]
  expect(todo?.d).toMatchObject({ title: 'Call the supplier', issue: 'late', owner: me, due: '2026-11-25' })
})

describe('priorities', () => {
  it('are added on their seat, with what done means, for this quarter', async () => {
    const page = await on(SeatPage, [], { id: 'seat_ceo' })
    await until(() => expect(page.text()).toContain('No priority this quarter.'))
    await press('Add a priority')
    await flushPromises()
    const [title, means] = page.findAll('dialog input, dialog textarea')
    await page.get('dialog form').trigger('submit')
    expect(page.get('dialog').text()).toContain('Needed')
    await title?.setValue('Open in Lyon')
    await means?.setValue('First invoice paid')
    await page.get('dialog form').trigger('submit')
    await until(() => expect(page.text()).toContain('Open in Lyon'))
    const [one] = await firstValueFrom(open.replica?.find({ kind: 'priority' }) as never) as { d: object }[]
    expect(one?.d).toEqual({ seat: 'seat_ceo', title: 'Open in Lyon', doneMeans: 'First invoice paid', quarter: '2026-Q4', due: '2026-12-31', state: 'open' })
  })

  it('go off track in one tap, with a word why, and their steps are ticked', async () => {
    const page = await on(PriorityPage, [{ kind: 'priority', id: 'p1', body: { seat: 'seat_ceo', title: 'Lyon', doneMeans: 'Invoice', quarter: '2026-Q4', due: '2026-12-31', state: 'open' } }], { id: 'p1' })
    const held = async () => (await open.replica?.get<'priority'>('p1'))?.d
    await until(() => expect(page.text()).toContain('Lyon'))
    await page.findAll('input').find(input => input.attributes('maxlength') === '1000')?.setValue('No site yet')
    await press('Off track')
    await until(async () => expect(trackOf((await held()) as never)).toBe('off'))
    await until(() => expect(page.text()).toContain('No site yet'))
    await page.get('.issue-add input').setValue('Sign the lease')
    await page.get('.issue-add').trigger('submit')
    await until(() => expect(page.find('input[type=checkbox]').exists()).toBe(true))
    await page.get('input[type=checkbox]').trigger('change')
    await until(async () => expect(Object.entries((await held()) ?? {}).find(([field]) => field.startsWith('milestone/'))?.[1]).toMatchObject({ title: 'Sign the lease', doneAt: noon }))
  })
})

it('a headline is one line on the team\'s page, and can be put away', async () => {
  const page = await on(MeetingPage, [{ kind: 'team', id: 't1', body: { name: 'Leads' } }])
  await until(() => expect(page.find('.issue-add').exists()).toBe(true))
  await page.get('.issue-add input').setValue('Largest order yet')
  await page.get('.issue-add').trigger('submit')
  await until(() => expect(page.text()).toContain('Largest order yet'))
  const [news] = await firstValueFrom(open.replica?.find({ kind: 'headline' }) as never) as { d: object }[]
  expect(news?.d).toEqual({ text: 'Largest order yet', about: 'customer', team: 't1', saidBy: me, saidAt: noon })
  await press('Put away: Largest order yet')
  await until(() => expect(page.text()).toContain('No news this fortnight.'))
})
