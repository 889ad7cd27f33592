import type { Known } from '#shared/lifecycle/around.ts'
import type { Bodies } from '#shared/record/envelope.ts'
import type { Seat } from '#shared/record/seat.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rungAbove, rungOf, rungs, rungsBelow } from '#shared/lifecycle/authority.ts'
import { dutiesOf, unplaced } from '#shared/lifecycle/duties.ts'
import { isFlagged, lightsOf } from '#shared/lifecycle/lights.ts'
import { canMove, stageBeforePause } from '#shared/lifecycle/moves.ts'
import { refuseReview, refuseStep } from '#shared/lifecycle/refuse.ts'
import { stages } from '#shared/record/seat.ts'
import { verdicts } from '#shared/record/workState.ts'
import { aBot, aContract, aKpi, aReview, around, aSheet, aTeam, bot, evidence, lookup } from './build.ts'

type Records = { [K in keyof Known]?: Bodies[K][] }
const day = fc.constantFrom('2026-12-01', '2027-01-01')
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined })

type SeatStep = Partial<Pick<Seat, 'stage' | 'authority' | 'nextReview' | 'owner' | 'accountability'>>
type Act = { seat: SeatStep } | { review: Partial<Bodies['review']> } | { records: Records }

/** The way from nothing to production and a rung up. */
const way: Act[] = [
  { records: { kpi: [aKpi()], sheet: [aSheet(1)], team: [aTeam()], contract: [aContract()] } },
  { seat: { stage: 'planned' } },
  { seat: { stage: 'pilot' } },
  { review: { verdict: 'keep', next: '2026-12-01' } },
  { seat: { nextReview: '2026-12-01' } },
  { review: { verdict: 'promote', stage: 'production', evidence } },
  { seat: { stage: 'production' } },
  { review: { verdict: 'raise', authority: 'approve', reason: 'Good' } },
  { seat: { authority: 'approve' } },
]

/** What happens around a seat, in any order, by anybody: half of it would lead somewhere. */
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...way) },
  fc.record({ seat: fc.record({ stage: maybe(fc.constantFrom(...stages)), authority: maybe(fc.constantFrom(...rungs)), nextReview: maybe(day), owner: maybe(fc.constantFrom('ana', 'leo')), accountability: fc.constantFrom('Books', ' ') }, { requiredKeys: [] }) }),
  fc.record({ review: fc.record({ verdict: fc.constantFrom(...verdicts), stage: maybe(fc.constantFrom(...stages)), authority: maybe(fc.constantFrom(...rungs)), next: maybe(day), reason: maybe(fc.constantFrom('Good', ' ')), evidence: maybe(fc.constantFrom(evidence, { owner: 'Ana' })) }) }),
  fc.record({ records: fc.record<Records>({ kpi: fc.constantFrom([], [aKpi()]), sheet: fc.constantFrom([], [aSheet(1)]), team: fc.constantFrom([], [aTeam()]), contract: fc.constantFrom([], [aContract()], [aContract({ to: 'other' })]) }, { requiredKeys: [] }) }),
)

/** Most of the way, and then anything. */
const walk = fc.tuple(fc.subarray(way, { minLength: way.length - 2 }), fc.array(act, { maxLength: 40, size: 'max' })).map(([begun, more]) => [...begun, ...more])

interface State { seat: Seat | undefined, records: Records, reviews: Bodies['review'][] }

/** Takes what the rules take, as the server does. */
function take(state: State, one: Act, seen: (before: State, seat: Seat) => void): State {
  const see = () => around({ kpi: [], sheet: [], team: [], contract: [], ...state.records, review: state.reviews })
  if ('records' in one)
    return { ...state, records: { ...state.records, ...one.records } }
  if ('review' in one) {
    const review = aReview(one.review)
    return !state.seat || refuseReview(review, { id: bot, seat: state.seat, around: see, lookup }) ? state : { ...state, reviews: [...state.reviews, review] }
  }
  const seat = { ...state.seat ?? aBot({ stage: undefined, authority: undefined }), ...one.seat } as Seat
  if (refuseStep({ id: bot, before: state.seat, seat, around: see, lookup }))
    return state
  seen(state, seat)
  return { ...state, seat }
}

const run = (acts: readonly Act[], seen: (before: State, seat: Seat) => void) => acts.reduce<State>((state, one) => take(state, one, seen), { seat: undefined, records: {}, reviews: [] })
const lightsIn = ({ records }: State, seat: Seat) => lightsOf({ id: bot, seat, around: around({ kpi: [], sheet: [], team: [], contract: [], ...records }), lookup })

describe('the steps of an agent\'s seat', () => {
  it('no sequence of steps reaches production without four lights, a sentence and its evidence on record', () => {
    const arrived = { count: 0 }
    fc.assert(fc.property(walk, acts => void run(acts, (before, seat) => {
      if (seat.stage === 'production' && before.seat?.stage !== 'production') {
        arrived.count++
        expect(lightsIn(before, seat).every(({ on }) => on)).toBe(true)
        expect(seat.accountability.trim()).not.toBe('')
        expect(before.reviews.some(({ stage, evidence: shown }) => stage === 'production' && shown?.handoff)).toBe(true)
      }
    })), { numRuns: 300 })
    expect(arrived.count).toBeGreaterThan(30)
  })

  it('whatever happens, a seat in production with a light out is flagged and stays where it is', () => {
    const seen = { flagged: 0 }
    fc.assert(fc.property(walk, (acts) => {
      const { seat, ...rest } = run(acts, () => {})
      if (seat?.stage !== 'production')
        return
      const states = lightsIn({ seat, ...rest }, seat)
      expect(isFlagged(seat, states)).toBe(!states.every(({ on }) => on))
      seen.flagged += Number(isFlagged(seat, states))
    }), { numRuns: 300 })
    expect(seen.flagged).toBeGreaterThan(5)
  })

  it('authority never rises by more than a rung, nor without a reason; the next review never moves without a look', () => {
    fc.assert(fc.property(walk, acts => void run(acts, (before, seat) => {
      const rise = rungOf(seat.authority) - rungOf(before.seat?.authority)
      expect(rise).toBeLessThanOrEqual(before.seat ? 1 : 0)
      if (rise > 0)
        expect(before.reviews.some(({ verdict, authority, reason }) => verdict === 'raise' && authority === seat.authority && reason?.trim())).toBe(true)
      if (before.seat && before.seat.nextReview !== seat.nextReview)
        expect(before.reviews.map(({ next }) => next)).toContain(seat.nextReview)
    })), { numRuns: 300 })
  })

  it('the whole way can be walked', () => {
    expect(run(way, () => {}).seat).toMatchObject({ stage: 'production', authority: 'approve' })
  })

  it('stopping is never held up, and only retiring is for good', () => {
    for (const from of stages)
      expect(canMove(from, 'paused')).toBe(from !== 'retired')
    expect(stages.filter(to => canMove('retired', to))).toEqual(['retired'])
    expect(refuseStep({ id: bot, before: aBot({ stage: 'production' }), seat: aBot({ stage: 'paused' }), around, lookup })).toBeUndefined()
  })

  it('a paused seat goes on where it was', () => {
    expect(stageBeforePause([aReview({ at: 3, verdict: 'pause', stage: 'paused' }), aReview({ at: 2, verdict: 'promote', stage: 'production' }), aReview({ at: 1, verdict: 'start', stage: 'pilot' })])).toBe('production')
    expect(stageBeforePause([])).toBe('pilot')
  })

  it('a seat retires when each of its duties has a place; what is done, archived or somebody\'s own is none', () => {
    const todo = { title: 'Call', owner: bot, asker: 'ana', askedAt: 1, due: '2026-12-01', state: 'open' as const }
    const priority = { seat: bot, title: 'Lyon', doneMeans: 'Open', quarter: '2026-Q4', due: '2026-12-31', state: 'open' as const }
    const here = around({ todo: [todo, { ...todo, state: 'done' }], priority: [priority, { ...priority, private: 'ana' }, { ...priority, archived: true }] })
    expect(dutiesOf(here).map(({ kind, id }) => [kind, id])).toEqual([['kpi', 'k1'], ['priority', 'p1'], ['contract', 'c1'], ['todo', 'd1']])
    expect(unplaced(dutiesOf(here), { k1: 'sales', p1: ' ', c1: 'ends' }).map(({ id }) => id)).toEqual(['p1', 'd1'])
    const retire = (duties: Record<string, string>) => refuseReview(aReview({ verdict: 'retire', reason: 'Dear', duties }), { id: bot, seat: aBot(), around: () => here, lookup })?.code
    expect([retire({ k1: 'sales' }), retire({ k1: 'sales', p1: 'sales', c1: 'ends', d1: 'ana' })]).toEqual(['duties-left', undefined])
  })

  it('rungs are taken one up, and any number down', () => {
    expect([rungAbove(undefined), rungAbove('bounded'), rungAbove('full')]).toEqual(['approve', 'full', undefined])
    expect(rungsBelow('bounded')).toEqual(['draft', 'approve'])
  })
})
