import type { SeatChange } from '#shared/chart/refuse.ts'
import type { Seat } from '#shared/record/seat.ts'
import { describe, expect, it } from 'vitest'
import { seatGaps } from '#shared/chart/gaps.ts'
import { refuseSeat } from '#shared/chart/refuse.ts'
import { aLookup, aMember, anAgent, aSeat } from './build.ts'

const members = { mem_a: aMember(), mem_left: aMember({ state: 'left' }), mem_viewer: aMember({ role: 'viewer' }), mem_invited: aMember({ state: 'invited' }) }
const chart = { top: aSeat({ holder: 'mem_a' }), mid: aSeat({ reportsTo: 'top' }), low: aSeat({ reportsTo: 'mid' }) }
const lookup = aLookup(chart, members)
const refuse = (seat: Seat, change: Partial<SeatChange> = {}) => refuseSeat({ id: 's', seat, lookup, ...change })

describe('a seat', () => {
  it('needs an accountability of more than spaces', () => {
    expect([refuse(aSeat()), refuse(aSeat({ accountability: '' })), refuse(aSeat({ accountability: ' \n' }))]).toEqual([undefined, 'no-accountability', 'no-accountability'])
  })

  it('may come without one from an import, but nobody may blank it again', () => {
    const imported = aSeat({ accountability: '', importKey: 'row 7' })
    expect(refuse(imported)).toBeUndefined()
    expect(refuse({ ...imported, title: 'Renamed' }, { before: imported })).toBeUndefined()
    expect(refuse(imported, { before: aSeat({ importKey: 'row 7' }) })).toBe('no-accountability')
  })

  it('takes as holder nobody who left, only looks on or is unknown', () => {
    expect(['mem_a', 'mem_invited', 'mem_left', 'mem_viewer', 'mem_x', undefined].map(holder => refuse(aSeat({ holder })))).toEqual([undefined, undefined, 'holder-cannot-hold', 'holder-cannot-hold', 'holder-cannot-hold', undefined])
  })

  it('keeps the fields of its kind', () => {
    expect([refuse(aSeat({ owner: 'mem_a' })), refuse(aSeat({ stage: 'pilot' })), refuse(aSeat({ authority: 'full' })), refuse(anAgent({ holder: 'mem_a' }))]).toEqual(Array.from({ length: 4 }).fill('not-for-this-kind'))
  })

  it('reports neither to itself nor to a seat below it', () => {
    expect(refuse(aSeat({ reportsTo: 's' }))).toBe('reports-to-itself')
    expect(refuse(aSeat({ reportsTo: 'low' }), { id: 'top', before: chart.top })).toBe('chart-cycle')
    expect(refuse(aSeat({ reportsTo: 'top' }), { id: 'low', before: chart.low })).toBeUndefined()
  })

  it('may be mended in other fields while a circle is not of this writing', () => {
    const round = { x: aSeat({ reportsTo: 'y' }), y: aSeat({ reportsTo: 'x' }) }
    expect(refuse({ ...round.x, title: 'New' }, { id: 'x', before: round.x, lookup: aLookup(round) })).toBeUndefined()
    expect(refuse(aSeat({ reportsTo: undefined }), { id: 'x', before: round.x, lookup: aLookup(round) })).toBeUndefined()
  })

  it('is judged whole when restored and not at all when archived', () => {
    const gone = anAgent({ owner: 'mem_left', archived: true })
    expect(refuse(gone, { before: anAgent({ owner: 'mem_left' }) })).toBeUndefined()
    expect(refuse({ ...gone, archived: undefined }, { before: gone })).toBe('owner-not-active-person')
  })
})

describe('an agent seat', () => {
  it('needs an owner who is an active person', () => {
    expect([undefined, 'mem_a', 'mem_left', 'mem_viewer', 'mem_invited', 'top'].map(owner => refuse(anAgent({ owner }))))
      .toEqual(['no-owner', undefined, 'owner-not-active-person', 'owner-not-active-person', 'owner-not-active-person', 'owner-not-active-person'])
  })

  it('can be renamed after its owner left, but not given to another who did', () => {
    const before = anAgent({ owner: 'mem_left' })
    expect(refuse({ ...before, title: 'New' }, { before })).toBeUndefined()
    expect(refuse({ ...before, owner: 'mem_viewer' }, { before })).toBe('owner-not-active-person')
    expect(refuse({ ...before, owner: undefined }, { before })).toBe('no-owner')
  })
})

describe('the gaps of a seat', () => {
  const gaps = (seat: Seat, hasKpi = true) => seatGaps('s', aLookup({ ...chart, s: seat }, members), hasKpi)

  it('are none where it has all it needs, also vacant', () => {
    expect([gaps(aSeat({ holder: 'mem_a' })), gaps(aSeat({ reportsTo: 'top' })), gaps(anAgent({ reportsTo: 'low' }))]).toEqual([[], [], []])
  })

  it('name an owner who left, a missing sentence and a missing number', () => {
    expect(gaps(aSeat({ holder: 'mem_left', accountability: ' ' }), false)).toEqual(['no-owner', 'no-accountability', 'no-kpi'])
    expect(gaps(anAgent({ owner: 'mem_left', reportsTo: 'top' }))).toEqual(['no-owner'])
  })

  it('name an agent whose chain upward reaches nobody', () => {
    expect(gaps(anAgent())).toEqual(['no-person-above'])
    expect(seatGaps('s', aLookup({ s: anAgent({ reportsTo: 't' }), t: anAgent({ reportsTo: 's' }) }), true)).toEqual(['no-person-above'])
  })

  it('are none for what is retired, archived or not there', () => {
    expect([gaps(anAgent({ stage: 'retired', owner: 'mem_left' })), gaps(aSeat({ archived: true }), false), seatGaps('gone', lookup, false)]).toEqual([[], [], []])
  })
})
