import type { VueWrapper } from '@vue/test-utils'
import type { Replica } from '../../client/db/types.ts'
import { afterEach, describe, expect, it } from 'vitest'
import TodayPage from '../../client/pages/TodayPage.vue'
import { useSnacks } from '../../client/stores/snacks.ts'
import { aCompany, aKpi, me, myEntry, noon, scores, show } from './support/company.ts'
import { until } from './support/until.ts'

const week = '2026-W47'
const open: { replica?: Replica, page?: VueWrapper } = {}

async function today(...rows: Parameters<typeof aCompany>) {
  const replica = open.replica = await aCompany(...rows)
  const page = open.page = show(TodayPage, replica)
  const press = (text: string) => page.findAll('button').find(button => button.text() === text)?.trigger('click')
  const next = async () => {
    await until(() => expect(page.find('[aria-label="Enter the next number"]').exists()).toBe(true))
    await page.get('[aria-label="Enter the next number"]').trigger('click')
    await until(() => expect(page.find('dialog').exists()).toBe(true))
  }
  const keys = async (text: string) => {
    for (const key of text)
      await page.findAll('.pad button').find(button => button.text() === key)?.trigger('click')
  }
  return { replica, page, press, next, keys, value: () => page.get<HTMLInputElement>('.pad-field input').element.value }
}

afterEach(async () => {
  open.page?.unmount()
  await open.replica?.close()
})

describe('today', () => {
  it('shows the first steps where a company has no numbers', async () => {
    const { page } = await today()
    await until(() => expect(page.text()).toContain('Add a seat'))
  })

  it('counts the numbers of the seats I hold and of the agents I own', async () => {
    const { page } = await today([aKpi('Cash'), aKpi('Meetings', { seat: 'seat_scout' }), aKpi('Others', { seat: 'seat_other' }), scores('Meetings', { [week]: 40 }, 'seat_scout')])
    await until(() => expect(page.text()).toContain('1 of 2 numbers in'))
    expect(page.text()).not.toContain('Others')
    expect(page.text()).toContain('written by Scout')
  })

  it('names the agents I own whose review is due, the longest overdue first, with the way to it', async () => {
    const aBot = (id: string, nextReview: string, more: object = {}) => ({ kind: 'seat' as const, id, body: { kind: 'agent' as const, title: id, accountability: 'Works', owner: me, stage: 'pilot' as const, nextReview, ...more } })
    const { page } = await today([aBot('Tern', '2026-11-18'), aBot('Prism', '2026-11-08', { stage: 'production' }), aBot('Later', '2026-11-19'), aBot('Theirs', '2026-11-01', { owner: 'mem_ana' }), aBot('Gone', '2026-11-01', { stage: 'retired' })])
    await until(() => expect(page.find('[aria-label="Reviews due"]').exists()).toBe(true))
    const lines = page.get('[aria-label="Reviews due"]').findAll('a')
    expect(lines.map(line => [line.attributes('href'), line.get('.name').text(), line.get('.sub').text()])).toEqual([
      ['/seat/Prism?review', 'Prism', 'review 10 days overdue · Keep it, or stop it?'],
      ['/seat/Tern?review', 'Tern', 'review due today · Promote, extend or stop?'],
    ])
  })

  it('shows an open vote with the dots left', async () => {
    const { page } = await today([
      { kind: 'team', id: 'team_1', body: { name: 'Leadership' } },
      { kind: 'round', id: 'round_1', body: { team: 'team_1', state: 'open', issues: ['iss_1'], voters: [me, 'mem_ana'], dots: 3, cap: 1, openedBy: 'mem_ana', openedAt: noon } },
      { kind: 'ballot', id: `ballot:round_1:${me}`, body: { round: 'round_1', voter: me, dots: { iss_1: 1 } } },
    ])
    await until(() => expect(page.text()).toMatch(/Leadership is voting.*0 of 2 have voted · 2 dots left/s))
  })
})

describe('the number pad', () => {
  it('makes the score on Next and walks to the next missing number', async () => {
    const { replica, page, next, keys, press } = await today([aKpi('Cash'), aKpi('Deals')])
    await next()
    const first = page.get('dialog h2').text()
    await keys('31.5')
    await press('Next number')
    await until(async () => expect(await myEntry(replica, first, week)).toEqual({ value: 31.5, at: noon, source: 'hand' }))
    await until(() => expect(page.get('dialog h2').text()).not.toBe(first))
  })

  it('makes the score when the sheet is closed, and undo takes it back to a draft', async () => {
    const { replica, page, next, keys } = await today([aKpi('Cash')])
    await next()
    await keys('42')
    await page.get('dialog').trigger('cancel')
    await until(async () => expect((await myEntry(replica, 'Cash', week))?.value).toBe(42))
    await until(() => expect(useSnacks().current?.action).toBe('Undo'))
    useSnacks().act()
    await until(async () => expect(await myEntry(replica, 'Cash', week)).toBeUndefined())
    await until(async () => expect(await replica.draft(`score/Cash/${week}`)).toBe('42'))
  })

  it('keeps what is no number yet as a draft that is there next time', async () => {
    const { replica, page, next, press, value } = await today([aKpi('Cash')])
    await next()
    await page.get('.pad-field input').setValue('12..')
    await press('Done')
    await until(() => expect(page.text()).toContain('That is not a number yet.'))
    await page.get('dialog').trigger('cancel')
    await until(() => expect(page.find('dialog').exists()).toBe(false))
    await next()
    await until(() => expect(value()).toBe('12..'))
    expect(await myEntry(replica, 'Cash', week)).toBeUndefined()
  })

  it('asks once about a number five times what is usual, and takes it when it is right', async () => {
    const { replica, page, next, keys, press } = await today([aKpi('Cash'), scores('Cash', { '2026-W43': 10, '2026-W44': 11, '2026-W45': 9, '2026-W46': 10 })])
    await next()
    await keys('50')
    await press('Done')
    await until(() => expect(page.text()).toContain('50 is far from usual. Is it right?'))
    expect(await myEntry(replica, 'Cash', week)).toBeUndefined()
    await press('Yes, it is')
    await until(async () => expect((await myEntry(replica, 'Cash', week))?.value).toBe(50))
  })

  it('turns the sign, erases, and takes the last value again', async () => {
    const { page, next, keys, press, value } = await today([aKpi('Cash'), scores('Cash', { '2026-W46': 1234.5 })])
    await next()
    await keys('12')
    await press('±')
    expect(value()).toBe('-12')
    await page.get('[aria-label=Erase]').trigger('click')
    expect(value()).toBe('-1')
    await press('Same')
    expect([value(), page.get('.pad-said').text()]).toEqual(['1234.5', '= 1,234.5 · goal ≥ 30'])
  })

  it('asks a yes-or-no number with two buttons', async () => {
    const { replica, page, next, press } = await today([aKpi('Payroll', { unit: 'yesNo' }, { kind: 'yesNo', target: true })])
    await next()
    expect(page.find('.pad').exists()).toBe(false)
    await press('No')
    await until(async () => expect((await myEntry(replica, 'Payroll', week))?.value).toBe(0))
  })

  it('says with a reason that a number cannot be reported', async () => {
    const { replica, page, next, press } = await today([aKpi('Cash')])
    await next()
    await press('Can’t report')
    await page.get('dialog form input').setValue('The bank is closed')
    await page.get('dialog form').trigger('submit')
    await until(async () => expect(await myEntry(replica, 'Cash', week)).toMatchObject({ value: null, unavailable: 'The bank is closed' }))
    await until(() => expect(page.text()).toContain('can’t report'))
  })
})
