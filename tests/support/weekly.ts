import type { Guest } from './room.ts'
import { addDays } from '#shared/kpi/civil.ts'
import { addPeriods, isoCalendar, periodOf } from '#shared/kpi/period.ts'
import { quarterOf } from '#shared/kpi/quarter.ts'
import { localDate } from '#shared/kpi/zone.ts'
import { sheetId } from '#shared/record/ids.ts'
import { taken } from './agent.ts'

/** What a team brings to its weekly meeting. */
export const weekly = {
  team: 'team_lead',
  titles: ['Booking rate under 30 %', 'Receivables over 35 days', 'Should Harbor go live?', 'Two new hires'],
  scout: 'seat_scout',
}

const berlin = () => localDate(Date.now(), 'Europe/Berlin')
/** The week a meeting of today reports. */
export const reportedWeek = () => addPeriods(periodOf('week', berlin(), isoCalendar), -1, isoCalendar)
export const seatOf = ({ member }: Guest) => `seat_${member}`

/** A team of everybody and an agent: a red number and one that is to come, a priority, two to-dos and four issues. */
export async function aWeekly([founder, ...others]: readonly Guest[], worker: Guest): Promise<void> {
  const { write } = (founder as Guest).person
  const ada = (founder as Guest).member
  const all = [founder as Guest, ...others]
  for (const guest of all)
    await taken(write('seat', seatOf(guest), { kind: 'human', title: `Seat of ${guest.name}`, accountability: `Answers for what ${guest.name} does`, holder: guest.member, ...guest !== founder && { reportsTo: seatOf(founder as Guest) } }))
  await taken(write('seat', weekly.scout, { kind: 'agent', title: 'Scout', accountability: 'Meetings are booked', owner: ada, stage: 'pilot', reportsTo: seatOf(founder as Guest) }))
  await taken(write('team', weekly.team, { name: 'Leadership', [`seat/${weekly.scout}`]: true, ...Object.fromEntries(all.map(guest => [`seat/${seatOf(guest)}`, true])) }))
  const aNumber = { 'unit': 'number', 'decimals': 0, 'better': 'up', 'cadence': 'week', 'rollUp': 'sum', 'goal/0': { kind: 'atLeast', target: 10 } }
  await taken(write('kpi', 'kpi_calls', { ...aNumber, seat: seatOf(worker), title: 'Calls' }))
  await taken(write('kpi', 'kpi_booked', { ...aNumber, seat: weekly.scout, title: 'Meetings booked' }))
  const week = reportedWeek()
  await taken(worker.person.write('sheet', sheetId('kpi_calls', quarterOf(week)), { kpi: 'kpi_calls', quarter: quarterOf(week), [`cell/${week}/${worker.member}`]: { value: 3, at: Date.now(), source: 'hand' } }))
  await taken(write('priority', 'pri_lyon', { seat: seatOf(worker), title: 'Open in Lyon', doneMeans: 'The door is open', quarter: periodOf('quarter', berlin(), isoCalendar), due: addDays(berlin(), 7), state: 'open' }))
  for (const state of ['open', 'done'])
    await taken(write('todo', `todo_${state}`, { title: `Was to be done, is ${state}`, owner: ada, asker: ada, askedAt: 1, due: berlin(), state, team: weekly.team, ...state === 'done' && { doneAt: Date.now() } }))
  for (const [n, title] of weekly.titles.entries())
    await taken(write('issue', `iss_${n}`, { title, state: 'open', horizon: 'now', team: weekly.team, raisedBy: ada, raisedAt: n + 1 }))
}

/** A vote on the four issues by everybody, three dots each. */
export function openVote(id: string, guests: readonly Guest[], openedBy: Guest): Promise<void> {
  return taken(openedBy.person.write('round', id, { team: weekly.team, state: 'open', issues: weekly.titles.map((_, n) => `iss_${n}`), voters: guests.map(({ member }) => member), dots: 3, cap: 1, openedBy: openedBy.member, openedAt: Date.now() }))
}
