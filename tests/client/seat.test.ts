import type { VueWrapper } from '@vue/test-utils'
import type { Seat } from '#shared/record/seat.ts'
import type { Replica } from '../../client/db/types.ts'
import { afterEach, describe, expect, it } from 'vitest'
import SeatPage from '../../client/pages/SeatPage.vue'
import { useSnacks } from '../../client/stores/snacks.ts'
import { aCompany, aKpi, me, scores, show } from './support/company.ts'
import { until } from './support/until.ts'

const open: { replica?: Replica, page?: VueWrapper } = {}
const aSeat = (id: string, more: Partial<Seat> = {}) => ({ kind: 'seat' as const, id, body: { kind: 'human' as const, title: id, accountability: `Answers for ${id}`, ...more } })
const press = (text: string) => open.page?.findAll('button').find(button => button.text() === text)?.trigger('click')

async function seat(id: string, rows: Parameters<typeof aCompany>[0] = []) {
  const replica = open.replica = await aCompany(rows)
  const page = open.page = show(SeatPage, replica, { id })
  await until(() => expect(page.find('.seat-head').exists()).toBe(true))
  const pick = async (line: string, label: string) => {
    await page.get(`[aria-label="${line}"]`).trigger('click')
    await until(() => expect(page.find('dialog').exists()).toBe(true))
    await page.findAll('dialog .list-row').find(row => row.find('.name').text() === label)?.trigger('click')
  }
  return { replica, page, pick, stored: async (one = id) => (await replica.get<'seat'>(one))?.d }
}

afterEach(async () => {
  open.page?.unmount()
  await open.replica?.close()
})

describe('a seat', () => {
  it('that an import left blank asks for its sentence, and nobody blanks it again', async () => {
    const { page, stored } = await seat('buyer', [aSeat('buyer', { accountability: '', importKey: 'r7', importNote: 'manager N/D' })])
    expect(page.text()).toContain('What does this seat answer for?')
    expect(page.text()).toContain('manager N/D')
    await page.get('.seat-head button').trigger('click')
    await page.get('.seat-head textarea').setValue('Buys well')
    await page.get('.seat-head form').trigger('submit')
    await until(async () => expect((await stored())?.accountability).toBe('Buys well'))
    await until(() => expect(page.text()).not.toContain('What does this seat answer for?'))
    await page.get('.seat-head button').trigger('click')
    await page.get('.seat-head textarea').setValue(' ')
    await page.get('.seat-head form').trigger('submit')
    await until(() => expect(page.get('.seat-head [role=alert]').text()).toBe('A seat needs one sentence saying what it answers for.'))
    expect((await stored())?.accountability).toBe('Buys well')
  })

  it('is filled and vacated; a vacant one is owned by the person above', async () => {
    const { page, pick, stored } = await seat('sales', [aSeat('sales', { reportsTo: 'seat_ceo' })])
    await until(() => expect(page.get('.seat-head').text()).toContain('owner Mara Ilves'))
    await pick('Assign: Holder', 'Ana Sol')
    await until(() => expect(page.get('.seat-head').text()).toContain('owner Ana Sol'))
    await pick('Change: Holder', 'Leave vacant')
    await until(async () => expect((await stored())?.holder).toBeUndefined())
  })

  it('does not move into a circle: both seats are named and nothing is written', async () => {
    const { page, pick, stored } = await seat('sales', [aSeat('sales', { reportsTo: 'seat_ceo' }), aSeat('field', { reportsTo: 'sales' })])
    await until(() => expect(page.text()).toContain('field'))
    await pick('Move: Reports to', 'field')
    await until(() => expect(page.get('[role=alert]').text()).toBe('“sales” cannot report to “field”: the circle would be sales → field → sales.'))
    expect((await stored())?.reportsTo).toBe('seat_ceo')
  })

  it('is archived with its KPIs, and undo brings back exactly those', async () => {
    const { replica, stored } = await seat('seat_ceo', [aKpi('Cash'), aKpi('Old', { archived: true })])
    const isAway = async (id: string) => (await replica.get<'kpi'>(id))?.d.archived ?? false
    await until(() => expect(open.page?.text()).toContain('Cash'))
    await press('Archive seat')
    await until(async () => expect([(await stored())?.archived, await isAway('Cash')]).toEqual([true, true]))
    await until(() => expect(useSnacks().current?.action).toBe('Undo'))
    useSnacks().act()
    await until(async () => expect([(await stored())?.archived, await isAway('Cash'), await isAway('Old')]).toEqual([undefined, false, true]))
  })

  it('shows its numbers with the last value, its issues and what reports to it', async () => {
    const { page } = await seat('seat_ceo', [
      aKpi('Cash'),
      scores('Cash', { '2026-W46': 31.5 }),
      aSeat('sales', { reportsTo: 'seat_ceo' }),
      { kind: 'issue', id: 'iss_1', body: { title: 'Receivables', state: 'open', horizon: 'now', seat: 'seat_ceo', raisedBy: me, raisedAt: 1 } },
    ])
    await until(() => expect(page.text()).toMatch(/Cash.*31\.5.*Receivables.*sales/s))
  })

  it('raises an issue tied to the seat and its team', async () => {
    const { replica, page } = await seat('seat_scout', [{ kind: 'team', id: 'team_1', body: { 'name': 'Sales', 'seat/seat_scout': true } }])
    await page.get('.issue-add input').setValue('Drafts sit unapproved')
    await page.get('.issue-add').trigger('submit')
    const [raised] = await new Promise<object[]>(resolve => replica.find({ kind: 'issue' }).subscribe(found => found.length && resolve(found.map(({ d }) => d))))
    expect(raised).toMatchObject({ title: 'Drafts sit unapproved', seat: 'seat_scout', team: 'team_1', raisedBy: me })
  })

  it('folds a page of text, and edits the whole of it', async () => {
    const whole = 'Does very much. '.repeat(400).trim()
    const { page } = await seat('sales', [aSeat('sales', { responsibilities: whole })])
    await until(() => expect(page.find('.edit-said.folded').text()).toBe(whole))
    await page.get('[aria-label="Show all: Responsibilities"]').trigger('click')
    expect([page.find('.folded').exists(), page.find('[aria-label="Show less: Responsibilities"]').attributes('aria-expanded')]).toEqual([false, 'true'])
    await page.get('[aria-label="Edit: Responsibilities"]').trigger('click')
    expect(page.get<HTMLTextAreaElement>('.edit-text textarea').element.maxLength).toBe(8000)
  })

  it('is only read by who may not change it', async () => {
    const { replica, page } = await seat('seat_ceo')
    await until(() => expect(page.text()).toContain('Archive seat'))
    await replica.set<'member'>(me, { role: 'member' })
    await until(() => expect(page.text()).not.toContain('Archive seat'))
    expect(page.findAll('.edit-text button, .person-line button')).toHaveLength(0)
  })
})
