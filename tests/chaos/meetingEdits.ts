import type { Hand } from './hand.ts'
import { agendaOf } from '#shared/meeting/agenda.ts'
import { turnFields } from '#shared/meeting/clock.ts'
import { hereFields, ratingFields } from '#shared/meeting/people.ts'
import { meetingId } from '#shared/record/ids.ts'
import { change, dice } from './hand.ts'

/** Edits of a meeting by those in it: started, joined, run, rated and closed, and what is made in it. */
export const meetings: ((hand: Hand) => Promise<unknown>)[] = [
  start,
  hand => change(hand, 'meeting', hereFields(hand.phone.member, 1 + hand.roll(1000))),
  hand => change(hand, 'meeting', hereFields(hand.phone.member, 1 + hand.roll(1000))),
  hand => change(hand, 'meeting', ratingFields(hand.phone.member, { score: 1 + hand.roll(10), at: 1, why: hand.word })),
  hand => change(hand, 'meeting', turnFields(crypto.randomUUID(), { at: 1 + hand.roll(1000), by: hand.phone.member, ...dice(hand.roll, [{ section: 'issues' as const }, { section: 'close' as const }, { paused: true }, { paused: false }]) })),
  hand => change(hand, 'meeting', { facilitator: hand.phone.member }),
  hand => change(hand, 'meeting', { state: 'closed', closedBy: hand.phone.member, closedAt: 2000 }),
  async ({ phone, word, some }) => {
    const meeting = await some('meeting')
    return meeting && phone.add('headline', { text: word, about: 'employee', team: meeting.d.team, meeting: meeting.id, saidBy: phone.member, saidAt: 1 })
  },
  hand => change(hand, 'team', { [`agenda/${dice(hand.roll, ['issues', 'todos'])}`]: { place: hand.roll(7), minutes: hand.roll(90) } }),
]

/** On a day of its own: two that start one meeting are a story of their own, in which what the second wrote first does not count. */
async function start({ phone, word, some, roll }: Hand) {
  const team = await some('team')
  const number = Array.from(word, letter => letter.charCodeAt(0)).reduce((sum, code) => (sum * 31 + code) % 3360, 7)
  const day = `2024-${String(1 + number % 12).padStart(2, '0')}-${String(1 + Math.floor(number / 12) % 28).padStart(2, '0')}`
  return team && phone.add('meeting', { team: team.id, day, state: 'live', agenda: agendaOf({}), startedBy: phone.member, startedAt: 1, facilitator: phone.member }, meetingId(team.id, day, 2 + roll(90)))
}
