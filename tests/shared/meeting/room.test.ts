import type { Gathered } from '#shared/meeting/freeze.ts'
import type { RoomSitting } from '#shared/meeting/room.ts'
import type { Section } from '#shared/record/meetingWords.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isoCalendar } from '#shared/kpi/period.ts'
import { agendaOf } from '#shared/meeting/agenda.ts'
import { clockOf } from '#shared/meeting/clock.ts'
import { roomView } from '#shared/meeting/room.ts'
import { ballotId, meetingId, sheetId } from '#shared/record/ids.ts'
import { sections } from '#shared/record/meetingWords.ts'

const now = Date.UTC(2026, 10, 18, 12)
const minute = 60_000
const id = meetingId('team_1', '2026-11-18')
const members = ['ada', 'ben', 'cleo', 'dora']
const issues = ['iss_1', 'iss_2', 'iss_3']

/** What must never be on a wall; each word occurs once in the records, in what is private. */
interface Secrets { dots: Record<string, Record<string, number>>, scores: Record<string, number>, open: boolean, over: boolean, section: Section, late: boolean }

const secrets = fc.record({
  dots: fc.record(Object.fromEntries(members.map(member => [member, fc.dictionary(fc.constantFrom(...issues), fc.integer({ min: 1, max: 3 }))]))),
  scores: fc.record(Object.fromEntries(members.map(member => [member, fc.integer({ min: 1, max: 10 })]))),
  open: fc.boolean(),
  over: fc.boolean(),
  section: fc.constantFrom(...sections),
  late: fc.boolean(),
}) as fc.Arbitrary<Secrets>

function sittingOf({ scores, over, section }: Secrets): RoomSitting {
  const here = Object.fromEntries(members.map((member, n) => [`here/${member}`, now + n]))
  const ratings = Object.fromEntries(Object.entries(scores).map(([member, score]) => [`rating/${member}`, { score, at: now, why: `SECRET why of ${member}` }]))
  const meeting = { 'team': 'team_1', 'day': '2026-11-18', 'state': over ? 'closed' as const : 'live' as const, 'agenda': agendaOf({}), 'startedBy': 'ada', 'startedAt': now, 'facilitator': 'ada', ...over && { closedAt: now + 9 * minute, closedBy: 'ada' }, 'clock/SECRET-key': { at: now + minute, by: 'ada', section }, ...here, ...ratings }
  return { id, meeting, team: { 'name': 'Leads', 'seat/s1': true, 'seat/bot': true }, calendar: isoCalendar, currency: 'EUR', now: now + 5 * minute }
}

function knownOf({ dots, open, late }: Secrets): Gathered {
  const other = { team: 'team_2', raisedBy: 'ben', raisedAt: now, state: 'open' as const, horizon: 'now' as const }
  const priority = { seat: 's1', doneMeans: 'Done', quarter: '2026-Q4', due: '2026-12-31', state: 'open' as const }
  return {
    member: members.map(member => ({ id: member, d: { name: `Name of ${member}`, role: 'member', state: 'active', importKey: `SECRET-${member}@example.com` } })),
    seat: [
      { id: 's1', d: { kind: 'human', title: 'Sales', accountability: 'SECRET sells', holder: 'cleo', monthlyCost: 987654321 } },
      { id: 'bot', d: { kind: 'agent', title: 'Scout', accountability: 'Finds', owner: 'cleo' } },
      { id: 's2', d: { kind: 'human', title: 'SECRET seat of others', accountability: 'x' } },
    ],
    kpi: ['s1', 'bot', 's2'].map(seat => ({ id: `k_${seat}`, d: { seat, title: seat === 's2' ? 'SECRET number of others' : `KPI of ${seat}`, unit: 'number', decimals: 0, better: 'up', cadence: 'week', rollUp: 'sum', note: 'SECRET note' } })),
    sheet: ['s1', 'bot', 's2'].map(seat => ({ id: sheetId(`k_${seat}`, '2026-Q4'), d: { 'kpi': `k_${seat}`, 'quarter': '2026-Q4', 'cell/2026-W46/cleo': { value: seat === 's2' ? 7777777 : 12, at: now, source: 'hand', note: 'SECRET evidence' } } })),
    priority: [{ id: 'p1', d: { ...priority, title: 'Open Lyon' } }, { id: 'p2', d: { ...priority, title: 'SECRET plan', private: 'cleo' } }, { id: 'p3', d: { ...priority, seat: 's2', title: 'SECRET plan of others' } }],
    headline: [{ id: 'h1', d: { text: 'Largest order', about: 'customer', team: 'team_1', saidBy: 'cleo', saidAt: now } }, { id: 'h2', d: { text: 'SECRET news of others', about: 'employee', team: 'team_2', saidBy: 'ben', saidAt: now } }],
    todo: [
      { id: 't1', d: { title: 'Call them', owner: 'cleo', asker: 'cleo', askedAt: now, due: '2026-11-17', state: 'open', detail: 'SECRET detail' } },
      { id: 't2', d: { title: 'SECRET to-do of others', owner: 'cleo', asker: 'cleo', askedAt: now, due: '2026-11-17', state: 'open', team: 'team_2', meeting: id } },
    ],
    issue: [
      ...issues.map(issue => ({ id: issue, d: { ...other, title: `Title of ${issue}`, team: 'team_1', detail: 'SECRET story' } })),
      { id: 'iss_o', d: { ...other, title: 'SECRET issue of others' } },
      { id: 'iss_s', d: { ...other, title: 'SECRET decision of others', state: 'solved', decision: 'SECRET', solvedIn: id } },
      { id: 'iss_d', d: { ...other, title: 'SECRET draft', team: 'team_1', draft: true } },
    ],
    round: [{ id: 'r1', d: { team: 'team_1', meeting: id, state: open ? 'open' : 'closed', issues: [...issues, 'iss_o'], voters: members, dots: 3, cap: 3, openedBy: 'ada', openedAt: now, ...Object.fromEntries(members.filter(member => Object.keys(dots[member] ?? {}).length).map(member => [`voted/${member}`, true as const])) } }],
    ballot: members.map(voter => ({ id: ballotId('r1', voter), d: { round: 'r1', voter, dots: dots[voter], ...late && { late: { iss_1: 3 } } } })),
    meeting: [],
  }
}

const bytes = (given: Secrets) => JSON.stringify(roomView(sittingOf(given), knownOf(given)))

describe('the screen of a room', () => {
  it('holds nothing private, nothing of another team and no address, in any part of any meeting', () => {
    fc.assert(fc.property(secrets, (given) => {
      expect(bytes(given)).not.toMatch(/SECRET|@|7777777|987654321/)
    }))
  })

  it('is the same whatever anybody voted, as long as the round is open', () => {
    fc.assert(fc.property(secrets, secrets, (one, other) => {
      const shared = { ...one, open: true }
      const voted = Object.keys(one.dots).filter(member => Object.keys(one.dots[member] ?? {}).length)
      const dots = Object.fromEntries(voted.map(member => [member, { iss_1: 1, ...other.dots[member] }]))
      expect(bytes({ ...shared, dots })).toBe(bytes(shared))
    }))
  })

  it('is the same whatever any one gave the meeting, until it is over; then only what all gave together tells', () => {
    fc.assert(fc.property(secrets, secrets, (one, other) => {
      expect(bytes({ ...one, over: false, scores: other.scores })).toBe(bytes({ ...one, over: false }))
      const [a = 1, b = 1, c = 1, d = 1] = members.map(member => one.scores[member])
      expect(bytes({ ...one, over: true, scores: { ada: d, ben: c, cleo: b, dora: a } })).toBe(bytes({ ...one, over: true }))
    }))
  })

  it('tells no average of fewer than three', () => {
    fc.assert(fc.property(secrets, fc.subarray(members, { maxLength: 2 }), (given, rated) => {
      const scores = Object.fromEntries(rated.map(member => [member, given.scores[member] ?? 1]))
      expect(roomView(sittingOf({ ...given, scores, over: true }), knownOf(given)).rated).toEqual({ count: rated.length, of: members.length })
    }))
  })

  it('ticks by the stamps as everybody\'s clock does', () => {
    fc.assert(fc.property(secrets, fc.integer({ min: 0, max: 200 }), (given, minutes) => {
      const { meeting } = sittingOf(given)
      const { timing } = roomView(sittingOf(given), knownOf(given))
      expect(clockOf(timing, now + minutes * minute)).toEqual(clockOf(meeting, now + minutes * minute))
    }))
  })

  const given: Secrets = { dots: { ada: { iss_1: 1 }, ben: { iss_2: 1 }, cleo: { iss_1: 2, iss_3: 1 }, dora: {} }, scores: { ada: 9, ben: 8, cleo: 10, dora: 6 }, open: true, over: false, section: 'issues', late: false }
  const viewOf = (more: Partial<Secrets>) => roomView(sittingOf({ ...given, ...more }), knownOf({ ...given, ...more }))

  it('says who has voted before the close, and after it the sums with their ties', () => {
    expect(viewOf({}).vote).toMatchObject({ state: 'open', voted: 3, lines: [], list: ['Title of iss_1', 'Title of iss_2', 'Title of iss_3', ''] })
    expect(viewOf({}).vote?.voters.at(-1)).toEqual({ name: 'Name of dora', voted: false })
    expect(viewOf({ open: false }).vote).toMatchObject({ state: 'closed', list: [], onTheWay: 0, lines: [{ title: 'Title of iss_1', votes: 3, tied: false }, { votes: 1, place: 2, tied: true }, { votes: 1, place: 2, tied: true }, { title: '', votes: 0 }] })
    expect(viewOf({ open: false }).issues?.map(({ title }) => title)).toEqual(['Title of iss_1', 'Title of iss_2', 'Title of iss_3'])
  })

  it('shows agents\' and people\'s numbers in one list, and says which of an agent\'s a person typed', () => {
    expect(viewOf({ section: 'scorecard' }).scores).toMatchObject([{ title: 'KPI of bot', agent: true, typed: true, value: 12, status: 'noGoal' }, { title: 'KPI of s1', agent: false, typed: false, seat: 'Sales' }])
  })

  it('shows its end once the meeting is over, and no code to join by', () => {
    expect(viewOf({ over: true })).toMatchObject({ section: 'close', code: '', rated: { count: 4, of: 4, average: 8.25 } })
  })
})
