import type { VueWrapper } from '@vue/test-utils'
import type { Replica } from '../../client/db/types.ts'
import { afterEach, describe, expect, it, vi } from 'vitest'
import KpiPage from '../../client/pages/KpiPage.vue'
import ScorecardPage from '../../client/pages/ScorecardPage.vue'
import { useSnacks } from '../../client/stores/snacks.ts'
import { aCompany, aKpi, me, myEntry, scores, show } from './support/company.ts'
import { until } from './support/until.ts'

const open: { replica?: Replica, page?: VueWrapper } = {}
const width = (wide: boolean) => vi.spyOn(window, 'matchMedia').mockReturnValue(Object.assign(new EventTarget(), { matches: wide }) as MediaQueryList)

async function shown(page: typeof ScorecardPage | typeof KpiPage, rows: Parameters<typeof aCompany>[0], props = {}) {
  open.replica = await aCompany(rows)
  open.page = show(page, open.replica, props)
  const { replica, page: wrapper } = open
  const press = (text: string) => wrapper.findAll('button').find(button => button.text() === text)?.trigger('click')
  return { replica, page: wrapper, press }
}

afterEach(async () => {
  open.page?.unmount()
  await open.replica?.close()
  vi.restoreAllMocks()
})

const cash = [aKpi('Cash'), scores('Cash', { '2026-W45': 20, '2026-W46': 25, '2026-W47': 40 })]

describe('the scorecard on a phone', () => {
  it('has one card a KPI with 13 marks that are said in words', async () => {
    width(false)
    const { page } = await shown(ScorecardPage, cash)
    await until(() => expect(page.findAll('.mark')).toHaveLength(13))
    expect(page.get('.marks').attributes('aria-label')).toContain('Week 46 off track, Week 47 on track')
    expect(page.get('.score-card').text()).toContain('40')
  })

  it('filters by team and by mine', async () => {
    width(false)
    const { page, press } = await shown(ScorecardPage, [...cash, aKpi('Others', { seat: 'seat_other' }), { kind: 'team', id: 'team_1', body: { 'name': 'Leads', 'seat/seat_other': true } }])
    await until(() => expect(page.findAll('.score-card')).toHaveLength(2))
    await press('Leads')
    await until(() => expect(page.findAll('.score-card .name').map(name => name.text())).toEqual(['Others']))
    await press('Mine')
    await until(() => expect(page.findAll('.score-card .name').map(name => name.text())).toEqual(['Cash']))
  })

  it('adds a KPI with its goal, and says what is missing before', async () => {
    width(false)
    const { replica, page, press } = await shown(ScorecardPage, [])
    await until(() => expect(page.text()).toContain('No numbers here yet'))
    await press('Add KPI')
    await until(() => expect(page.find('dialog form').exists()).toBe(true))
    await page.get('dialog form').trigger('submit')
    expect(page.findAll('[role=alert]').map(error => error.text())).toEqual(['Say what is counted.', 'A number is needed.'])
    const [title, target] = page.findAll('dialog input')
    await title?.setValue('First reply')
    await target?.setValue('4,5')
    await page.get('dialog form').trigger('submit')
    const found = await until(async () => {
      const link = page.get('.score-card').attributes('href') ?? ''
      return replica.get<'kpi'>(link.replace('/kpi/', ''))
    })
    expect(found?.d).toMatchObject({ 'seat': 'seat_ceo', 'title': 'First reply', 'cadence': 'week', 'better': 'up', 'goal/0': { kind: 'atLeast', target: 4.5 } })
  })
})

describe('the scorecard grid', () => {
  async function grid() {
    width(true)
    const { replica, page } = await shown(ScorecardPage, [...cash, aKpi('Deals')])
    await until(() => expect(page.findAll('.grid-name')).toHaveLength(3))
    const key = (name: string) => page.get('[role=grid]').trigger('keydown', { key: name })
    return { replica, page, key }
  }

  it('takes what is typed straight into the cell in focus and moves on with Enter', async () => {
    const { replica, page, key } = await grid()
    await page.findAll('.grid-cell')[12]?.trigger('click')
    await key('ArrowLeft')
    await key('7')
    await page.get('.grid-cell input').setValue('77')
    await key('Enter')
    await until(async () => expect((await myEntry(replica, 'Cash', '2026-W46'))?.value).toBe(77))
    await until(() => expect(page.get('[data-active]').attributes('aria-label')).toMatch(/^Deals, Week 46/))
  })

  it('forgets what was typed on Escape and keeps a word that is no number out', async () => {
    const { replica, page, key } = await grid()
    await page.findAll('.grid-cell')[12]?.trigger('click')
    await key('9')
    await key('Escape')
    expect(page.find('.grid-cell input').exists()).toBe(false)
    await key('9')
    await page.get('.grid-cell input').setValue('9..9')
    await key('Enter')
    expect((await myEntry(replica, 'Cash', '2026-W47'))?.value).toBe(40)
  })

  it('shows the total by roll-up and the average of what is there', async () => {
    const { page } = await grid()
    expect(page.findAll('[role=row]')[1]?.findAll('[role=gridcell]').slice(-2).map(cell => cell.text())).toEqual(['85', '28.3'])
  })
})

describe('the page of a KPI', () => {
  it('draws gaps, says the chart in a sentence, and has a table one tap away', async () => {
    const { page, press } = await shown(KpiPage, [aKpi('Cash'), scores('Cash', { '2026-W43': 20, '2026-W47': 40 })], { id: 'Cash' })
    await until(() => expect(page.find('.chart').exists()).toBe(true))
    expect(page.get('.chart').attributes('aria-label')).toBe('Cash, Week 35 to Week 47: 2 of 13 periods with a number, the newest 40, lowest 20, highest 40. 1 off track.')
    expect(page.get('.chart-line').attributes('d')).not.toContain('L')
    await press('Show as a table')
    expect(page.findAll('.kpi-table tbody tr')).toHaveLength(13)
  })

  it('shows what else was reported, one tap to count it', async () => {
    const { replica, page } = await shown(KpiPage, [aKpi('Cash'), { kind: 'sheet', id: 'sheet:Cash:2026-Q4', body: {
      'kpi': 'Cash',
      'quarter': '2026-Q4',
      [`cell/2026-W47/${me}`]: { value: 40, at: 2, source: 'hand' },
      'cell/2026-W47/mem_ana': { value: 12, at: 1, source: 'hand' },
    } }], { id: 'Cash' })
    await until(() => expect(page.get('.also').text()).toContain('Also reported: 12 by Ana Sol'))
    await page.get('.also').trigger('click')
    await until(async () => expect((await replica.get<'sheet'>('sheet:Cash:2026-Q4'))?.d['chosen/2026-W47']).toBe('mem_ana'))
    await until(() => expect(page.get('.kpi-now').text()).toBe('12'))
  })

  it('changes a goal from a period on and leaves the old one to the periods before', async () => {
    const { replica, page, press } = await shown(KpiPage, cash, { id: 'Cash' })
    await until(() => expect(page.find('.chart').exists()).toBe(true))
    await press('Change goal')
    await until(() => expect(page.find('dialog form').exists()).toBe(true))
    await page.get('dialog input').setValue('50')
    await page.get('dialog form').trigger('submit')
    await until(async () => expect((await replica.get<'kpi'>('Cash'))?.d).toMatchObject({ 'goal/0': { target: 30 }, 'goal/2026-W47': { kind: 'atLeast', target: 50 } }))
  })

  it('raises an issue that knows where it came from', async () => {
    const { replica, page, press } = await shown(KpiPage, cash, { id: 'Cash' })
    await until(() => expect(page.find('.chart').exists()).toBe(true))
    await press('Raise an issue')
    await until(() => expect(page.find('dialog form').exists()).toBe(true))
    await page.get('dialog form').trigger('submit')
    await until(() => expect(useSnacks().current?.text).toBe('Issue raised'))
    const waiting = await new Promise<readonly { kind: string, d: object }[]>(resolve => replica.waiting.subscribe(all => all.some(rec => rec.kind === 'issue') && resolve(all)))
    expect(waiting.find(rec => rec.kind === 'issue')?.d).toMatchObject({ kpi: 'Cash', seat: 'seat_ceo', raisedBy: me, state: 'open' })
  })
})
