import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shuffledFor } from '#shared/issue/shuffle.ts'

const anyList = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 6 }), { maxLength: 12 })

describe('the order a voter sees', () => {
  it('holds every issue once, the same on both phones in whatever order they know the list', () => {
    fc.assert(fc.property(anyList, fc.string(), fc.string(), (list, round, voter) => {
      const seen = shuffledFor(list, round, voter)
      expect([...seen].sort()).toEqual([...list].sort())
      expect(shuffledFor([...list].reverse(), round, voter)).toEqual(seen)
    }))
  })

  it('leaves the others as they stood when one is taken off', () => {
    fc.assert(fc.property(anyList, fc.string(), fc.nat(), (list, voter, at) => {
      const gone = list[at % Math.max(1, list.length)]
      expect(shuffledFor(list.filter(issue => issue !== gone), 'round', voter)).toEqual(shuffledFor(list, 'round', voter).filter(issue => issue !== gone))
    }))
  })

  it('puts each issue first for about as many voters as any other', () => {
    const list = ['iss_a', 'iss_b', 'iss_c', 'iss_d', 'iss_e', 'iss_f']
    const orders = Array.from({ length: 600 }, (_, n) => shuffledFor(list, 'round_1', `mem_${n}`))
    const first = list.map(issue => orders.filter(([one]) => one === issue).length)
    expect(Math.min(...first)).toBeGreaterThan(70)
    expect(Math.max(...first)).toBeLessThan(130)
    expect(new Set(orders.map(order => order.join())).size).toBeGreaterThan(350)
  })
})
