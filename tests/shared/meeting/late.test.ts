import type { Gathered } from '#shared/meeting/freeze.ts'
import type { Ballot } from '#shared/record/ballot.ts'
import type { Meeting } from '#shared/record/meeting.ts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isoCalendar } from '#shared/kpi/period.ts'
import { agendaOf } from '#shared/meeting/agenda.ts'
import { freezeMeeting } from '#shared/meeting/freeze.ts'
import { lateOf } from '#shared/meeting/late.ts'
import { sheetId } from '#shared/record/ids.ts'

const id = 'meeting:team_1:2026-11-23'
const closedAt = Date.UTC(2026, 10, 23, 10)
const hour = 3_600_000
const people = ['ana', 'ben', 'cho']
const team = { 'name': 'Leadership', 'seat/seat_1': true as const }

/** One thing that happens in a meeting, by whoever, before or after its close. */
type Event = { what: 'here' | 'ballot' | 'todo' | 'headline' | 'solved', n: number } | { what: 'rating' | 'score', n: number, value: number }
const anyEvent: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ what: fc.constantFrom('here' as const, 'ballot' as const, 'todo' as const, 'headline' as const, 'solved' as const), n: fc.nat(2) }),
  fc.record({ what: fc.constantFrom('rating' as const, 'score' as const), n: fc.nat(2), value: fc.integer({ min: 1, max: 4 }) }),
)

/** The company after these events; those from `close` on came after it. */
function after(events: readonly Event[], close = events.length): { meeting: Meeting, known: Gathered } {
  const fields: Record<string, unknown> = {}
  const cells: Record<string, unknown> = {}
  const rows: Record<'todo' | 'headline' | 'solved', Set<number>> = { todo: new Set(), headline: new Set(), solved: new Set() }
  const ballots: Record<string, Ballot> = {}
  events.forEach((event, at) => {
    const who = people[event.n] as string
    switch (event.what) {
      case 'here': return fields[`here/${who}`] ??= closedAt
      case 'rating': return fields[`rating/${who}`] = { score: event.value, at: closedAt }
      case 'score': return cells[`cell/2026-W47/${who}`] = { value: event.value, at: closedAt + at, source: 'hand' }
      case 'ballot': return ballots[who] = { ...ballots[who], round: 'round_1', voter: who, [at < close ? 'dots' : 'late']: { iss_1: 1 } }
      case 'todo':
      case 'headline':
      case 'solved': return rows[event.what].add(event.n)
    }
  })
  const meeting = { team: 'team_1', day: '2026-11-23', state: 'live', agenda: agendaOf({}), startedBy: 'ana', startedAt: closedAt - 1, facilitator: 'ana', ...fields } as Meeting
  const elsewhere = 'meeting:team_1:2026-11-16'
  const held = <D>(kind: string, of: Iterable<number>, body: (n: number, meeting: string) => D) => [...[...of].map(n => ({ id: `${kind}_${n}`, d: body(n, id) })), { id: `${kind}_before`, d: body(9, elsewhere) }]
  return {
    meeting,
    known: {
      member: people.map(person => ({ id: person, d: { name: person, role: 'member', state: 'active' } })),
      seat: [{ id: 'seat_1', d: { kind: 'human', title: 'CEO', accountability: 'All goes well', holder: 'ana' } }],
      kpi: [{ id: 'kpi_1', d: { seat: 'seat_1', title: 'Leads', unit: 'number', decimals: 0, better: 'up', cadence: 'week', rollUp: 'sum' } }],
      sheet: [{ id: sheetId('kpi_1', '2026-Q4'), d: { kpi: 'kpi_1', quarter: '2026-Q4', ...cells } }],
      priority: [],
      headline: held('headline', rows.headline, (n, meeting) => ({ text: `News ${n}`, about: 'customer' as const, saidBy: 'ana', saidAt: closedAt, team: 'team_1', meeting })),
      todo: held('todo', rows.todo, (n, meeting) => ({ title: `Do ${n}`, owner: 'ana', asker: 'ana', askedAt: closedAt, due: '2026-11-30', state: 'open' as const, meeting })),
      issue: held('iss', rows.solved, (n, meeting) => ({ title: `Issue ${n}`, state: 'solved' as const, horizon: 'now' as const, raisedBy: 'ana', raisedAt: closedAt, decision: 'Yes', solvedIn: meeting })),
      round: [{ id: 'round_1', d: { team: 'team_1', state: 'closed', issues: ['iss_1'], voters: people, dots: 3, cap: 1, openedBy: 'ana', openedAt: closedAt, meeting: id } }],
      ballot: Object.entries(ballots).map(([voter, d]) => ({ id: `ballot:round_1:${voter}`, d })),
      meeting: [{ id, d: meeting }],
    },
  }
}

function freeze(events: readonly Event[]) {
  const { meeting, known } = after(events)
  return freezeMeeting({ id, meeting, team, closedAt, calendar: isoCalendar }, known)
}

describe('what came later than a record', () => {
  it('is nothing, where everything had arrived before the close', () => {
    fc.assert(fc.property(fc.array(anyEvent, { maxLength: 12 }), (events) => {
      const { meeting, known } = after(events)
      expect(lateOf(freeze(events), meeting, known)).toEqual([])
    }))
  })

  it('is all that changed what the record would be, and nothing else', () => {
    fc.assert(fc.property(fc.array(anyEvent, { maxLength: 8 }), fc.array(anyEvent, { maxLength: 4 }), (before, later) => {
      const recap = freeze(before)
      const { meeting, known } = after([...before, ...later], before.length)
      const ballots = later.some(({ what }) => what === 'ballot')
      const same = JSON.stringify(freezeMeeting({ id, meeting, team, closedAt, calendar: isoCalendar }, known)) === JSON.stringify(recap)
      expect(lateOf(recap, meeting, known).length === 0).toBe(same && !ballots)
    }))
  })

  it('is news from before the meeting too, that reached nobody until it was over; not what an earlier meeting heard', () => {
    const { meeting, known } = after([])
    const earlier = { ...meeting, day: '2026-11-16', state: 'closed' as const, startedAt: closedAt - 2 * hour - 1, closedAt: closedAt - 2 * hour }
    const said = (news: string, saidAt: number) => ({ id: news, d: { text: news, about: 'customer' as const, saidBy: 'ana', saidAt, team: 'team_1' } })
    const later: Gathered = {
      ...known,
      headline: [said('heard', closedAt - 3 * hour), said('offline', closedAt - hour), said('since', closedAt + hour)],
      meeting: [...known.meeting, { id: 'meeting:team_1:2026-11-16', d: earlier }],
    }
    expect(lateOf(freeze([]), meeting, later)).toEqual([{ what: 'headline', id: 'offline', title: 'offline' }])
  })

  it('names the person, and the number as it is beside what it was', () => {
    const { meeting, known } = after([{ what: 'score', n: 0, value: 2 }, { what: 'here', n: 1 }, { what: 'rating', n: 1, value: 4 }, { what: 'ballot', n: 2 }], 1)
    expect(lateOf(freeze([{ what: 'score', n: 0, value: 3 }]), meeting, known)).toEqual([
      { what: 'here', member: 'ben' },
      { what: 'rating', member: 'ben', score: 4 },
      { what: 'ballot', member: 'cho', round: 'round_1' },
      { what: 'score', kpi: 'kpi_1', title: 'Leads', value: 2, was: 3 },
    ])
  })
})
