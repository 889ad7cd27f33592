import type { DatedGoal, Goal } from '#shared/record/kpi.ts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { goalFor, goalHistory, goalKey, meetsGoal, onceKey } from '#shared/kpi/goal.ts'
import { addPeriods, comparePeriods, periodOf } from '#shared/kpi/period.ts'
import { aCalendar, aKpi, dates, someCadence } from './build.ts'

const small = fc.integer({ min: -3, max: 3 })
const atLeast = (target: number): Goal => ({ kind: 'atLeast', target })

describe('a goal', () => {
  it('is met at its bounds, except above, below and outside', () => {
    fc.assert(fc.property(small, small, (target, value) => {
      const meets = (kind: 'atLeast' | 'atMost' | 'above' | 'below' | 'equal') => meetsGoal({ kind, target }, value)
      expect([meets('atLeast'), meets('atMost'), meets('above'), meets('below'), meets('equal')])
        .toEqual([value >= target, value <= target, value > target, value < target, value === target])
      expect(meets('above')).toBe(!meets('atMost'))
      expect(meets('below')).toBe(!meets('atLeast'))
    }))
  })

  it('between two numbers takes both, outside takes neither', () => {
    fc.assert(fc.property(small, small, small, (one, other, value) => {
      const bounds = { low: Math.min(one, other), high: Math.max(one, other) }
      const between = meetsGoal({ kind: 'between', ...bounds }, value)
      expect(between).toBe([one, other, value].sort((a, b) => a - b)[1] === value)
      expect(meetsGoal({ kind: 'outside', ...bounds }, value)).toBe(!between)
    }))
  })

  it('of yes or no takes 1 for yes and 0 for no', () => {
    expect([true, false].flatMap(target => [1, 0].map(value => meetsGoal({ kind: 'yesNo', target }, value)))).toEqual([true, false, false, true])
  })

  it('of zero is met by zero', () => {
    expect(meetsGoal({ kind: 'atMost', target: 0 }, -0)).toBe(true)
    expect(meetsGoal({ kind: 'equal', target: 0 }, -0)).toBe(true)
  })
})

describe('the goal of a period', () => {
  const kpi = aKpi({ 'goal/0': atLeast(1), 'goal/2026-W10': atLeast(2), 'goal/2026-W20': { kind: 'none' }, 'once/2026-W12': atLeast(9), 'once/2026-W25': atLeast(8) })

  it.each([['2020-W01', 1], ['2026-W09', 1], ['2026-W10', 2], ['2026-W11', 2], ['2026-W12', 9], ['2026-W13', 2], ['2026-W19', 2], ['2026-W25', 8]])('%s is %i', (period, target) => {
    expect(goalFor(kpi, period)).toEqual(atLeast(target))
  })

  it('is none from the period it was ended in, until another starts', () => {
    expect(goalFor(kpi, '2026-W20')).toBeUndefined()
    expect(goalFor({ ...kpi, 'goal/2026-W30': atLeast(3) }, '2026-W30')).toEqual(atLeast(3))
    expect(goalFor(aKpi(), '2026-W20')).toBeUndefined()
  })

  it('can be none for one period alone', () => {
    expect(goalFor({ ...kpi, 'once/2026-W11': { kind: 'none' } }, '2026-W11')).toBeUndefined()
  })

  it('never changes before the period a new goal starts in', () => {
    const dated = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), small), { maxLength: 5 })
    fc.assert(fc.property(someCadence, dates, dated, fc.integer({ min: -9, max: 9 }), fc.integer({ min: -12, max: 12 }), (cadence, date, goals, start, asked) => {
      const calendar = aCalendar()
      const at = (steps: number) => addPeriods(periodOf(cadence, date, calendar), steps, calendar)
      const before = aKpi({ cadence, ...Object.fromEntries(goals.map(([step, target]) => [goalKey(at(step)), atLeast(target)])) })
      const after = { ...before, [goalKey(at(start))]: atLeast(99) }
      const [was, is] = [goalFor(before, at(asked)), goalFor(after, at(asked))]
      if (asked < start)
        expect(is).toEqual(was)
      else if (!goals.some(([step]) => step > start && step <= asked))
        expect(is).toEqual(atLeast(99))
    }))
  })

  it('for one period changes no other', () => {
    fc.assert(fc.property(fc.integer({ min: -12, max: 12 }), (steps) => {
      const period = addPeriods('2026-W15', steps, aCalendar())
      const is = goalFor({ ...kpi, [onceKey('2026-W15')]: atLeast(99) }, period)
      expect(is).toEqual(steps === 0 ? atLeast(99) : goalFor(kpi, period))
    }))
  })

  it('set under another cadence holds from the day that period starts', () => {
    const monthly = aKpi({ 'cadence': 'month', 'goal/2026-W10': atLeast(2) })
    expect(goalFor(monthly, '2026-03')).toBeUndefined()
    expect(goalFor(monthly, '2026-04')).toEqual(atLeast(2))
  })

  it('is not disturbed by keys that name no period', () => {
    const odd = { ...kpi, 'goal/soon': atLeast(7), 'goal/2025-W53': atLeast(7), 'goal/': atLeast(7) }
    expect(goalFor(odd, '2026-W11')).toEqual(atLeast(2))
  })
})

it('the history of goals is in the order of time, the first from the beginning', () => {
  const none: DatedGoal = { kind: 'none' }
  const kpi = aKpi({ 'goal/2026-W20': none, 'goal/2026-W03': atLeast(2), 'goal/0': atLeast(1) })
  expect(goalHistory(kpi)).toEqual([{ from: undefined, goal: atLeast(1) }, { from: '2026-W03', goal: atLeast(2) }, { from: '2026-W20', goal: none }])
  expect(comparePeriods('2026-W03', '2026-W20')).toBe(-1)
})
