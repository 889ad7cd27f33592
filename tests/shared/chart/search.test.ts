import type { SearchSeat } from '#shared/chart/search.ts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldText, searchSeats } from '#shared/chart/search.ts'

const seat = (id: string, overrides: Partial<SearchSeat> = {}): SearchSeat => ({ id, title: id, accountability: '', people: [], ...overrides })
const seats = [
  seat('payroll', { title: 'Payroll lead', accountability: 'Everybody is paid on time.', people: ['Zoë Müller'] }),
  seat('finance', { title: 'Finance', accountability: 'Cash lasts; payroll is funded.', people: ['Łukasz Straße'] }),
  seat('bot', { title: 'Invoice agent', owns: 'Invoices', people: ['Zoë Müller'] }),
  seat('old', { title: 'Payroll', archived: true }),
]
const find = (question: string) => searchSeats(question, seats).map(({ id }) => id)

describe('search over the chart', () => {
  it('finds a seat by the beginning of any word of its title, its people or what it answers for', () => {
    expect([find('inv'), find('paid'), find('muller'), find('roll')]).toEqual([['bot'], ['payroll'], ['bot', 'payroll'], []])
  })

  it('ignores case, accents and punctuation', () => {
    expect([find('ZOE, müller!'), find('lukasz'), find('STRASSE')]).toEqual([['bot', 'payroll'], ['finance'], ['finance']])
  })

  it('puts a title before people, and people before duties', () => {
    expect(find('payroll')).toEqual(['payroll', 'finance'])
  })

  it('answers "who owns X?"', () => {
    expect([find('Who owns payroll?'), find('who owns the invoices?'), find('who?')]).toEqual([['payroll', 'finance'], ['bot'], []])
  })

  it('wants every word found', () => {
    expect([find('payroll funded'), find('payroll marketing')]).toEqual([['finance'], []])
  })

  it('finds nothing for nothing, and no archived seat', () => {
    expect([find(''), find(' ?! ')]).toEqual([[], []])
    expect(find('payroll')).not.toContain('old')
  })

  it('gives no more than it is asked for', () => {
    expect(searchSeats('payroll', seats, 1).length).toBe(1)
  })

  it('finds every seat by its own title, in any script', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', minLength: 1 }).filter(title => foldText(title) !== ''), (title) => {
      expect(searchSeats(`who is ${title}`, [seat('one', { title })]).length).toBe(1)
    }))
  })
})

it('folding a text again changes nothing', () => {
  expect([foldText('🄐'), foldText('ΟΔΟΣ')]).toEqual(['a', 'οδοσ'])
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
    expect(foldText(foldText(text))).toBe(foldText(text))
  }))
})
