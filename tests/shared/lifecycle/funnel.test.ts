import type { Walker } from '#shared/lifecycle/funnel.ts'
import type { Review } from '#shared/record/review.ts'
import type { Stage } from '#shared/record/seat.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refuseSeat } from '#shared/chart/refuse.ts'
import { funnelOf, heldBack, median } from '#shared/lifecycle/funnel.ts'
import { hasGoal } from '#shared/lifecycle/lights.ts'
import { refuseStep } from '#shared/lifecycle/refuse.ts'
import { daysOverdue, nextReviewDay } from '#shared/lifecycle/review.ts'
import { pilotKpis, pilotSeat, pilotTemplates } from '#shared/lifecycle/templates.ts'
import { missingField, refuseField } from '#shared/record/specs.ts'
import { aBot, aReview, around, lookup } from './build.ts'

const day = 86_400_000
const dark = (light: 'owner' | 'measure' | 'cadence' | 'handoff') => ({ light, on: false as const, missing: 'no-kpi' as const })
const walker = (stage: Stage, reviews: Partial<Review>[] = [], lights: Walker['lights'] = []): Walker => ({ id: stage, seat: aBot({ stage }), reviews: reviews.map(more => aReview(more)), lights })

describe('how pilots fare', () => {
  it('started, promoted and stopped ones are counted, those only planned are not', () => {
    const funnel = funnelOf([
      walker('planned'),
      walker('pilot'),
      walker('production', [{ verdict: 'start', stage: 'pilot', at: 0 }, { verdict: 'promote', stage: 'production', at: 30 * day }]),
      walker('paused', [{ verdict: 'promote', stage: 'production', at: 12 * day }, { verdict: 'start', stage: 'pilot', at: 2 * day }]),
      walker('retired'),
    ])
    expect(funnel).toEqual({ started: 4, promoted: 2, stopped: 2, medianDays: 20, share: 0.25 })
    expect(funnelOf([])).toEqual({ started: 0, promoted: 0, stopped: 0, medianDays: undefined, share: undefined })
  })

  it('the light that holds most pilots back comes first; those in production are not held back', () => {
    expect(heldBack([
      walker('pilot', [], [dark('owner'), dark('handoff')]),
      walker('pilot', [], [dark('handoff')]),
      walker('production', [], [dark('cadence')]),
    ])).toEqual([{ light: 'handoff', count: 2 }, { light: 'owner', count: 1 }])
  })

  it('the median has as many on either side', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1 }), (values) => {
      const middle = median(values) ?? Number.NaN
      expect(values.filter(value => value < middle).length).toBeLessThanOrEqual(values.length / 2)
      expect(values.filter(value => value > middle).length).toBeLessThanOrEqual(values.length / 2)
    }))
  })

  it('a review is due on its day and overdue after it; of seats planned or retired none is asked for', () => {
    const late = (stage: Stage) => daysOverdue(aBot({ stage, nextReview: '2026-11-20' }), '2026-11-22')
    expect([late('pilot'), late('production'), late('planned'), late('retired'), daysOverdue(aBot(), '2026-11-22')]).toEqual([2, 2, undefined, undefined, undefined])
    expect([nextReviewDay({}, '2026-01-31'), nextReviewDay({ reviewEvery: 'week' }, '2026-11-22')]).toEqual(['2026-02-28', '2026-11-29'])
  })
})

describe('a pilot from a template', () => {
  it.each(pilotTemplates.map(template => [template.key, template] as const))('%s can be stored, with goals, and lacks only what people agree', (_key, template) => {
    const seat = pilotSeat(template, 'ana', 'sales', '2026-11-22')
    expect(refuseSeat({ id: 'new', seat, lookup }) ?? refuseStep({ id: 'new', seat, around, lookup })).toBeUndefined()
    const kpis = pilotKpis(template, 'new')
    expect(kpis.length).toBeGreaterThan(1)
    for (const kpi of kpis) {
      expect([missingField('kpi', { ...kpi }), hasGoal(kpi)]).toEqual([undefined, true])
      expect(Object.entries(kpi).filter(([field, value]) => refuseField('kpi', field, value))).toEqual([])
    }
  })
})
