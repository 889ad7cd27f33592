import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildChart, levelSizes, subtree, walk } from '#shared/chart/tree.ts'
import { anyChart } from './build.ts'

const seat = (id: string, reportsTo?: string, more: object = {}) => ({ id, title: id.toUpperCase(), reportsTo, ...more })
const idsOf = (nodes: { seat: { id: string } }[]) => nodes.map(node => node.seat.id)

describe('the chart', () => {
  it('shows every seat that is not archived exactly once, however broken it is', () => {
    fc.assert(fc.property(anyChart, (seats) => {
      const { roots, unplaced } = buildChart(seats)
      const shown = idsOf([...walk([...roots, ...unplaced])])
      expect(shown.sort()).toEqual(seats.filter(({ archived }) => !archived).map(({ id }) => id).sort())
    }))
  })

  it('is the same whatever order the seats come in', () => {
    const shuffled = anyChart.chain(seats => fc.tuple(fc.constant(seats), fc.shuffledSubarray(seats, { minLength: seats.length })))
    fc.assert(fc.property(shuffled, ([seats, again]) => {
      expect(buildChart(again)).toEqual(buildChart(seats))
    }))
  })

  it('puts a seat under the one it reports to, one level down, unless it has no place yet', () => {
    fc.assert(fc.property(anyChart, (seats) => {
      const { roots, unplaced } = buildChart(seats)
      for (const node of walk([...roots, ...unplaced])) {
        expect(node.children.every(child => child.seat.reportsTo === node.seat.id && child.level === node.level + 1)).toBe(true)
        expect(idsOf(node.children)).not.toContain(node.seat.id)
      }
      expect(roots.every(node => node.seat.reportsTo === undefined && node.level === 1)).toBe(true)
      expect(unplaced.every(node => node.seat.reportsTo !== undefined)).toBe(true)
    }))
  })

  it('has no place yet for a seat whose manager is missing or archived, that reports to itself, or is in a circle', () => {
    const chart = buildChart([seat('root'), seat('lost', 'gone'), seat('self', 'self'), seat('x', 'y'), seat('y', 'x'), seat('under-y', 'y'), seat('old', 'root', { archived: true }), seat('under-old', 'old')])
    expect(idsOf(chart.roots)).toEqual(['root'])
    expect(idsOf(chart.unplaced)).toEqual(['lost', 'self', 'under-old', 'x', 'y'])
    expect(idsOf(chart.unplaced.find(node => node.seat.id === 'y')?.children ?? [])).toEqual(['under-y'])
  })

  it('has no place yet for what an import could not place', () => {
    const chart = buildChart([seat('root'), seat('loose', undefined, { importNote: 'reports to: chief-of-nothing' }), seat('placed', 'root', { importNote: 'odd row' })])
    expect([idsOf(chart.roots), idsOf(chart.unplaced)]).toEqual([['root'], ['loose']])
  })

  it('orders siblings bytewise by title, then by id', () => {
    const title = (id: string, title: string) => ({ id, title, reportsTo: 'root' })
    const { roots } = buildChart([title('1', 'b'), title('2', 'É'), title('3', 'B'), title('5', 'a'), title('4', 'a'), { id: 'root', title: 'Root' }])
    expect(idsOf(roots[0]?.children ?? [])).toEqual(['3', '4', '5', '1', '2'])
  })

  it('counts its levels from the roots, the root being the first', () => {
    expect(levelSizes(buildChart([seat('r'), seat('a', 'r'), seat('b', 'r'), seat('c', 'b'), seat('lost', 'gone')]))).toEqual([1, 2, 1])
    expect(levelSizes(buildChart([]))).toEqual([])
  })

  it('takes a chain of 20,000 seats', () => {
    const chain = Array.from({ length: 20_000 }, (_, index) => seat(`s${index}`, index ? `s${index - 1}` : undefined))
    expect(levelSizes(buildChart(chain)).length).toBe(20_000)
    expect(subtree(chain, ['s0']).size).toBe(20_000)
    const circle = [seat('s0', 's19999'), ...chain.slice(1)]
    expect(buildChart(circle).unplaced.length).toBe(20_000)
  })
})

describe('a subtree', () => {
  it('holds the seats asked for and all below them, and no seat that is not there', () => {
    const seats = [seat('r'), seat('a', 'r'), seat('b', 'a'), seat('c', 'r')]
    expect([...subtree(seats, ['a', 'gone'])].sort()).toEqual(['a', 'b'])
    expect([...subtree(seats, ['b', 'c'])].sort()).toEqual(['b', 'c'])
    expect(subtree(seats, []).size).toBe(0)
  })
})
