import type { Watched } from '#shared/drift/lines.ts'
import type { Kpi } from '#shared/record/kpi.ts'
import type { Seat } from '#shared/record/seat.ts'
import type { Said } from './build.ts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { driftLines } from '#shared/drift/lines.ts'
import { ago, aGoalKpi, calendar, cellsOf } from './build.ts'

const aSeat = (more: Partial<Seat> = {}): Seat => ({ kind: 'human', title: 'Sales', accountability: 'Orders come in', ...more })
const anAgent = (stage: Seat['stage'], more: Partial<Seat> = {}) => aSeat({ kind: 'agent', owner: 'mem_a', stage, ...more })

function watched(id: string, seat: string, said: readonly Said[], more: Partial<Kpi> = {}): Watched {
  const kpi = aGoalKpi({ seat, ...more })
  return { id, kpi, cells: cellsOf(said, kpi) }
}
const lines = (kpis: readonly Watched[], seats: Record<string, Seat>) => driftLines(kpis, id => seats[id], calendar)

const off: Said[] = [12, 9, 8, 7]
const gone: Said[] = [12, 13, undefined, undefined]

describe('the list of what drifts', () => {
  it('goes over all seats, the gravest first, then the longest', () => {
    const found = lines([
      watched('kpi_flat', 's1', [12, 12, 12, 12]),
      watched('kpi_gone', 's1', gone),
      watched('kpi_off', 's2', off),
      watched('kpi_longer', 's1', [9, 9, 8, 8, 7, 6]),
    ], { s1: aSeat(), s2: aSeat() })
    expect(found.map(({ what, kpi, seat }) => [what, kpi, seat])).toEqual([
      ['offTrack', 'kpi_longer', 's1'],
      ['offTrack', 'kpi_off', 's2'],
      ['missing', 'kpi_gone', 's1'],
      ['flat', 'kpi_flat', 's1'],
    ])
  })

  it('says nothing of archived KPIs, of seats put away, nor of agents that are planned, paused or retired', () => {
    const seats = { away: aSeat({ archived: true }), planned: anAgent('planned'), paused: anAgent('paused'), retired: anAgent('retired'), s1: aSeat() }
    expect(lines([...Object.keys(seats).filter(id => id !== 's1').map(id => watched(`kpi_${id}`, id, off)), watched('kpi_old', 's1', off, { archived: true }), watched('kpi_lost', 'nowhere', off)], seats)).toEqual([])
    expect(lines([watched('kpi_1', 'vacant', off)], { vacant: aSeat() })).toHaveLength(1)
  })
})

describe('a silent agent', () => {
  const seats = { bot: anAgent('production'), pilot: anAgent('pilot'), sales: aSeat() }

  it('is one none of whose KPIs was heard of, since the last of them went missing; it says so once', () => {
    expect(lines([watched('k1', 'bot', gone), watched('k2', 'bot', [12, undefined, undefined, undefined])], seats)).toEqual([{ what: 'silent', seat: 'bot', since: ago(1), times: 2, under: 'k1', at: ago(1) }])
    expect(lines([watched('k1', 'pilot', gone)], seats)).toMatchObject([{ what: 'silent', seat: 'pilot' }])
  })

  it('is decided about under one of its KPIs, whichever order a replica reads them in', () => {
    const ids = fc.uniqueArray(fc.constantFrom('k1', 'k2', 'k3', 'k4'), { minLength: 1 })
    const heard = fc.array(fc.constantFrom(12, 13), { minLength: 1, maxLength: 4 })
    fc.assert(fc.property(ids.chain(found => fc.tuple(...found.map(id => fc.tuple(fc.constant(id), heard, fc.integer({ min: 2, max: 5 }))))), (kpis) => {
      const silent = kpis.map(([id, said, gap]) => watched(id, 'bot', [...said, ...Array.from({ length: gap }).fill(undefined) as Said[]]))
      const [line] = lines(silent, seats)
      expect(lines([...silent].reverse(), seats)).toEqual([line])
      expect(line).toMatchObject({ what: 'silent', at: ago(1) })
      expect(kpis.find(([id]) => id === line?.under)?.[2]).toBe(Math.min(...kpis.map(([,, gap]) => gap)))
    }))
  })

  it('is not silent while one of its KPIs has a number or a reason', () => {
    expect(lines([watched('k1', 'bot', gone), watched('k2', 'bot', [12, 13, 14])], seats)).toMatchObject([{ what: 'missing', kpi: 'k1' }])
    expect(lines([watched('k1', 'bot', [12, 13, 'cannot', undefined])], seats)).toEqual([])
    expect(lines([watched('k1', 'bot', [12, undefined, 13])], seats)).toMatchObject([{ what: 'missing', since: ago(1) }])
  })

  it('is an agent: a person\'s numbers are missing', () => {
    expect(lines([watched('k1', 'sales', gone)], seats)).toMatchObject([{ what: 'missing', kpi: 'k1', times: 1 }])
  })
})
