import type { ChartLookup } from '#shared/chart/owner.ts'
import type { Member } from '#shared/record/member.ts'
import type { Seat } from '#shared/record/seat.ts'
import * as fc from 'fast-check'

export const aSeat = (overrides: Partial<Seat> = {}): Seat => ({ kind: 'human', title: 'Seat', accountability: 'Answers for it.', ...overrides })
export const anAgent = (overrides: Partial<Seat> = {}): Seat => aSeat({ kind: 'agent', owner: 'mem_a', stage: 'pilot', ...overrides })
export const aMember = (overrides: Partial<Member> = {}): Member => ({ name: 'Ana', role: 'member', state: 'active', ...overrides })

export function aLookup(seats: Record<string, Seat>, members: Record<string, Member> = { mem_a: aMember(), mem_b: aMember() }): ChartLookup {
  return { seat: id => seats[id], member: id => members[id] }
}

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

/** Seats that report to each other anyhow: circles, themselves, seats that are not there, nobody. */
export const anyChart = fc.subarray(ids, { minLength: 1 }).chain(there => fc.tuple(...there.map(id => fc.record({
  id: fc.constant(id),
  title: fc.constantFrom('Sales', 'Ops', 'Élan'),
  reportsTo: fc.option(fc.constantFrom(...ids, 'missing'), { nil: undefined }),
  archived: fc.option(fc.constant(true), { nil: undefined, freq: 5 }),
}))))

export const getFrom = (seats: readonly { id: string, reportsTo?: string }[]) => (id: string) => seats.find(seat => seat.id === id)
