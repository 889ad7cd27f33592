import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pathOf, plot } from '../../client/components/chart/plot.ts'

const box = { width: 340, height: 170, pad: 14 }

describe('the chart', () => {
  it('never draws across a missing period', () => {
    expect(plot([{ value: 1 }, { value: 2 }, { value: undefined }, { value: 3 }], box).line.replace(/[\d. ]+/g, '')).toBe('MLM')
  })

  it('has a dot for every number and none for a gap, all inside the box', () => {
    fc.assert(fc.property(fc.array(fc.option(fc.integer({ min: -1e6, max: 1e6 }), { nil: undefined }), { maxLength: 13 }), (values) => {
      const { dots } = plot(values.map(value => ({ value })), box)
      expect(dots.map(dot => dot.index)).toEqual(values.flatMap((value, index) => value === undefined ? [] : [index]))
      expect(dots.every(dot => dot.y >= 0 && dot.y <= box.height && dot.x >= 0 && dot.x <= box.width)).toBe(true)
    }))
  })

  it('draws both bounds of a goal, period by period', () => {
    expect(plot([{ value: 1, low: 0, high: 3 }, { value: undefined, low: 2 }], box).goals.map(goal => goal.index)).toEqual([0, 0, 1])
  })

  it('puts a higher number higher, also below zero', () => {
    const { dots } = plot([{ value: -5 }, { value: -1 }], box)
    expect(Number(dots[0]?.y)).toBeGreaterThan(Number(dots[1]?.y))
  })

  it('is empty without numbers', () => {
    expect(pathOf([])).toBe('')
  })
})
