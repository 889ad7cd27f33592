import type { Entry, Sheet } from '#shared/record/sheet.ts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellEntries, cellKey, chosenKey, countedEntry, otherEntries, periodsIn } from '#shared/kpi/cell.ts'
import { anEntry } from './build.ts'

const week = '2026-W47'
const isAgent = (writer: string) => writer.startsWith('seat_')
const sheet = (fields: Record<string, unknown> = {}) => ({ kpi: 'kpi_1', quarter: '2026-Q4', ...fields }) as Sheet
const by = (entries: Record<string, Partial<Entry>>) => Object.fromEntries(Object.entries(entries).map(([writer, entry]) => [cellKey(week, writer), anEntry(entry)]))
const writerOf = (fields: Record<string, unknown>) => countedEntry(sheet(fields), week, isAgent)?.writer

describe('what counts in a cell', () => {
  it('is the entry somebody chose', () => {
    expect(writerOf({ ...by({ mem_a: { at: 9 }, mem_b: { at: 1 }, seat_x: { at: 5, source: 'agent' } }), [chosenKey(week)]: 'seat_x' })).toBe('seat_x')
  })

  it('is not what somebody chose in another period, nor a writer who has no entry', () => {
    const entries = by({ mem_a: { at: 9 }, mem_b: { at: 1 } })
    expect(writerOf({ ...entries, 'chosen/2026-W46': 'mem_b' })).toBe('mem_a')
    expect(writerOf({ ...entries, [chosenKey(week)]: 'mem_z' })).toBe('mem_a')
  })

  it('is else the newest person\'s, however new the agent\'s is', () => {
    expect(writerOf(by({ mem_a: { at: 2 }, mem_b: { at: 3 }, seat_x: { at: 99, source: 'agent' } }))).toBe('mem_b')
  })

  it('is else the newest agent\'s', () => {
    expect(writerOf(by({ seat_x: { at: 2, source: 'agent' }, seat_y: { at: 3, source: 'agent' } }))).toBe('seat_y')
  })

  it('is what a person typed rather than imported at the same instant, then the lower id', () => {
    expect(writerOf(by({ mem_a: { source: 'import' }, mem_b: { source: 'hand' } }))).toBe('mem_b')
    expect(writerOf(by({ mem_a: { source: 'import', at: 1001 }, mem_b: { source: 'hand' } }))).toBe('mem_a')
    expect(writerOf(by({ mem_b: {}, mem_a: {} }))).toBe('mem_a')
  })

  it('is nothing where nobody reported', () => {
    expect(countedEntry(undefined, week, isAgent)).toBeUndefined()
    expect(countedEntry(sheet(by({})), week, isAgent)).toBeUndefined()
  })

  it('is an entry that says it cannot be reported, like any other', () => {
    expect(countedEntry(sheet(by({ mem_a: { value: null, unavailable: 'closed', at: 5 }, mem_b: { at: 4 } })), week, isAgent)?.entry.value).toBeNull()
  })

  it('is the same in whatever order entries arrive, and nothing is lost', () => {
    const entry = fc.record({ value: fc.integer({ min: -1, max: 1 }), at: fc.integer({ min: 0, max: 2 }), source: fc.constantFrom('hand' as const, 'import' as const, 'agent' as const) })
    const entries = fc.dictionary(fc.constantFrom('mem_a', 'mem_b', 'mem_c', 'seat_x', 'seat_y'), entry)
    const arrivals = entries.chain(all => fc.tuple(fc.constant(all), fc.shuffledSubarray(Object.keys(all), { minLength: Object.keys(all).length }), fc.option(fc.constantFrom('mem_a', 'seat_x'), { nil: undefined })))
    fc.assert(fc.property(arrivals, ([all, order, chosen]) => {
      const choice = chosen ? { [chosenKey(week)]: chosen } : {}
      const first = sheet({ ...by(all), ...choice })
      const second = sheet({ ...choice, ...by(Object.fromEntries(order.map(writer => [writer, all[writer] ?? {}]))) })
      expect(countedEntry(second, week, isAgent)).toEqual(countedEntry(first, week, isAgent))
      const shown = [countedEntry(first, week, isAgent), ...otherEntries(first, week, isAgent)].flatMap(found => found ? [found.writer] : [])
      expect(shown.sort()).toEqual(Object.keys(all).sort())
    }))
  })
})

describe('a cell', () => {
  it('holds the entries of its own period alone', () => {
    const mixed = sheet({ 'cell/2026-11/mem_a': anEntry(), 'cell/2026-11-22/mem_b': anEntry() })
    expect(cellEntries(mixed, '2026-11').map(({ writer }) => writer)).toEqual(['mem_a'])
    expect(periodsIn(mixed)).toEqual(['2026-11', '2026-11-22'])
  })

  it('shows the newest entry first', () => {
    expect(cellEntries(sheet(by({ mem_a: { at: 1 }, mem_b: { at: 3 }, mem_c: { at: 2 } })), week).map(({ writer }) => writer)).toEqual(['mem_b', 'mem_c', 'mem_a'])
  })
})
