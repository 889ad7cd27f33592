import type { Team } from '#shared/record/team.ts'
import type { Fields } from '../../client/db/types.ts'
import type { Phone } from '../support/replica.ts'
import { describe, expect, it } from 'vitest'
import { cellKey } from '#shared/kpi/cell.ts'
import { aroundSeat, nothingKnown } from '#shared/lifecycle/around.ts'
import { isFlagged, lightsOf } from '#shared/lifecycle/lights.ts'
import { aPerson } from '../support/person.ts'
import { agree, aPhone, settled } from '../support/replica.ts'
import { eachServer } from './phonesBench.ts'

const evidence = { owner: 'Ada', measure: 'Bookings', cadence: 'Mondays', handoff: 'Leads' }

describe('an agent promoted by phones that are not always there', () => {
  const bench = eachServer()

  /** Two phones of the founder, and a pilot that lacks only a score. */
  async function aPilot() {
    const ada = aPerson(bench.url())
    await ada.signUp()
    const { member } = await ada.createOrg()
    const [one, other] = bench.closing(await aPhone(ada), await aPhone(ada))
    const above = await one.add('seat', { kind: 'human', title: 'Sales', accountability: 'Sells', holder: member })
    const bot = await one.add('seat', { kind: 'agent', title: 'Scout', accountability: 'Books', owner: member, reportsTo: above, stage: 'pilot', authority: 'draft', nextReview: '2027-01-01' })
    const kpi = await one.add('kpi', { 'seat': bot, 'title': 'Bookings', 'unit': 'number', 'decimals': 0, 'better': 'up', 'cadence': 'week', 'rollUp': 'sum', 'goal/0': { kind: 'atLeast', target: 3 } })
    await one.add('team', { name: 'Sales', slot: { weekday: 1, time: '09:00', minutes: 60 }, ...Object.fromEntries([[`seat/${bot}`, true]]) } as Team)
    await one.add('contract', { from: bot, to: above, passes: 'Leads', must: 'Call', hours: 24, onMiss: 'Ask' })
    await settled(one)
    await agree([one, other], { kind: 'contract' }, found => found.length === 1)
    const cell = [cellKey('2026-W46', member), { value: 4, at: 1, source: 'hand' }]
    const score = (phone: Phone) => phone.put('sheet', `sheet:${kpi}:2026-Q4`, Object.fromEntries([cell]) as Fields<'sheet'>, { kpi, quarter: '2026-Q4' })
    const promote = async (phone: Phone) => {
      await phone.add('review', { seat: bot, by: member, at: phone.now(), verdict: 'promote', stage: 'production', evidence })
      await phone.set<'seat'>(bot, { stage: 'production' })
    }
    return { one, other, bot, kpi, score, promote }
  }

  const refusedOn = (phone: Phone) => new Promise<string[]>(resolve => void phone.kept.subscribe(kept => resolve(kept.map(({ refusal }) => refusal.code))))

  it('[R13] the last score and the promotion, made with no signal, are both taken once there is one', async () => {
    const { one, other, bot, score, promote } = await aPilot()
    one.offline()
    await score(one)
    await promote(one)
    one.online()
    await settled(one)
    expect(await refusedOn(one)).toEqual([])
    await agree([one, other], { kind: 'seat' }, found => found.find(({ id }) => id === bot)?.d.stage === 'production')
  })

  it('a promotion that lacks a light is refused in the end, with its own code, and the seat stays a pilot', async () => {
    const { one, other, bot, promote } = await aPilot()
    await promote(one)
    await settled(one)
    expect(new Set(await refusedOn(one))).toEqual(new Set(['lights-out']))
    expect((await one.get<'seat'>(bot))?.d.stage).toBe('pilot')
    expect(await agree([one, other], { kind: 'review' })).toEqual([])
  })

  it('promoted on one phone while another puts its KPI away: in production on both, and flagged on both', async () => {
    const { one, other, bot, kpi, score, promote } = await aPilot()
    await score(one)
    await settled(one)
    other.offline()
    await other.set<'kpi'>(kpi, { archived: true })
    await promote(one)
    await settled(one)
    other.online()
    await settled(other)
    const seats = await agree([one, other], { kind: 'seat' }, found => found.find(({ id }) => id === bot)?.d.stage === 'production')
    const kpis = await agree([one, other], { kind: 'kpi' }, found => found[0]?.d.archived === true)
    const seat = seats.find(({ id }) => id === bot)?.d
    const lookup = { seat: (id: string) => seats.find(one => one.id === id)?.d, member: () => ({ name: 'Ada', role: 'admin' as const, state: 'active' as const }) }
    expect(seat && isFlagged(seat, lightsOf({ id: bot, seat, around: aroundSeat(bot, { ...nothingKnown, kpi: kpis }), lookup }))).toBe(true)
  })
})
