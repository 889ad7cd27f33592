import type { VueWrapper } from '@vue/test-utils'
import type { Review } from '#shared/record/review.ts'
import type { Seat } from '#shared/record/seat.ts'
import type { Replica } from '../../client/db/types.ts'
import { afterEach, describe, expect, it } from 'vitest'
import SeatPage from '../../client/pages/SeatPage.vue'
import { aCompany, aKpi, me, scores, show } from './support/company.ts'
import { until } from './support/until.ts'

const open: { replica?: Replica, page?: VueWrapper } = {}
const bot = 'seat_tern'
const aBot = (more: Partial<Seat> = {}) => ({ kind: 'seat' as const, id: bot, body: { kind: 'agent' as const, title: 'Tern', accountability: 'Plans rounds', owner: me, stage: 'pilot' as const, authority: 'draft' as const, ...more } })
const aTeam = (more: object = {}) => ({ kind: 'team' as const, id: 'team_1', body: { name: 'Delivery', slot: { weekday: 3, time: '14:00', minutes: 60 }, [`seat/${bot}` as const]: true as const, ...more } })
const aContract = { kind: 'contract' as const, id: 'con_1', body: { from: bot, to: 'seat_ceo', passes: 'Rounds', must: 'Drive them', hours: 4, onMiss: 'Call' } }
const lit = [aTeam(), aContract, aKpi('Kilometres', { seat: bot }), scores('Kilometres', { '2026-W46': 31.5 })]

function press(text: string, within = '') {
  const button = open.page?.findAll(`${within} button`).find(one => one.text() === text || one.attributes('aria-label') === text)
  if (!button)
    throw new Error(`no button ${text}`)
  return button.trigger('click')
}
const reviews = async () => new Promise<Review[]>(resolve => open.replica?.find({ kind: 'review' }).subscribe(found => resolve(found.map(({ d }) => d))).unsubscribe)

async function page(...rows: NonNullable<Parameters<typeof aCompany>[0]>) {
  const replica = open.replica = await aCompany(rows)
  const shown = open.page = show(SeatPage, replica, { id: bot })
  await until(() => expect(shown.findAll('.light')).toHaveLength(4))
  const untilShown = (text: string) => until(() => expect(shown.text()).toContain(text))
  return { replica, shown, untilShown, stored: async () => (await replica.get<'seat'>(bot))?.d, out: () => shown.findAll('.light.off .name').map(name => name.text()) }
}

afterEach(async () => {
  open.page?.unmount()
  await open.replica?.close()
})

describe('an agent\'s seat on its way to production', () => {
  it('says of each light what it rests on or what it lacks', async () => {
    const { shown, out } = await page(aBot(), aTeam(), aKpi('Kilometres', { seat: bot }))
    await until(() => expect(out()).toEqual(['Measure', 'Cadence', 'Handoff']))
    expect(shown.findAll('.light .sub').map(line => line.text())).toEqual(['Mara Ilves', 'No number is in yet', 'No next review is set', 'Nothing is agreed with a person’s seat'])
  })

  it('tells a manager who leads no team to ask an admin, and one who leads one to put it there', async () => {
    const { replica, shown } = await page(aBot({ reportsTo: 'seat_ceo' }), aTeam({ [`seat/${bot}`]: undefined, lead: 'seat_scout' }))
    await replica.set<'member'>(me, { role: 'manager' })
    await until(() => expect(shown.text()).toContain('In no team: ask an admin'))
    await replica.set<'team'>('team_1', { lead: 'seat_ceo' })
    await until(() => expect(shown.text()).not.toContain('ask an admin'))
    await press('Put in a team')
    await until(() => expect(shown.findAll('dialog .list-row')).toHaveLength(1))
    await shown.get('dialog .list-row').trigger('click')
    await until(async () => expect((await replica.get<'team'>('team_1'))?.d[`seat/${bot}`]).toBe(true))
  })

  it('gets its next review on the spot, by a recorded look', async () => {
    const { out, stored } = await page(aBot(), ...lit)
    await until(() => expect(out()).toEqual(['Cadence']))
    await press('Set the review')
    await until(() => expect(open.page?.find('dialog input[type=date]').exists()).toBe(true))
    await open.page?.get('dialog input[type=date]').setValue('2026-12-18')
    await open.page?.get('dialog form').trigger('submit')
    await until(async () => expect((await stored())?.nextReview).toBe('2026-12-18'))
    await until(() => expect(out()).toEqual([]))
    expect(await reviews()).toMatchObject([{ verdict: 'keep', next: '2026-12-18', by: me, seat: bot, stage: 'pilot' }])
  })

  it('waits for the server before it can be promoted, where that never heard of it', async () => {
    const { shown, untilShown } = await page(aBot({ nextReview: '2026-12-01' }), ...lit)
    await untilShown('The server does not know this seat yet.')
    expect(shown.findAll('button').map(button => button.text())).not.toContain('Promote')
  })

  it('linked to as a review, it asks at once what comes of it; paused, whether it goes on', async () => {
    const { replica, shown } = await page(aBot({ nextReview: '2026-11-15' }), ...lit)
    const outcomes = async () => {
      await shown.vm.$router.push(`/seat/${bot}?review`)
      await until(() => expect(shown.find('dialog select').exists()).toBe(true))
      await until(() => expect(shown.vm.$route.query).toEqual({}))
      const found = shown.get('dialog select').findAll('option').map(option => option.text())
      await press('Close')
      return found
    }
    expect(await outcomes()).toEqual(['Extend the pilot', 'Pause'])
    await replica.set<'seat'>(bot, { stage: 'paused' })
    await until(() => expect(shown.text()).toContain('Resume it, or retire it?'))
    expect(await outcomes()).toEqual(['Keep as it is', 'Resume'])
  })

  it('is stopped by one tap that asks nothing, is on record, and resumes', async () => {
    const { stored, untilShown } = await page(aBot({ nextReview: '2026-12-01' }), ...lit)
    await press('Stop Tern at once')
    await until(async () => expect((await stored())?.stage).toBe('paused'))
    await untilShown('Resume')
    expect(await reviews()).toMatchObject([{ verdict: 'pause', by: me, stage: 'paused', evidence: { owner: 'Mara Ilves', handoff: 'Rounds, with CEO' } }])
    await press('Resume')
    await until(() => expect(open.page?.find('dialog form').exists()).toBe(true))
    await open.page?.get('dialog form').trigger('submit')
    await until(async () => expect((await stored())?.stage).toBe('pilot'))
  })

  it('in production with a light out it is flagged, and stays', async () => {
    const { untilShown, stored } = await page(aBot({ stage: 'production', nextReview: '2026-12-01' }), aTeam(), aContract)
    await untilShown('In production with a light out')
    expect((await stored())?.stage).toBe('production')
  })

  it('authority falls at once', async () => {
    const { stored } = await page(aBot({ authority: 'bounded' }))
    await press('Lower authority')
    await until(() => expect(open.page?.findAll('dialog .list-row')).toHaveLength(2))
    await open.page?.findAll('dialog .list-row')[0]?.trigger('click')
    await until(async () => expect((await stored())?.authority).toBe('draft'))
    expect(await reviews()).toMatchObject([{ verdict: 'lower', authority: 'draft' }])
  })

  it('raised to act within limits, it is told which: what is listed, so often a day', async () => {
    const { replica, shown, stored } = await page(aBot({ authority: 'bounded' }))
    expect(shown.text()).toContain('No limit is set: it does nothing alone yet')
    await press('Edit: May do alone, times a day')
    const input = shown.get('.limits input')
    await input.setValue('2.5')
    await input.trigger('change')
    expect(shown.get('.limits [role=alert]').text()).toBe('A whole number up to 10,000')
    await input.setValue('12')
    await input.trigger('change')
    await until(async () => expect((await stored())?.['may/raise_issue']).toBe(12))
    await press('Done: May do alone, times a day')
    await until(() => expect(shown.text()).toContain('Raise an issue: 12 a day'))
    await replica.set<'seat'>(bot, { owner: 'mem_ana' })
    await replica.set<'member'>(me, { role: 'manager' })
    await until(() => expect(shown.findAll('button').map(button => button.attributes('aria-label'))).not.toContain('Edit: May do alone, times a day'))
  })

  it('retires with a reason and a place for each duty, and the duties go there', async () => {
    const { replica, stored } = await page(aBot(), aContract, aKpi('Kilometres', { seat: bot }))
    await press('Retire')
    await until(() => expect(open.page?.findAll('dialog .pick')).toHaveLength(2))
    await open.page?.get('dialog.sheet form').trigger('submit')
    expect((await stored())?.stage).toBe('pilot')
    await open.page?.get('dialog textarea').setValue('Too dear')
    const choose = async (at: number, label: string) => {
      await open.page?.findAll('dialog .pick')[at]?.trigger('click')
      await until(() => expect(open.page?.findAll('dialog dialog .list-row').length).toBeGreaterThan(0))
      await open.page?.findAll('dialog dialog .list-row').find(row => row.find('.name').text() === label)?.trigger('click')
    }
    await choose(0, 'CEO')
    await choose(1, 'Ends with this seat')
    await open.page?.get('dialog.sheet form').trigger('submit')
    await until(async () => expect((await stored())?.stage).toBe('retired'))
    await until(async () => expect([(await replica.get<'kpi'>('Kilometres'))?.d.seat, (await replica.get<'contract'>('con_1'))?.d.archived]).toEqual(['seat_ceo', true]))
    expect(await reviews()).toMatchObject([{ verdict: 'retire', reason: 'Too dear', duties: { Kilometres: 'CEO', con_1: 'Ends with this seat' } }])
  })

  it('shows what it costs beside what it is worth, and how often it is looked at', async () => {
    const { stored, untilShown, shown } = await page(aBot(), ...lit)
    await press('Edit: Cost and value')
    const [value, every] = shown.findAll('[aria-label="Cost and value"] select')
    await shown.get('[aria-label="Cost and value"] input').setValue('240')
    await value?.setValue('Kilometres')
    await every?.setValue('week')
    await until(async () => expect(await stored()).toMatchObject({ monthlyCost: 240, valueKpi: 'Kilometres', reviewEvery: 'week' }))
    await untilShown('€240')
    await untilShown('31.5 (W46)')
  })

  it('is only read by who neither owns it nor answers for it', async () => {
    const { replica, shown } = await page(aBot({ owner: 'mem_ana' }))
    await replica.set<'member'>(me, { role: 'member' })
    await until(() => expect(shown.findAll('.life-steps')).toHaveLength(0))
    expect(shown.findAll('.light button')).toHaveLength(0)
  })
})
