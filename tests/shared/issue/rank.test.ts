import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareRanks, rankBetween } from '#shared/issue/rank.ts'

const chance = fc.uint8Array({ minLength: 3, maxLength: 3 })
const filling = (from: Uint8Array) => (bytes: Uint8Array) => bytes.set(from.subarray(0, bytes.length))

describe('a rank', () => {
  it('lies between the two it is put between, wherever people put things', () => {
    const moves = fc.array(fc.tuple(fc.nat(), chance), { maxLength: 40 })
    fc.assert(fc.property(moves, (places) => {
      const ranks: string[] = []
      for (const [at, bytes] of places) {
        const place = at % (ranks.length + 1)
        ranks.splice(place, 0, rankBetween(ranks[place - 1], ranks[place], filling(bytes)))
      }
      expect([...ranks].sort(compareRanks)).toEqual(ranks)
      expect(new Set(ranks).size).toBe(ranks.length)
    }))
  })

  it('differs where two people put something in the same place with different chance', () => {
    const ends = fc.constantFrom<[string | undefined, string | undefined]>([undefined, undefined], ['a0', undefined], [undefined, 'a0'], ['a0', 'a1'], ['a0', 'a0V'])
    fc.assert(fc.property(ends, chance, chance, ([before, after], one, other) => {
      const [mine, theirs] = [rankBetween(before, after, filling(one)), rankBetween(before, after, filling(other))]
      expect(mine === theirs).toBe(one.join() === other.join())
    }))
  })

  it('comes after the first where the two are equal or the wrong way round', () => {
    expect(rankBetween('a1', 'a1', () => {}) > 'a1').toBe(true)
    expect(rankBetween('a2', 'a1', () => {}) > 'a2').toBe(true)
  })

  it('stays short when everything is put last, or everything first', () => {
    const fill = filling(new Uint8Array([0x5A, 0xC3, 0x0F]))
    let [last, first] = [rankBetween(undefined, undefined, fill), rankBetween(undefined, undefined, fill)]
    for (let put = 0; put < 300; put++)
      [last, first] = [rankBetween(last, undefined, fill), rankBetween(undefined, first, fill)]
    expect([last.length, first.length].map(length => length < 12)).toEqual([true, true])
  })

  it('compares bytewise, capitals first', () => {
    expect(['a0', 'Zz', 'a0V', 'a0'].sort(compareRanks)).toEqual(['Zz', 'a0', 'a0', 'a0V'])
  })
})
