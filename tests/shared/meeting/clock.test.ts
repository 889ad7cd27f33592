import type { ClockTurn, Meeting } from '#shared/record/meeting.ts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agendaFields, agendaOf, fullAgenda, usualMinutes } from '#shared/meeting/agenda.ts'
import { besides, clockOf, turnsOf } from '#shared/meeting/clock.ts'
import { joinCode, readCode } from '#shared/meeting/code.ts'
import { sections } from '#shared/record/meetingWords.ts'

const minute = 60_000
const aMeeting = (more: Partial<Meeting> = {}): Meeting => ({ team: 'team_1', day: '2026-11-23', state: 'live', agenda: agendaOf({}), startedBy: 'ana', startedAt: 0, facilitator: 'ana', ...more })
const turn = (at: number, what: Partial<ClockTurn>): ClockTurn => ({ at, by: 'ana', ...what })
const anyTurn = fc.record({
  at: fc.integer({ min: 0, max: 90 }).map(minutes => minutes * minute),
  what: fc.oneof(fc.constantFrom(...sections).map(section => ({ section })), fc.boolean().map(paused => ({ paused }))),
}).map(({ at, what }) => turn(at, what))

describe('the agenda', () => {
  it('is the seven usual parts in the usual order, where a team says nothing', () => {
    expect(agendaOf({}).map(({ section, minutes }) => [section, minutes])).toEqual(sections.map(section => [section, usualMinutes[section]]))
  })

  it('is a team\'s own in order and minutes; a part without minutes is left out, and it can always be closed', () => {
    const mine = { 'agenda/issues': { place: 0, minutes: 40 }, 'agenda/close': { place: 1, minutes: 0 }, 'agenda/todos': { place: 20, minutes: 10 } }
    expect(agendaOf(mine).map(({ section }) => section)).toEqual(['checkIn', 'issues', 'scorecard', 'priorities', 'headlines', 'todos', 'close'])
    expect(agendaOf(Object.fromEntries(sections.map(section => [`agenda/${section}`, { place: 0, minutes: 0 }])))).toEqual([{ section: 'close', minutes: 5 }])
  })

  it('edited in any way is read back as it was edited', () => {
    const place = fc.record({ place: fc.integer({ min: 0, max: 7 }), minutes: fc.integer({ min: 0, max: 9 }) })
    const stored = fc.dictionary(fc.constantFrom(...sections.map(section => `agenda/${section}` as const)), place)
    fc.assert(fc.property(stored, fc.shuffledSubarray([...sections], { minLength: 7 }), fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 7, maxLength: 7 }), (team, order, minutes) => {
      const wanted = order.map((section, n) => ({ section, minutes: minutes[n] as number }))
      expect(fullAgenda({ ...team, ...agendaFields(team, wanted) })).toEqual(wanted)
      expect(agendaFields({ ...team, ...agendaFields(team, wanted) }, wanted)).toEqual({})
    }))
  })
})

describe('the clock of the room', () => {
  it('shows the time in this part and in all, without the pauses', () => {
    const meeting = aMeeting({
      'clock/a': turn(4 * minute, { section: 'scorecard' }),
      'clock/b': turn(6 * minute, { paused: true }),
      'clock/c': turn(16 * minute, { paused: false }),
    })
    expect(clockOf(meeting, 18 * minute)).toMatchObject({ section: 'scorecard', paused: false, inSection: 4 * minute, total: 8 * minute, pace: 'amber', totalPace: 'fine' })
    expect(clockOf(meeting, 12 * minute)).toMatchObject({ section: 'scorecard', inSection: 2 * minute, total: 6 * minute })
    expect(clockOf(meeting, 19 * minute)).toMatchObject({ inSection: 5 * minute, pace: 'over' })
  })

  it('adds up what came back to a part, and stands still at the close', () => {
    const meeting = aMeeting({ 'clock/a': turn(minute, { section: 'issues' }), 'clock/b': turn(3 * minute, { section: 'checkIn' }), 'state': 'closed', 'closedAt': 5 * minute })
    expect(clockOf(meeting, 99 * minute)).toMatchObject({ section: 'checkIn', inSection: 3 * minute, total: 5 * minute, spent: { checkIn: 3 * minute, issues: 2 * minute } })
  })

  it('is the same whatever order its turns arrived in', () => {
    fc.assert(fc.property(fc.array(anyTurn, { maxLength: 8 }), fc.integer({ min: 0, max: 120 }), (turns, now) => {
      const fields = turns.map((one, n) => [`clock/${n}`, one] as const)
      const there = aMeeting(Object.fromEntries(fields) as object)
      const back = aMeeting(Object.fromEntries([...fields].reverse()) as object)
      expect(clockOf(there, now * minute)).toEqual(clockOf(back, now * minute))
    }))
  })

  it('never shows more than has passed, and every minute not paused is in some part', () => {
    fc.assert(fc.property(fc.array(anyTurn, { maxLength: 8 }), fc.integer({ min: 90, max: 120 }), (turns, now) => {
      const meeting = aMeeting(Object.fromEntries(turns.map((one, n) => [`clock/${n}`, one])) as object)
      const { total, spent } = clockOf(meeting, now * minute)
      expect(total).toBeLessThanOrEqual(now * minute)
      expect(Object.values(spent).every(ms => ms >= 0)).toBe(true)
      if (turnsOf(meeting).every(({ paused }) => !paused))
        expect(total).toBe(now * minute)
    }))
  })

  it('knows what comes next, and that nothing comes after the close', () => {
    expect([besides(aMeeting(), 'checkIn', 1), besides(aMeeting(), 'checkIn', -1), besides(aMeeting(), 'close', 1)]).toEqual(['scorecard', undefined, undefined])
  })
})

it('a code said across the room is four letters none of which looks like another, however it is typed', () => {
  fc.assert(fc.property(fc.string(), (id) => {
    expect(joinCode(id)).toMatch(/^[A-HJKMNP-Z2-9]{4}$/)
    expect(readCode(` ${joinCode(id).toLowerCase().split('').join('-')} `)).toBe(joinCode(id))
  }))
})
