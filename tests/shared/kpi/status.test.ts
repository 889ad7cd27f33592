import type { Status, StatusInput } from '#shared/kpi/status.ts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { statusOf, streakOffTrack } from '#shared/kpi/status.ts'
import { anEntry } from './build.ts'

const status = (overrides: Partial<StatusInput>) => statusOf({ goal: { kind: 'atLeast', target: 0 }, entry: undefined, dueAt: 100, now: 50, ...overrides })

describe('a period', () => {
  it('has no data before it is due, and is missing from then on', () => {
    expect([0, 99, 100, 101].map(now => status({ now }))).toEqual(['noData', 'noData', 'stale', 'stale'])
  })

  it('is on or off track by its goal, whether it is due or not', () => {
    expect([5, 0, -5].map(value => status({ entry: anEntry({ value }) }))).toEqual(['onTrack', 'onTrack', 'offTrack'])
    expect(status({ entry: anEntry({ value: -5 }), now: 500 })).toBe('offTrack')
  })

  it('is unavailable where somebody said so, with or without a goal', () => {
    const entry = anEntry({ value: null, unavailable: 'system down' })
    expect([status({ entry }), status({ entry, goal: undefined })]).toEqual(['unavailable', 'unavailable'])
  })

  it('is neither on nor off track without a goal, and zero is data', () => {
    expect(status({ entry: anEntry({ value: 0 }), goal: undefined })).toBe('noGoal')
  })

  it('is never off track without a number', () => {
    fc.assert(fc.property(fc.nat(), fc.nat(), fc.integer(), (now, dueAt, target) => {
      expect(status({ now, dueAt, goal: { kind: 'above', target } })).not.toBe('offTrack')
    }))
  })
})

describe('the streak off track', () => {
  it.each<[number, Status[]]>([
    [0, []],
    [0, ['noData', 'noData']],
    [0, ['offTrack', 'onTrack']],
    [1, ['onTrack', 'offTrack']],
    [3, ['offTrack', 'offTrack', 'offTrack']],
    [2, ['offTrack', 'onTrack', 'offTrack', 'offTrack', 'noData']],
    [0, ['offTrack', 'stale']],
    [1, ['offTrack', 'unavailable', 'offTrack']],
    [1, ['offTrack', 'noData', 'offTrack']],
    [0, ['offTrack', 'noGoal']],
  ])('is %i after %j', (streak, statuses) => {
    expect(streakOffTrack(statuses)).toBe(streak)
  })
})
