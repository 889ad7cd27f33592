import type { VueWrapper } from '@vue/test-utils'
import type { Bodies } from '#shared/record/envelope.ts'
import type { Replica } from '../../client/db/types.ts'
import { firstValueFrom, of } from 'rxjs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { driftId } from '#shared/record/ids.ts'
import DriftPage from '../../client/pages/DriftPage.vue'
import InsightPage from '../../client/pages/InsightPage.vue'
import IssuePage from '../../client/pages/IssuePage.vue'
import IssuesPage from '../../client/pages/IssuesPage.vue'
import ScorecardPage from '../../client/pages/ScorecardPage.vue'
import TodayPage from '../../client/pages/TodayPage.vue'
import { aCompany, aKpi, me, noon, scores, show } from './support/company.ts'
import { until } from './support/until.ts'

type Rows = Parameters<typeof aCompany>[0]
const open: { replica?: Replica, page?: VueWrapper } = {}
const press = (name: string) => open.page?.findAll('button').find(button => button.text() === name)?.trigger('click')

async function on(page: object, rows: Rows, props = {}) {
  open.replica = await aCompany(rows)
  return open.page = show(page as never, open.replica, props)
}

afterEach(async () => {
  open.page?.unmount()
  await open.replica?.close()
})

const drifting = { '2026-W43': 31, '2026-W44': 29, '2026-W45': 28, '2026-W46': 27, '2026-W47': 26 }
const draft = driftId('Cash', '2026-W46')
const anIssue = (more: Partial<Bodies['issue']> = {}) => ({ kind: 'issue' as const, id: draft, body: { title: 'Cash off track', state: 'open' as const, horizon: 'now' as const, seat: 'seat_ceo', kpi: 'Cash', raisedBy: 'Cash', raisedAt: noon, draft: true, ...more } })
const cash = [aKpi('Cash'), scores('Cash', drifting)]

describe('drifting or silent', () => {
  it('lists what drifts over all seats, since when, with the way to its KPI and seat; an agent that is silent once', async () => {
    const page = await on(DriftPage, [...cash, aKpi('Meetings', { seat: 'seat_scout' }), scores('Meetings', { '2026-W44': 31 }, 'seat_scout'), aKpi('Calm'), scores('Calm', { '2026-W46': 40, '2026-W47': 41 })])
    await until(() => expect(page.findAll('.drift')).toHaveLength(2))
    const [off, silent] = page.findAll('.drift')
    expect(off?.get('.drift-what').text()).toContain('4 off track in a row, since Week 44')
    expect(off?.findAll('.mark')).toHaveLength(13)
    expect(off?.findAll('a').map(link => link.attributes('href'))).toEqual(['/kpi/Cash', '/seat/seat_ceo'])
    expect(silent?.text()).toContain('Not heard of since Week 45')
    expect(silent?.get('a').attributes('href')).toBe('/seat/seat_scout')
  })

  it('looks further back than the 13 periods in view for who has been silent longer', async () => {
    const page = await on(DriftPage, [aKpi('Meetings', { seat: 'seat_scout' }), scores('Meetings', { '2026-W20': 31 }, 'seat_scout')])
    await until(() => expect(page.text()).toContain('Not heard of since Week 21'))
  })

  it('makes a draft an issue of the team\'s with one tap, and takes it back', async () => {
    const page = await on(DriftPage, [...cash, anIssue()])
    await until(() => expect(page.text()).toContain('An issue is drafted'))
    await press('Make an issue')
    await until(async () => expect((await open.replica?.get<'issue'>(draft))?.d).not.toHaveProperty('draft'))
    await until(() => expect(page.text()).toContain('is an issue'))
    expect(page.findAll('.drift')).toHaveLength(0)
  })

  it('dismisses a draft only with a reason, and shows the reason', async () => {
    const page = await on(DriftPage, [...cash, anIssue()])
    await until(() => expect(page.text()).toContain('An issue is drafted'))
    await press('Dismiss')
    await until(() => expect(page.find('dialog form').exists()).toBe(true))
    await page.get('dialog form').trigger('submit')
    expect(page.get('[role=alert]').text()).toBe('Needed')
    await page.get('dialog input').setValue(' A holiday week ')
    await page.get('dialog form').trigger('submit')
    await until(async () => expect((await open.replica?.get<'issue'>(draft))?.d).toMatchObject({ draft: true, dismissed: 'A holiday week' }))
    await until(() => expect(page.text()).toContain('dismissed: A holiday week'))
  })

  it('lets who answers for a KPI decide about a hint or a gap too: its issue is written then', async () => {
    const page = await on(DriftPage, [aKpi('Calls'), scores('Calls', { '2026-W44': 40, '2026-W45': 40, '2026-W46': 40, '2026-W47': 40 })])
    await until(() => expect(page.text()).toContain('the same 4 in a row, since Week 44'))
    await press('Dismiss')
    await until(() => expect(page.find('dialog input').exists()).toBe(true))
    await page.get('dialog input').setValue('Booked out')
    await page.get('dialog form').trigger('submit')
    await until(() => expect(page.text()).toContain('dismissed: Booked out'))
    expect((await open.replica?.get<'issue'>(driftId('Calls', '2026-W47')))?.d).toMatchObject({ title: 'Calls: the same 4 in a row, since Week 44', draft: true, dismissed: 'Booked out' })
    expect(page.findAll('.drift')).toHaveLength(0)
  })

  it('lets a silent agent be dismissed with a reason, for that period; the next one that goes missing says it again', async () => {
    const rows = [aKpi('Meetings', { seat: 'seat_scout' }), aKpi('Calls', { seat: 'seat_scout' }), scores('Meetings', { '2026-W44': 31 }, 'seat_scout'), scores('Calls', { '2026-W44': 31 }, 'seat_scout')]
    const page = await on(DriftPage, rows)
    await until(() => expect(page.text()).toContain('Not heard of since Week 45'))
    await press('Dismiss')
    await until(() => expect(page.find('dialog input').exists()).toBe(true))
    expect(page.get('dialog').text()).toContain('Scout')
    await page.get('dialog input').setValue('Its supplier is on holiday')
    await page.get('dialog form').trigger('submit')
    await until(() => expect(page.text()).toContain('dismissed: Its supplier is on holiday'))
    expect(page.findAll('.drift')).toHaveLength(0)
    expect((await open.replica?.get<'issue'>(driftId('Calls', '2026-W46')))?.d).toMatchObject({ title: 'Scout: Not heard of since Week 45', seat: 'seat_scout', draft: true, dismissed: 'Its supplier is on holiday' })
    page.unmount()
    await open.replica?.close()
    const next = await on(DriftPage, [...rows, { ...anIssue({ seat: 'seat_scout', kpi: 'Calls', raisedBy: 'Calls', dismissed: 'Then' }), id: driftId('Calls', '2026-W45') }])
    await until(() => expect(next.text()).toContain('Not heard of since Week 45'))
  })

  it('keeps a draft that waits though its KPI has recovered', async () => {
    const page = await on(DriftPage, [aKpi('Cash'), scores('Cash', { ...drifting, '2026-W47': 33 }), anIssue()])
    await until(() => expect(page.get('.drift-what').text()).toContain('Drifted up to Week 46, and has recovered'))
  })
})

describe('noticing', () => {
  /** The same replica, as it is once everything the server had is on it. */
  const whole = (replica: Replica): Replica => ({ ...replica, state: of({ connection: 'online', lastSync: noon, ahead: 0, ready: true }) })
  const drafted = async () => (await firstValueFrom((open.replica as Replica).find({ kind: 'issue' }))).map(({ id, d }) => [id, d.title, d.draft])

  it.each([['admin', 1], ['member', 1], ['viewer', 0]] as const)('three in a row on one\'s own seat, the phone of a %s writes %i draft', async (role, count) => {
    open.replica = await aCompany(cash)
    await open.replica.set<'member'>(me, { role })
    open.page = show(DriftPage, whole(open.replica))
    await until(() => expect(open.page?.text()).toContain('off track in a row'))
    await until(async () => expect(await drafted()).toEqual(count ? [[draft, 'Cash off track 3 in a row', true]] : []))
    expect(open.page.text().includes('An issue is drafted')).toBe(count > 0)
  })

  it('on a phone that is still being filled drafts nothing', async () => {
    await on(DriftPage, cash)
    await until(() => expect(open.page?.text()).toContain('off track in a row'))
    expect(await drafted()).toEqual([])
  })
})

describe('a draft', () => {
  it('is not among the issues until it is confirmed', async () => {
    const page = await on(IssuesPage, [anIssue(), { ...anIssue({ draft: undefined, title: 'Confirmed' }), id: driftId('Cash', '2026-W40') }])
    await until(() => expect(page.findAll('.issue-row')).toHaveLength(1))
    expect(page.text()).toContain('Confirmed')
  })
})

describe('the page of a draft', () => {
  it('says that it is one, and makes it an issue or dismisses it there', async () => {
    const page = await on(IssuePage, [...cash, anIssue()], { id: draft })
    await until(() => expect(page.text()).toContain('not among the issues until somebody makes it one'))
    await press('Dismiss')
    await until(() => expect(page.find('dialog input').exists()).toBe(true))
    await page.get('dialog input').setValue('Known')
    await page.get('dialog form').trigger('submit')
    await until(() => expect(page.text()).toContain('dismissed: Known'))
    await press('Make an issue')
    await until(() => expect(page.text()).not.toContain('dismissed: Known'))
    expect((await open.replica?.get<'issue'>(draft))?.d).not.toHaveProperty('draft')
  })
})

describe('the way there', () => {
  it.each([['Today', TodayPage], ['the scorecard', ScorecardPage]])('stands on %s with how much drifts there', async (_, component) => {
    const page = await on(component, [...cash, aKpi('Calm'), scores('Calm', { '2026-W46': 40, '2026-W47': 41 })])
    await until(() => expect(page.find('a[href="/drift"]').text()).toContain('1 drifting or silent'))
  })

  it('is gone once a person has decided', async () => {
    const page = await on(TodayPage, [...cash, anIssue({ dismissed: 'Known' })])
    await until(() => expect(page.text()).toContain('Cash'))
    await until(() => expect(page.find('a[href="/drift"]').exists()).toBe(false))
  })
})

describe('an agent whose last number a person typed', () => {
  it.each([['a phone', false, '.score-card'], ['a wide screen', true, '.grid-row .grid-name']])('is marked as not self-reporting, on %s', async (_, wide, row) => {
    vi.spyOn(window, 'matchMedia').mockReturnValue(Object.assign(new EventTarget(), { matches: wide }) as MediaQueryList)
    const agents = { seat: 'seat_scout' }
    const page = await on(ScorecardPage, [aKpi('Own', agents), scores('Own', { '2026-W47': 31 }, 'seat_scout'), aKpi('Typed', agents), scores('Typed', { '2026-W46': 31 })])
    await until(() => expect(page.text()).toContain('not self-reporting'))
    const marked = page.findAll(row).filter(found => found.text().includes('not self-reporting'))
    expect(marked.map(found => found.get('.name').text())).toEqual(['Typed'])
    vi.restoreAllMocks()
  })
})

describe('insight', () => {
  const rows: Rows = [
    ...cash,
    { kind: 'seat', id: 'seat_probe', body: { kind: 'agent', title: 'Probe', accountability: 'Leads are found', owner: me, stage: 'pilot', authority: 'draft', reportsTo: 'seat_ceo' } },
    { kind: 'member', id: 'mem_lea', body: { name: 'Lea Gone', role: 'member', state: 'left' } },
    { kind: 'seat', id: 'seat_ops', body: { kind: 'human', title: 'Operations', accountability: 'Orders go out', reportsTo: 'seat_ceo', owns: 'Returns' } },
    { kind: 'seat', id: 'seat_old', body: { kind: 'human', title: 'Returns desk', accountability: 'Returns', reportsTo: 'seat_ceo', holder: 'mem_lea' } },
    { kind: 'todo', id: 'Offer', body: { title: 'Offer', owner: me, asker: me, askedAt: noon, due: '2026-11-20', state: 'open', waitsFor: 'the bank' } },
    { kind: 'todo', id: 'Stray', body: { title: 'Stray', owner: 'mem_lea', asker: me, askedAt: noon, due: '2026-11-20', state: 'open' } },
    { kind: 'contract', id: 'con_1', body: { from: 'seat_scout', to: 'seat_ops', passes: 'Dealers', must: 'Call', hours: 4, onMiss: 'Ask' } },
    { kind: 'delivery', id: 'del_1', body: { contract: 'con_1', from: 'seat_scout', to: 'seat_ops', title: 'Lyon', sentBy: 'seat_scout', sentAt: noon - 9e7, due: noon - 1, state: 'sent' } },
    { kind: 'issue', id: 'iss_1', body: { title: 'Late', state: 'open', horizon: 'now', raisedBy: me, raisedAt: noon, seat: 'seat_ops' } },
  ]
  const section = (title: string) => open.page?.findAll('section').find(card => card.text().startsWith(title))?.text() ?? ''

  it('shows who answers for nothing, what leavers left, what two answer for, who waits, and where work piles up', async () => {
    const page = await on(InsightPage, rows)
    await until(() => expect(page.text()).toContain('Gaps in who answers'))
    expect(section('Gaps')).toMatch(/Returns desk.*owner has left/s)
    expect(section('Gaps')).toMatch(/Scout.*no person above/s)
    expect(section('Gaps')).toMatch(/Operations.*neither KPI nor priority/s)
    await until(() => expect(section('What holds pilots back')).toContain('out for 1 pilot'))
    expect(section('Left behind')).toMatch(/Lea Gone.*1 seat · 1 to-do/)
    expect(page.get('a[href="/settings/members/mem_lea/leave"]').text()).toContain('Lea Gone')
    expect(section('Answered for twice')).toContain('Returns desk · Operations')
    expect(section('Waiting on others 3')).toContain('Mara Ilves waits for the bank')
    expect(section('Waiting')).toContain('Mara Ilves waits for Lea Gone to do it')
    expect(section('Waiting')).toContain('Scout waits for Operations, who has not accepted it in time')
    expect(section('Open work')).toContain('1 of 3 open to-dos, issues and priorities sit on CEO')
    await until(() => expect(page.find('a[href="/drift"]').exists()).toBe(true))
  })
})
