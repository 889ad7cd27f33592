import type { VueWrapper } from '@vue/test-utils'
import type { Bodies, Kind } from '#shared/record/envelope.ts'
import type { Seat } from '#shared/record/seat.ts'
import type { Replica } from '../../client/db/types.ts'
import { afterEach, describe, expect, it } from 'vitest'
import PilotsPage from '../../client/pages/PilotsPage.vue'
import { aCompany, aKpi, me, noon, scores, show } from './support/company.ts'
import { until } from './support/until.ts'

const open: { replica?: Replica, page?: VueWrapper } = {}
const day = 86_400_000
const aBot = (id: string, more: Partial<Seat> = {}) => ({ kind: 'seat' as const, id, body: { kind: 'agent' as const, title: id, accountability: 'Works', owner: me, stage: 'pilot' as const, ...more } })
const aTeam = { kind: 'team' as const, id: 'team_1', body: { 'name': 'Delivery', 'slot': { weekday: 3, time: '14:00', minutes: 60 }, 'seat/seat_ceo': true as const } }

async function page(...rows: NonNullable<Parameters<typeof aCompany>[0]>) {
  const replica = open.replica = await aCompany(rows)
  const shown = open.page = show(PilotsPage, replica)
  await until(() => expect(shown.text()).toContain('How pilots fare'))
  return { replica, shown }
}

const all = <K extends Kind>(kind: K) => new Promise<Bodies[K][]>(resolve => void open.replica?.find<K>({ kind }).subscribe(found => found.length && resolve(found.map(({ d }) => d))))

afterEach(async () => {
  open.page?.unmount()
  await open.replica?.close()
})

describe('the pilots page', () => {
  it('shows how pilots fare beside the cited figure, and which light holds the rest back', async () => {
    const { shown } = await page(
      aBot('tern'),
      aBot('quill', { stage: 'planned' }),
      { kind: 'review', id: 'r1', body: { seat: 'seat_scout', by: me, at: noon - 50 * day, verdict: 'start', stage: 'pilot' } },
      { kind: 'review', id: 'r2', body: { seat: 'seat_scout', by: me, at: noon - 20 * day, verdict: 'promote', stage: 'production' } },
    )
    await until(() => expect(shown.text()).toContain('50% of your pilots are in production · half of them within 30 days'))
    expect(shown.findAll('.funnel .num').map(number => number.text())).toEqual(['2', '1', '0'])
    expect(shown.text()).toContain('68% of organisations moved 30% or fewer of their experiments to production (Deloitte)')
    expect(shown.text()).toMatch(/Measure: out for 1 pilot.*Cadence: out for 1 pilot/)
  })

  it('names who is overdue and what runs in production with a light out, with cost beside value', async () => {
    const { shown } = await page(aBot('tern', { nextReview: '2026-11-15', monthlyCost: 240, valueKpi: 'Kilometres' }), aKpi('Kilometres', { seat: 'tern' }), scores('Kilometres', { '2026-W46': 31.5 }))
    await until(() => expect(shown.text()).toContain('Promote, extend or stop?'))
    const cards = shown.findAll('section').map(card => card.text())
    expect(cards[0]).toMatch(/^In production, light out.*Scout/s)
    expect(cards[1]).toMatch(/^Pilots, review overdue.*Promote, extend or stop\?.*tern.*review 3 days overdue.*€240 a month · Kilometres: 31\.5 \(W46\)/s)
  })

  it('asks of what is in production or paused something else than of a pilot', async () => {
    const late = { nextReview: '2026-11-15' }
    const { shown } = await page(aBot('tern', { stage: 'paused', ...late }), aBot('quill', { stage: 'production', ...late }))
    await until(() => expect(shown.text()).toContain('Resume it, or retire it?'))
    const cards = shown.findAll('section').map(card => card.text())
    expect(cards.filter(card => card.includes('review overdue'))).toEqual([expect.stringMatching(/^In production, review overdue.*Keep it, or stop it\?.*quill/s), expect.stringMatching(/^Paused, review overdue.*tern/s)])
    expect(shown.text()).not.toContain('Promote, extend or stop?')
  })

  it('starts a pilot from a template in two taps, with team, owner, KPIs, goals, a review day and its first line of history', async () => {
    const { replica, shown } = await page(aTeam)
    await shown.findAll('button').find(button => button.text() === 'New pilot')?.trigger('click')
    await until(() => expect(shown.find('dialog form').exists()).toBe(true))
    await shown.get('dialog form').trigger('submit')
    await until(async () => expect(await all('review')).toMatchObject([{ verdict: 'start', stage: 'pilot', next: '2026-12-18', by: me }]))
    const [pilot] = (await all('seat')).filter(({ title }) => title === 'First answers')
    const kpis = await all('kpi')
    expect(pilot).toMatchObject({ kind: 'agent', stage: 'pilot', authority: 'draft', owner: me, reportsTo: 'seat_ceo', nextReview: '2026-12-18' })
    expect(kpis.map(kpi => kpi['goal/0']?.kind).sort()).toEqual(['atLeast', 'atMost'])
    const team = (await replica.get<'team'>('team_1'))?.d ?? {}
    expect(Object.keys(team).filter(field => field.startsWith('seat/'))).toHaveLength(2)
    expect((await replica.get<'kpi'>(pilot?.valueKpi ?? ''))?.d.title).toBe('Answers sent without help')
  })

  it.each([['leads', 'seat_ceo', true], ['does not lead', 'seat_scout', false]] as const)('a manager\'s pilot goes in the team of the seat above where they %s it, else an admin is named', async (_, lead, goesIn) => {
    const { replica, shown } = await page({ ...aTeam, body: { ...aTeam.body, lead } })
    await replica.set<'member'>(me, { role: 'manager' })
    await until(() => expect(shown.findAll('button').map(button => button.text())).toContain('New pilot'))
    await shown.findAll('button').find(button => button.text() === 'New pilot')?.trigger('click')
    await until(() => expect(shown.find('dialog form').exists()).toBe(true))
    expect(shown.get('dialog').text().includes('Delivery: an admin puts it in')).toBe(!goesIn)
    await shown.get('dialog form').trigger('submit')
    await until(async () => expect(await all('review')).toHaveLength(1))
    expect(Object.keys((await replica.get<'team'>('team_1'))?.d ?? {}).filter(field => field.startsWith('seat/'))).toHaveLength(goesIn ? 2 : 1)
  })
})
