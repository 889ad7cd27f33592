import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accountableOf, holderOf, isActivePerson, ownerOf, personAbove, stageOf } from '#shared/chart/owner.ts'
import { aLookup, aMember, anAgent, anyChart, aSeat } from './build.ts'

const members = { mem_a: aMember(), mem_b: aMember(), mem_left: aMember({ state: 'left' }), mem_viewer: aMember({ role: 'viewer' }), mem_invited: aMember({ state: 'invited' }) }
const owner = (seats: Parameters<typeof aLookup>[0], id: string) => ownerOf(id, aLookup(seats, members), 'mem_boss')

describe('the owner of a human seat', () => {
  it('is its holder, also one without an account yet', () => {
    expect([owner({ s: aSeat({ holder: 'mem_a' }) }, 's'), owner({ s: aSeat({ holder: 'mem_invited' }) }, 's')]).toEqual(['mem_a', 'mem_invited'])
  })

  it('is the holder of the nearest filled human seat above where nobody fills it', () => {
    const chart = { top: aSeat({ holder: 'mem_b' }), mid: aSeat({ reportsTo: 'top' }), bot: anAgent({ reportsTo: 'mid' }), s: aSeat({ reportsTo: 'bot' }) }
    expect(owner(chart, 's')).toBe('mem_b')
    expect(owner({ ...chart, mid: aSeat({ reportsTo: 'top', holder: 'mem_a' }) }, 's')).toBe('mem_a')
    expect(owner({ ...chart, mid: aSeat({ reportsTo: 'top', holder: 'mem_a', archived: true }) }, 's')).toBe('mem_b')
  })

  it.each(['mem_left', 'mem_viewer', 'mem_unknown'])('is the person above where the holder is %s', (holder) => {
    expect(owner({ top: aSeat({ holder: 'mem_b' }), s: aSeat({ reportsTo: 'top', holder }) }, 's')).toBe('mem_b')
    expect(owner({ top: aSeat({ holder }), s: aSeat({ reportsTo: 'top' }) }, 's')).toBe('mem_boss')
  })

  it('is the org\'s accountable person where nobody is above', () => {
    expect([owner({ s: aSeat() }, 's'), owner({ s: aSeat({ reportsTo: 'gone' }) }, 's'), owner({}, 's')]).toEqual(['mem_boss', 'mem_boss', 'mem_boss'])
  })

  it('ignores an owner stored on it', () => {
    expect(owner({ s: aSeat({ owner: 'mem_a' }) }, 's')).toBe('mem_boss')
  })
})

describe('the owner of an agent seat', () => {
  it('is the one stored, while active', () => {
    expect(owner({ top: aSeat({ holder: 'mem_b' }), s: anAgent({ reportsTo: 'top' }) }, 's')).toBe('mem_a')
  })

  it.each(['mem_left', 'mem_viewer', 'mem_invited', 'seat_other'])('is the person above where the stored one is %s', (stored) => {
    expect(owner({ top: aSeat({ holder: 'mem_b' }), s: anAgent({ reportsTo: 'top', owner: stored }) }, 's')).toBe('mem_b')
  })

  it('is never taken from a holder', () => {
    expect(owner({ s: anAgent({ owner: undefined, holder: 'mem_a' }) }, 's')).toBe('mem_boss')
  })
})

it('every seat of any chart has an owner who may be one, or the accountable person', () => {
  fc.assert(fc.property(anyChart, fc.array(fc.constantFrom(...Object.keys(members), undefined), { minLength: 8, maxLength: 8 }), (seats, people) => {
    const lookup = aLookup(Object.fromEntries(seats.map(({ id, title, reportsTo }, index) => [id, index % 2 ? anAgent({ title, reportsTo, owner: people[index] }) : aSeat({ title, reportsTo, holder: people[index] })])), members)
    for (const { id } of seats)
      expect(['mem_a', 'mem_b', 'mem_invited', 'mem_boss']).toContain(ownerOf(id, lookup, 'mem_boss'))
  }))
})

describe('who answers for what nobody holds', () => {
  const people = Object.entries({ ...members, mem_admin: aMember({ role: 'admin' }), mem_boss: aMember({ role: 'admin' }) })

  it('is the company\'s accountable person, while here and more than a viewer', () => {
    expect(accountableOf('mem_a', people)).toBe('mem_a')
    expect(['mem_left', 'mem_viewer', 'mem_invited', 'seat_bot', undefined].map(id => accountableOf(id, people))).toEqual(Array.from({ length: 5 }).fill('mem_admin'))
  })

  it('is the same admin on every replica, in whatever order it knows them', () => {
    expect(accountableOf('mem_left', [...people].reverse())).toBe(accountableOf('mem_left', people))
  })
})

it('a human seat is in production while filled and planned while vacant; an agent seat is at the stage stored', () => {
  const lookup = aLookup({}, members)
  expect([aSeat({ holder: 'mem_a' }), aSeat(), aSeat({ holder: 'mem_left' }), anAgent({ stage: 'paused' }), anAgent({ stage: undefined })].map(seat => stageOf(seat, lookup)))
    .toEqual(['production', 'planned', 'planned', 'paused', 'planned'])
  expect(holderOf(anAgent({ holder: 'mem_a' }), lookup)).toBeUndefined()
  expect(personAbove('gone', lookup)).toBeUndefined()
})

it('an active person is neither invited, gone, a viewer nor unknown', () => {
  expect([...Object.keys(members), undefined].filter(id => isActivePerson(aLookup({}, members), id))).toEqual(['mem_a', 'mem_b'])
})
