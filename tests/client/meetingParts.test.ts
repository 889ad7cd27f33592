import type { VueWrapper } from '@vue/test-utils'
import type { Component } from 'vue'
import type { Body, Kind } from '#shared/record/envelope.ts'
import type { Issue } from '#shared/record/issue.ts'
import type { Role } from '#shared/record/member.ts'
import type { Rec, Replica } from '../../client/db/types.ts'
import { flushPromises } from '@vue/test-utils'
import { firstValueFrom, map } from 'rxjs'
import { afterEach, describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import { refuseWrite } from '#shared/access/access.ts'
import { agendaOf } from '#shared/meeting/agenda.ts'
import { dropId } from '#shared/meeting/drop.ts'
import { ballotId, meetingId } from '#shared/record/ids.ts'
import { trackOf } from '#shared/tasks/priority.ts'
import HeadlinesPart from '../../client/components/meeting/parts/HeadlinesPart.vue'
import IssuesPart from '../../client/components/meeting/parts/IssuesPart.vue'
import PrioritiesPart from '../../client/components/meeting/parts/PrioritiesPart.vue'
import ScorecardPart from '../../client/components/meeting/parts/ScorecardPart.vue'
import TodosPart from '../../client/components/meeting/parts/TodosPart.vue'
import { useCompany } from '../../client/composables/useCompany.ts'
import { usePredict } from '../../client/composables/usePredict.ts'
import { useSitting } from '../../client/composables/useSitting.ts'
import { useSnacks } from '../../client/stores/snacks.ts'
import { aCompany, aKpi, me, myEntry, noon, scores, show } from './support/company.ts'
import { until } from './support/until.ts'

type Rows = NonNullable<Parameters<typeof aCompany>[0]>
const open: { replica?: Replica, page?: VueWrapper, company?: ReturnType<typeof useCompany> } = {}
const day = '2026-11-18'
const meeting = meetingId('team_1', day)
const sitting: Rows = [
  { kind: 'team', id: 'team_1', body: { 'name': 'Leadership', 'seat/seat_ceo': true, 'seat/seat_scout': true } },
  { kind: 'meeting', id: meeting, body: { team: 'team_1', day, state: 'live', agenda: agendaOf({}), startedBy: me, startedAt: noon - 60_000, facilitator: me, [`here/${me}`]: noon } as never },
]
const anIssue = (id: string, more: Partial<Issue> = {}): Rows[number] => ({ kind: 'issue', id, body: { title: id, state: 'open', horizon: 'now', team: 'team_1', raisedBy: me, raisedAt: noon, ...more } })
const kpis: Rows = [
  aKpi('kpi_otif', { title: 'OTIF' }),
  aKpi('kpi_calls', { title: 'Calls', seat: 'seat_scout' }),
  aKpi('kpi_never', { title: 'Never told' }),
  aKpi('kpi_far', { title: 'Of another team', seat: 'seat_far' }),
  scores('kpi_otif', { '2026-W46': 20 }),
  { kind: 'sheet', id: 'sheet:kpi_calls:2026-Q4', body: { 'kpi': 'kpi_calls', 'quarter': '2026-Q4', 'cell/2026-W46/seat_scout': { value: 41, at: noon - 3_600_000, source: 'agent', note: 'All booked by mail' } } as never },
]

async function on(part: Component, rows: Rows = [], role: Role = 'admin', as = (replica: Replica) => replica) {
  const replica = open.replica = await aCompany([...sitting, ...rows])
  if (role !== 'admin')
    await replica.set<'member'>(me, { role })
  const sat = defineComponent({
    setup() {
      const company = open.company = useCompany()
      const sat = useSitting(() => meeting, company)
      return () => company.myRole.value && sat.meeting.value && h(part, { sat, company })
    },
  })
  return open.page = show(sat, as(replica))
}

const named = (name: string) => open.page?.findAll('button').find(button => (button.attributes('aria-label') ?? button.text()) === name)
async function press(name: string) {
  await until(() => expect(named(name), name).toBeDefined())
  await named(name)?.trigger('click')
}
async function type(label: string, text: string) {
  const form = open.page?.findAll('form').find(one => one.text().includes(label))
  await form?.get('input').setValue(text)
  await form?.trigger('submit')
}
const all = <K extends Kind>(kind: K) => firstValueFrom(open.replica?.find({ kind }) as never) as Promise<Rec<K>[]>
async function newOf<K extends Kind>(kind: K, before = 0) {
  await until(async () => expect(await all(kind)).toHaveLength(before + 1))
  return (await all(kind)).at(-1)?.d
}

/** The same replica as it is once the server has taken everything. */
function confirmed(replica: Replica): Replica {
  const taken = <R extends Rec>(rec: R): R => ({ ...rec, waiting: [] })
  return {
    ...replica,
    find: (query => replica.find(query).pipe(map(found => found.map(taken)))) as Replica['find'],
    one: (id => replica.one(id).pipe(map(rec => rec && taken(rec)))) as Replica['one'],
  }
}

afterEach(async () => {
  open.page?.unmount()
  await open.replica?.close()
})

describe('the scorecard of a meeting', () => {
  it('reports people’s and agents’ numbers in one list, of the period that ended, what is missing in words', async () => {
    const page = await on(ScorecardPart, kpis)
    await until(() => expect(page.findAll('.reported-title').map(title => title.text())).toEqual(['Calls', 'Never told', 'OTIF']))
    const [calls, never, otif] = page.findAll('.reported').map(row => row.text())
    expect(calls).toContain('41')
    expect(calls).toContain('on track')
    expect(calls).toMatch(/Scout agent W46: 41 — All booked by mail/)
    expect(never).toContain('missing')
    expect(otif).toContain('off track')
    expect(page.get('.part-counts').text()).toContain('1 missing')
  })

  it('says which agents do not report themselves', async () => {
    const page = await on(ScorecardPart, [aKpi('kpi_typed', { title: 'Typed', seat: 'seat_scout' }), scores('kpi_typed', { '2026-W46': 31 })])
    await until(() => expect(page.get('.reported').text()).toContain('not self-reporting'))
    expect(page.find('.reported-said').exists()).toBe(false)
  })

  it('drops a number to the issues in one tap, once, and says so', async () => {
    const page = await on(ScorecardPart, kpis)
    await press('Drop to issues: OTIF')
    await until(() => expect(page.find(`a[href="/issues/${dropId(meeting, 'kpi_otif')}"]`).text()).toContain('In issues'))
    expect(named('Drop to issues: OTIF')).toBeUndefined()
    expect(await all('issue')).toMatchObject([{ id: dropId(meeting, 'kpi_otif'), d: { title: 'OTIF', kpi: 'kpi_otif', seat: 'seat_ceo', team: 'team_1', meeting, raisedBy: me, state: 'open' } }])
  })

  it('opens the pad on a number of mine, for the period that is reported', async () => {
    const page = await on(ScorecardPart, kpis)
    await until(() => expect(page.findAll('button.reported-value')).toHaveLength(3))
    expect(page.findAll('button.reported-value').at(1)?.text()).toMatch(/^Enter Never told, now\s*—/)
    await page.findAll('button.reported-value').at(1)?.trigger('click')
    await until(() => expect(page.find('dialog').text()).toContain('Never told'))
    await page.get('dialog input').setValue('33')
    await page.get('dialog').findAll('button').find(button => button.text() === 'Done')?.trigger('click')
    await until(async () => expect(await myEntry(open.replica as Replica, 'kpi_never', '2026-W46')).toMatchObject({ value: 33 }))
  })
})

describe('what else is reported', () => {
  const priority: Rows = [{ kind: 'priority', id: 'p1', body: { seat: 'seat_ceo', title: 'Lyon', doneMeans: 'Invoice', quarter: '2026-Q4', due: '2026-12-31', state: 'open' } }]
  const todo = (id: string, more: object = {}): Rows[number] => ({ kind: 'todo', id, body: { title: id, owner: me, asker: me, askedAt: noon, due: '2026-11-17', state: 'open', ...more } as never })

  it('is a priority, off track in one tap, and dropped in another', async () => {
    const page = await on(PrioritiesPart, priority)
    await press('off track')
    await until(async () => expect(trackOf((await open.replica?.get<'priority'>('p1'))?.d as never)).toBe('off'))
    await until(() => expect(page.get('h2').text()).toBe('0 of 1 on track'))
    await press('Drop to issues: Lyon')
    expect(await newOf('issue')).toMatchObject({ title: 'Lyon', seat: 'seat_ceo', meeting })
  })

  it('is the news since the last meeting; one more is the meeting’s', async () => {
    const headline = (id: string, saidAt: number): Rows[number] => ({ kind: 'headline', id, body: { text: id, about: 'customer', team: 'team_1', saidBy: me, saidAt } })
    const page = await on(HeadlinesPart, [headline('Old', noon - 8 * 86_400_000), headline('New', noon - 86_400_000)])
    await until(() => expect(page.findAll('.headline .name').map(line => line.text())).toEqual(['New']))
    await type('Add a headline', 'Won')
    await until(async () => expect((await all('headline')).find(({ d }) => d.text === 'Won')?.d).toMatchObject({ meeting, team: 'team_1' }))
    await press('Drop to issues: New')
    expect(await newOf('issue')).toMatchObject({ title: 'New', meeting })
  })

  it('is how many of the to-dos that were due are done; one taken on carries the meeting', async () => {
    const page = await on(TodosPart, [todo('Offer'), todo('Call', { state: 'done', doneAt: noon }), todo('Next year', { due: '2027-01-01' })])
    await until(() => expect(page.get('.part-rate').text()).toBe('50%'))
    await press('Done: Offer')
    await until(() => expect(page.get('.part-rate').text()).toBe('100%'))
    await type('Add a to-do', 'Ask')
    await until(async () => expect((await all('todo')).find(({ d }) => d.title === 'Ask')?.d).toMatchObject({ meeting, team: 'team_1', owner: me, due: '2026-11-25' }))
    await until(() => expect(page.text()).toContain('due Nov 25'))
  })
})

describe('the issues of a meeting', () => {
  it('are opened to a vote that is the meeting’s, voted on right there, and say what waits', async () => {
    const page = await on(IssuesPart, [anIssue('Parts'), anIssue('Hiring')])
    await press('Open a vote')
    await until(() => expect(page.find('dialog form').exists()).toBe(true))
    await page.get('dialog form').trigger('submit')
    expect(await newOf('round')).toMatchObject({ meeting, team: 'team_1', state: 'open' })
    await press('One dot on Parts')
    await until(() => expect(page.get('.round-foot').text()).toContain('waiting, not counted yet'))
    expect(page.find('.talk').exists()).toBe(false)
    const [round] = await all('round')
    expect((await open.replica?.get<'ballot'>(ballotId(round?.id ?? '', me)))?.d.dots).toEqual({ Parts: 1 })
  })

  it('are talked about in the order of the vote, and solved in the meeting by a decision', async () => {
    const round = { team: 'team_1', state: 'closed', issues: ['Parts', 'Hiring'], voters: [me], dots: 3, cap: 3, openedBy: me, openedAt: noon, closedAt: noon, closedBy: me, meeting } as const
    const page = await on(IssuesPart, [anIssue('Parts'), anIssue('Hiring'), { kind: 'round', id: 'round_1', body: { ...round, issues: [...round.issues], voters: [me] } }, { kind: 'ballot', id: ballotId('round_1', me), body: { round: 'round_1', voter: me, dots: { Hiring: 2 } } }], 'admin', confirmed)
    await until(() => expect(page.find('.talk-title').text()).toBe('Hiring'))
    await until(() => expect(page.get('.talk').text()).toContain('2 dots'))
    expect(page.findAll('.tally .name').map(line => line.text())).toEqual(['Hiring', 'Parts'])
    await press('solved')
    await page.get('.talk textarea').setValue('Hire one')
    await page.get('.talk form').trigger('submit')
    await until(() => expect(page.find('.talk-title').text()).toBe('Parts'))
    expect((await open.replica?.get<'issue'>('Hiring'))?.d).toMatchObject({ state: 'solved', decision: 'Hire one', solvedIn: meeting })
  })

  it('are solved by a to-do that is the meeting’s too; reopened they were solved in none', async () => {
    const page = await on(IssuesPart, [anIssue('Parts')])
    await press('solved')
    await press('Decide by a to-do')
    await until(() => expect(page.find('dialog textarea').exists()).toBe(true))
    await page.get('dialog form').trigger('submit')
    expect(await newOf('todo')).toMatchObject({ title: 'Parts', issue: 'Parts', meeting, owner: me, due: '2026-11-25' })
    const held = async () => (await open.replica?.get<'issue'>('Parts'))?.d
    await until(async () => expect(await held()).toMatchObject({ state: 'solved', solvedIn: meeting }))
    await until(() => expect(page.text()).toContain('Solved today'))
    useSnacks().act()
    await until(async () => expect(await held()).toMatchObject({ state: 'open', reopened: 1 }))
    expect(await held()).not.toHaveProperty('solvedIn')
  })

  it('stay with who is writing a decision, whatever is solved or voted on meanwhile', async () => {
    const page = await on(IssuesPart, [anIssue('Parts', { urgency: 2 }), anIssue('Hiring')])
    await press('solved')
    await page.get('.talk textarea').setValue('Half a sent')
    await open.replica?.set<'issue'>('Parts', { state: 'solved', decision: 'Said by another' })
    await open.replica?.add('round', { team: 'team_1', state: 'open', issues: ['Hiring'], voters: [me], dots: 3, cap: 1, openedBy: me, openedAt: noon, meeting })
    await until(() => expect(page.find('.vote-card').exists()).toBe(true))
    expect((page.get('.talk textarea').element as HTMLTextAreaElement).value).toBe('Half a sent')
  })
})

describe('who takes part', () => {
  const parts = { ScorecardPart, PrioritiesPart, HeadlinesPart, TodosPart, IssuesPart }
  const rows: Rows = [...kpis, anIssue('Parts'), { kind: 'todo', id: 'Offer', body: { title: 'Offer', owner: 'mem_ana', asker: 'mem_ana', askedAt: noon, due: '2026-11-17', state: 'open', team: 'team_1' } }, { kind: 'headline', id: 'News', body: { text: 'News', about: 'customer', team: 'team_1', saidBy: 'mem_ana', saidAt: noon } }, { kind: 'priority', id: 'p1', body: { seat: 'seat_ceo', title: 'Lyon', doneMeans: 'Invoice', quarter: '2026-Q4', due: '2026-12-31', state: 'open' } }]
  const sees = { ScorecardPart: 'OTIF', PrioritiesPart: 'Lyon', HeadlinesPart: 'News', TodosPart: 'Offer', IssuesPart: 'Parts' }

  it.each(Object.entries(parts))('a viewer sees it all and is offered nothing: %s', async (name, part) => {
    const page = await on(part, rows, 'viewer')
    await until(() => expect(page.text()).toContain(sees[name as keyof typeof sees]))
    await flushPromises()
    const enabled = page.findAll('button').filter(button => button.attributes('disabled') === undefined && !button.classes('todo-text'))
    expect(enabled.map(button => button.text())).toEqual([])
    expect(page.findAll('input, textarea, select')).toHaveLength(0)
  })

  it.each(['manager', 'member'] as const)('what a %s writes there is theirs to write', async (role) => {
    const judged: (string | undefined)[] = []
    const judge = <K extends Kind>(kind: K, id: string | undefined, before: Body | undefined, set: object) => {
      const { world } = usePredict(open.company as ReturnType<typeof useCompany>)
      judged.push(refuseWrite({ member: me, role }, world, { kind, id: id ?? '', before, set: set as Body, after: { ...before, ...set } as Body }))
    }
    const listening = (replica: Replica): Replica => ({
      ...replica,
      add: (kind, body, id) => {
        judge(kind, id, undefined, body)
        return replica.add(kind, body, id)
      },
      set: async (id, fields) => {
        const before = await replica.get(id)
        judge(before?.kind ?? 'org', id, before?.d as Body | undefined, fields)
        return replica.set(id, fields)
      },
    })
    const acts: [Component, () => Promise<unknown>][] = [
      [ScorecardPart, () => press('Drop to issues: OTIF')],
      [PrioritiesPart, () => press('off track')],
      [HeadlinesPart, () => type('Add a headline', 'Won')],
      [TodosPart, () => type('Add a to-do', 'Ask')],
      [IssuesPart, () => press('identified')],
      [IssuesPart, () => press('Keep for later')],
      [IssuesPart, () => type('Add an issue', 'Heat')],
      [IssuesPart, async () => {
        await press('Open a vote')
        await until(() => expect(open.page?.find('dialog form').exists()).toBe(true))
        await open.page?.get('dialog form').trigger('submit')
      }],
    ]
    for (const [part, act] of acts) {
      const before = judged.length
      const page = await on(part, rows, role, listening)
      await until(() => expect(page.findAll('.part button').length).toBeGreaterThan(0))
      await act()
      await until(() => expect(judged.length).toBeGreaterThan(before))
      page.unmount()
      await open.replica?.close()
    }
    expect(judged.filter(Boolean)).toEqual([])
  })
})
