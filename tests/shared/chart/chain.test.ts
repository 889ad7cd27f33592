import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ancestors, inCycle, inSubtreeOf, wouldCycle } from '#shared/chart/chain.ts'
import { subtree } from '#shared/chart/tree.ts'
import { anyChart, getFrom } from './build.ts'

const twoOf = anyChart.chain(seats => fc.tuple(fc.constant(seats), fc.constantFrom(...seats), fc.constantFrom(...seats)))

/** Whether a seat comes back to itself going up, found by walking as many steps as there are seats. */
function comesRound(seats: { id: string, reportsTo?: string }[], start: string): boolean {
  let id: string | undefined = start
  for (let step = 0; step < seats.length; step++) {
    id = seats.find(seat => seat.id === id)?.reportsTo
    if (id === start)
      return true
  }
  return false
}

describe('the seats above a seat', () => {
  it('are nearest first, each once, never itself, in any chart', () => {
    fc.assert(fc.property(twoOf, ([seats, { id, reportsTo }]) => {
      const above = ancestors(getFrom(seats), id)
      expect(new Set(above).size).toBe(above.length)
      expect(above).not.toContain(id)
      if (above.length)
        expect(above[0]).toBe(reportsTo)
    }))
  })

  it('are those whose subtree it is in', () => {
    fc.assert(fc.property(twoOf, ([seats, one, other]) => {
      const below = subtree(seats, [other.id]).has(one.id)
      expect(below).toBe(one.id === other.id || ancestors(getFrom(seats), one.id).includes(other.id))
      expect(inSubtreeOf(getFrom(seats), one.id, [other.id])).toBe(below)
    }))
  })

  it('end where a manager is missing', () => {
    const seats = [{ id: 'a', title: 'A', reportsTo: 'b' }, { id: 'b', title: 'B', reportsTo: 'gone' }]
    expect(ancestors(getFrom(seats), 'a')).toEqual(['b'])
    expect(ancestors(getFrom(seats), 'gone')).toEqual([])
  })

  it('make nobody part of what one holds where one holds nothing', () => {
    fc.assert(fc.property(twoOf, ([seats, { id }]) => {
      expect(inSubtreeOf(getFrom(seats), id, [])).toBe(false)
    }))
  })
})

describe('a move', () => {
  it('closes a circle exactly where the seat would then be above itself', () => {
    fc.assert(fc.property(twoOf, ([seats, seat, manager]) => {
      const moved = seats.map(each => each.id === seat.id ? { ...each, reportsTo: manager.id } : each)
      const circle = wouldCycle(getFrom(seats), seat.id, manager.id)
      expect(circle !== undefined).toBe(comesRound(moved, seat.id))
      if (circle)
        expect(circle.map((id, index) => [moved.find(each => each.id === id)?.reportsTo, circle[(index + 1) % circle.length]])).toSatisfy((steps: [string, string][]) => steps.every(([is, next]) => is === next))
    }))
  })

  it('names the circle it would close, from the seat up', () => {
    const up: Record<string, string | undefined> = { a: undefined, b: 'a', c: 'b' }
    const get = (id: string) => id in up ? { reportsTo: up[id] } : undefined
    expect(wouldCycle(get, 'a', 'c')).toEqual(['a', 'c', 'b'])
    expect(wouldCycle(get, 'a', 'a')).toEqual(['a'])
    expect(wouldCycle(get, 'c', 'a')).toBeUndefined()
    expect(wouldCycle(get, 'a', 'gone')).toBeUndefined()
  })
})

it('a seat is in a circle where it comes back to itself, not where it hangs below one', () => {
  fc.assert(fc.property(anyChart, (seats) => {
    const found = inCycle(new Map(seats.map(seat => [seat.id, seat])))
    expect([...found].sort()).toEqual(seats.filter(({ id }) => comesRound(seats, id)).map(({ id }) => id).sort())
  }))
})
