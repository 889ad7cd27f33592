import type { Charge } from '#shared/leaving/charges.ts'
import type { Leaving, Move, Takers } from '#shared/leaving/plan.ts'
import type { Body, Kind } from '#shared/record/envelope.ts'
import type { Member } from '#shared/record/member.ts'
import type { Org } from '#shared/record/org.ts'
import type { Seat } from '#shared/record/seat.ts'
import type { Todo } from '#shared/record/todo.ts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refuseWrite } from '#shared/access/access.ts'
import { refuseRule } from '#shared/access/rules.ts'
import { inCycle } from '#shared/chart/chain.ts'
import { accountableOf, canHold, isActivePerson, ownerOf } from '#shared/chart/owner.ts'
import { chargesOf, mayTake } from '#shared/leaving/charges.ts'
import { movesOf, suggestTakers, untaken } from '#shared/leaving/plan.ts'
import { ownersAfter } from '#shared/leaving/preview.ts'
import { aroundSeat, nothingKnown } from '#shared/lifecycle/around.ts'
import { aMember, anAgent, aSeat } from '../chart/build.ts'

interface Company { org: Org, members: Record<string, Member>, seats: Record<string, Seat>, todos: Record<string, Todo> }

const anOrg = (accountable: string): Org => ({ name: 'Acme', timeZone: 'Europe/Berlin', weekStart: 1, yearStart: 1, currency: 'EUR', accountable })
const aTodo = (more: Partial<Todo> = {}): Todo => ({ title: 'Call the bank', owner: 'lea', asker: 'lea', askedAt: 1, due: '2026-11-29', state: 'open', ...more })
const held = <D>(bodies: Record<string, D>) => Object.entries(bodies).map(([id, d]) => ({ id, d }))
const lookupOf = ({ seats, members }: Company) => ({ seat: (id: string) => seats[id], member: (id: string) => members[id] })

function leavingOf(company: Company): Leaving {
  const hands = { org: [{ id: 'org', d: company.org }], seat: held(company.seats), todo: held(company.todos) }
  return { member: 'lea', hands, members: Object.entries(company.members), lookup: lookupOf(company) }
}

const chargesIn = (company: Company) => chargesOf('lea', leavingOf(company).hands)
function planOf(company: Company, takers: Takers = {}) {
  const leaving = leavingOf(company)
  const charges = chargesIn(company)
  return movesOf(leaving, charges, { ...suggestTakers(leaving, charges), ...takers })
}

function moved(company: Company, moves: readonly Move[]): Company {
  const after: Company = { ...company, seats: { ...company.seats }, todos: { ...company.todos } }
  for (const { kind, id, before, set } of moves) {
    const now = kind === 'org' ? after.org : kind === 'seat' ? after.seats[id] : after.todos[id]
    const body = Object.fromEntries(Object.entries({ ...before, ...now, ...set }).filter(([, value]) => value !== null && value !== undefined))
    Object.assign(kind === 'org' ? after : kind === 'seat' ? after.seats : after.todos, { [kind === 'org' ? 'org' : id]: body })
  }
  return after
}

const left = (company: Company): Company => ({ ...company, members: { ...company.members, lea: aMember({ state: 'left' }) } })

const people = ['ada', 'ben', 'cleo', 'lea', 'gone'] as const
const anyone = fc.constantFrom(...people)
const ids = ['s1', 's2', 's3', 's4', 's5'] as const
const oneSeat = fc.record({
  agent: fc.boolean(),
  who: fc.option(anyone, { nil: undefined }),
  reportsTo: fc.option(fc.constantFrom(...ids, 'missing'), { nil: undefined }),
  archived: fc.option(fc.constant(true), { nil: undefined, freq: 5 }),
  stage: fc.constantFrom('planned' as const, 'pilot' as const, 'production' as const, 'retired' as const),
}).map(({ agent, who, reportsTo, archived, stage }): Seat => agent
  ? anAgent({ owner: who ?? 'ada', reportsTo, archived, stage })
  : aSeat({ holder: who, reportsTo, archived }))
const oneTodo = fc.record({
  owner: fc.oneof(anyone, fc.constantFrom(...ids)),
  asker: anyone,
  state: fc.constantFrom('open' as const, 'done' as const, 'verified' as const),
  archived: fc.option(fc.constant(true), { nil: undefined, freq: 5 }),
}).map(aTodo)
const anyMember = fc.record({ role: fc.constantFrom('manager' as const, 'member' as const, 'viewer' as const), state: fc.constantFrom('active' as const, 'invited' as const, 'left' as const) }).map(aMember)

/** Anybody may be anything but for one admin who is there and stays; seats report to each other anyhow. */
const anyCompany = fc.record({
  accountable: anyone,
  ben: anyMember,
  cleo: anyMember,
  seats: fc.tuple(...ids.map(() => oneSeat)),
  todos: fc.array(oneTodo, { maxLength: 6 }),
}).map(({ accountable, ben, cleo, seats, todos }): Company => ({
  org: anOrg(accountable),
  members: { ada: aMember({ role: 'admin' }), ben, cleo, lea: aMember({ role: 'admin' }), gone: aMember({ state: 'left' }) },
  seats: Object.fromEntries(ids.map((id, n) => [id, seats[n] as Seat])),
  todos: Object.fromEntries(todos.map((todo, n) => [`t${n}`, todo])),
}))

/** A choice made by hand: any fit person for any line, the suggestion elsewhere. */
const anyTakers = fc.dictionary(fc.constantFrom('org', ...ids, 't0', 't1', 't2', 't3'), fc.constantFrom('', ...people))
function fitOf(company: Company, takers: Takers) {
  return Object.fromEntries(chargesIn(company)
    .flatMap(charge => takers[charge.id] !== undefined && mayTake(charge, takers[charge.id] ?? '', 'lea', lookupOf(company)) ? [[charge.id, takers[charge.id] ?? '']] : []))
}

/** Every seat is answered for by somebody who is here, and no agent by anybody else. */
function expectOwned(company: Company): void {
  const lookup = lookupOf(company)
  const accountable = accountableOf(company.org.accountable, Object.entries(company.members))
  for (const id of ids)
    expect([id, canHold(lookup, ownerOf(id, lookup, accountable))]).toEqual([id, true])
}

function refusalsOf(company: Company, moves: readonly Move[]): unknown[] {
  const bodies: Partial<Record<Kind, Record<string, object>>> = { org: { org: company.org }, member: company.members, seat: company.seats, todo: company.todos }
  const world = {
    get: (kind: Kind, id: string | undefined) => bodies[kind]?.[id ?? ''] as never,
    seatsHeldBy: () => [],
    admins: () => ['ada', 'lea'],
    hasScores: () => true,
    ballots: () => [],
    around: (seat: string) => aroundSeat(seat, nothingKnown),
  }
  return moves.flatMap(({ kind, id, before, set }) => {
    const after = Object.fromEntries(Object.entries({ ...before, ...set }).filter(([, value]) => value !== null && value !== undefined))
    const write = { kind, id, before: before as unknown as Body, set: set as Body, after }
    return refuseWrite({ member: 'ada', role: 'admin' }, world, write) ?? refuseRule(world, write) ?? []
  })
}

describe('what rests with somebody who leaves', () => {
  it('is the company, their seats and agents, what they have to do and what they asked of others', () => {
    const company: Company = {
      org: anOrg('lea'),
      members: {},
      seats: { s1: aSeat({ holder: 'lea' }), s2: anAgent({ owner: 'lea' }), s3: anAgent({ owner: 'lea', stage: 'retired' }), s4: aSeat({ holder: 'lea', archived: true }), s5: aSeat({ holder: 'ben' }) },
      todos: { t0: aTodo(), t1: aTodo({ asker: 'ben' }), t2: aTodo({ owner: 'ben' }), t3: aTodo({ owner: 'ben', state: 'done' }) },
    }
    const short = ({ id, role, shelved }: Charge) => [id, role, ...shelved ? ['shelved'] : []].join(' ')
    expect(chargesIn(company).map(short)).toEqual(['org accountable', 's1 holder', 's4 holder shelved', 's2 agent', 's3 agent shelved', 't0 doer', 't1 doer', 't2 asker', 't3 asker'])
  })

  it('is not what is over, archived, or theirs to verify by nobody', () => {
    const todos = { t0: aTodo({ state: 'done' }), t1: aTodo({ owner: 'ben', state: 'verified' }), t2: aTodo({ archived: true }), t3: aTodo({ asker: 'ben', state: 'done' }) }
    expect(chargesIn({ org: anOrg('ada'), members: {}, seats: {}, todos })).toEqual([])
  })
})

describe('the plan', () => {
  const small: Company = {
    org: anOrg('lea'),
    members: { ada: aMember({ role: 'admin' }), ben: aMember(), ina: aMember({ state: 'invited' }), lea: aMember() },
    seats: { top: aSeat({ holder: 'ben' }), mid: aSeat({ holder: 'ina', reportsTo: 'top' }), desk: aSeat({ holder: 'lea', reportsTo: 'mid' }), bot: anAgent({ owner: 'lea', reportsTo: 'desk' }), lone: anAgent({ owner: 'lea' }) },
    todos: { mine: aTodo(), asked: aTodo({ owner: 'ben', state: 'done' }) },
  }

  it('leaves a person\'s seat vacant, and gives the rest to the nearest active person above, else to who answers for the company', () => {
    const leaving = leavingOf(small)
    expect(suggestTakers(leaving, chargesIn(small))).toEqual({ org: 'ada', desk: '', bot: 'ben', lone: 'ada', mine: 'ben', asked: 'ben' })
  })

  it('names what nobody fit was chosen for', () => {
    const takers = { org: 'ina', desk: 'lea', bot: 'ina', lone: 'ben', mine: 'ina', asked: '' }
    expect(untaken(leavingOf(small), chargesIn(small), takers).map(({ id }) => id)).toEqual(['org', 'desk', 'bot', 'asked'])
  })

  it('leaves nothing with who leaves, and every seat with somebody who is here, whoever is chosen', () => {
    fc.assert(fc.property(anyCompany, anyTakers, (company, takers) => {
      const after = moved(left(company), planOf(company, fitOf(company, takers)))
      expect(chargesIn(after)).toEqual([])
      expectOwned(after)
      const lookup = lookupOf(after)
      for (const { id } of chargesIn(company).filter(({ role }) => role === 'agent'))
        expect(isActivePerson(lookup, after.seats[id]?.owner)).toBe(true)
    }))
  })

  it('tells beforehand who will answer for each seat', () => {
    fc.assert(fc.property(anyCompany, anyTakers, (company, takers) => {
      const moves = planOf(company, fitOf(company, takers))
      const after = moved(left(company), moves)
      const accountable = accountableOf(after.org.accountable, Object.entries(after.members))
      expect(ids.map(ownersAfter(leavingOf(company), moves))).toEqual(ids.map(id => ownerOf(id, lookupOf(after), accountable)))
    }))
  })

  it('is taken whole by the rules, and closes no circle', () => {
    fc.assert(fc.property(anyCompany, anyTakers, (company, takers) => {
      const moves = planOf(company, fitOf(company, takers))
      expect([...refusalsOf(company, moves), ...refusalsOf(left(company), moves)]).toEqual([])
      const circles = ({ seats }: Company) => inCycle(new Map(Object.entries(seats)))
      expect(circles(moved(company, moves))).toEqual(circles(company))
    }))
  })

  it('finds nothing left to do the second time, and the same to do after a stop in the middle', () => {
    fc.assert(fc.property(anyCompany, fc.nat(12), (company, done) => {
      const moves = planOf(company)
      const half = moved(left(company), moves.slice(0, done))
      expectOwned(half)
      expect(chargesIn(moved(half, planOf(half)))).toEqual([])
      expect(planOf(moved(half, planOf(half)))).toEqual([])
    }))
  })

  it('of two admins who plan apart leaves nothing behind either, whichever of two values stands in each field', () => {
    fc.assert(fc.property(anyCompany, anyTakers, anyTakers, fc.infiniteStream(fc.boolean()), (company, one, other, coin) => {
      const plans = [planOf(company, fitOf(company, one)), planOf(company, fitOf(company, other))] as const
      const standing = plans[0].map((move, n) => coin.next().value ? move : plans[1][n] as Move)
      const after = moved(left(company), standing)
      expect(chargesIn(after)).toEqual([])
      expectOwned(after)
    }))
  })
})
