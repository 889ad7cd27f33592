import type { Seat } from '#shared/record/seat.ts'
import { describe, expect, it } from 'vitest'
import { companyGaps } from '#shared/chart/gaps.ts'
import { sharedMandates } from '#shared/chart/mandates.ts'

const aSeat = (id: string, more: Partial<Seat> = {}) => ({ id, d: { kind: 'human', title: id, accountability: `The ${id} goes well`, ...more } as Seat })

describe('mandates overlap', () => {
  it('where two seats say the same sentence, or own the same line', () => {
    expect(sharedMandates([
      aSeat('a', { accountability: 'Customers are happy.', owns: 'Prices\nInvoices' }),
      aSeat('b', { accountability: 'customers are HAPPY' }),
      aSeat('c', { owns: 'Contracts; invoices' }),
    ])).toEqual([{ text: 'Customers are happy.', seats: ['a', 'b'] }, { text: 'Invoices', seats: ['a', 'c'] }])
  })

  it('not where nothing is said, by one seat twice, nor with a seat put away', () => {
    expect(sharedMandates([aSeat('a', { accountability: '' }), aSeat('b', { accountability: ' ' })])).toEqual([])
    expect(sharedMandates([aSeat('a', { accountability: 'Prices', owns: 'Prices\nprices' })])).toEqual([])
    expect(sharedMandates([aSeat('a', { owns: 'Prices' }), aSeat('b', { owns: 'Prices', archived: true }), aSeat('c', { kind: 'agent', owns: 'Prices', stage: 'retired' })])).toEqual([])
  })
})

describe('the gaps of a company', () => {
  const seats = [aSeat('calm'), aSeat('bare'), aSeat('blank', { accountability: '' }), aSeat('gone', { holder: 'mem_left' }), aSeat('bot', { kind: 'agent', owner: 'mem_a', stage: 'paused', reportsTo: 'held' }), aSeat('held', { holder: 'mem_a' }), aSeat('lone', { kind: 'agent', owner: 'mem_a', stage: 'pilot' })]
  const lookup = {
    seat: (id: string) => seats.find(seat => seat.id === id)?.d,
    member: (id: string) => ({ mem_a: { name: 'Ana', role: 'member' as const, state: 'active' as const }, mem_left: { name: 'Lea', role: 'member' as const, state: 'left' as const } })[id],
  }

  it('are those of every seat, the gravest first, and agents that are paused', () => {
    expect(companyGaps(seats, lookup, seat => seat !== 'bare').map(({ seat, what }) => `${seat}: ${what}`)).toEqual([
      'gone: no-owner',
      'lone: no-person-above',
      'blank: no-accountability',
      'bot: paused',
      'bare: no-kpi',
    ])
  })
})
