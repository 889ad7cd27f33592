import type { Bodies, Body } from '../record/envelope.ts'
import type { ClockTurn } from '../record/meeting.ts'
import type { RuleRefusal } from './rules.ts'
import type { Person, World, Write } from './world.ts'
import { attendeesIn, attends } from '../meeting/people.ts'
import { meetingId } from '../record/ids.ts'

type MeetingCode = 'not-allowed' | 'not-yours' | 'not-your-entry' | 'not-attending' | 'fixed-field' | 'wrong-id'

/** Whether they run a team's meetings: admins, managers, and who holds a seat in it. */
export function runsMeetings({ member, role }: Person, world: World, team: string): boolean {
  const seats = world.get('team', team)
  return role === 'admin' || role === 'manager' || (role === 'member' && world.seatsHeldBy(member).some(seat => seats?.[`seat/${seat}`]))
}

/** Whether they may put a meeting on a screen that asks nobody who they are: who runs it, or attends. */
export function mayShowRoom(person: Person, world: World, id: string): boolean {
  const meeting = world.get('meeting', id)
  return meeting !== undefined && person.role !== 'viewer' && (runsMeetings(person, world, meeting.team) || attends(meeting, person.member))
}

/** Who may start one, join, rate, turn the clock, take over and close. */
export function judgeMeeting(person: Person, world: World, { id, before, set, after }: Write): MeetingCode | undefined {
  const { member } = person
  const meeting = after as unknown as Bodies['meeting']
  if (person.role === 'viewer')
    return 'not-allowed'
  if (!isIdOfSitting(id, meeting))
    return 'wrong-id'
  const runs = runsMeetings(person, world, meeting.team)
  if (!before && (!runs || set.startedBy !== member || set.facilitator !== member))
    return runs ? 'not-yours' : 'not-allowed'
  return judgeEntries(member, runs, set) ?? judgeRunning(member, runs || attends(meeting, member), { before, set }) ?? judgeRating(meeting, member, set)
}

function isIdOfSitting(id: string, { team, day }: Bodies['meeting']): boolean {
  const first = meetingId(team, day)
  return id === first || (id.startsWith(`${first}.`) && Number(id.slice(first.length + 1)) > 1)
}

/** Everybody joins and rates for themselves; who runs the meeting also marks those who have no phone with them. */
function judgeEntries(member: string, runs: boolean, set: Write['set']): MeetingCode | undefined {
  const others = Object.keys(set).filter(field => /^(?:here|rating)\//.test(field) && !field.endsWith(`/${member}`))
  return others.some(field => field.startsWith('rating/') || !runs) ? 'not-your-entry' : undefined
}

/** Turning the clock, taking over and closing is anybody's who attends; a turn is theirs who made it, and stays. */
function judgeRunning(member: string, runs: boolean, { before, set }: Pick<Write, 'before' | 'set'>): MeetingCode | undefined {
  const turns = Object.keys(set).filter(field => field.startsWith('clock/'))
  const running = ['state', 'facilitator', 'closedBy', 'closedAt'].some(field => field in set) || turns.length > 0
  if (running && !runs)
    return 'not-attending'
  if (turns.some(field => before?.[field] !== undefined))
    return 'fixed-field'
  const takes = 'facilitator' in set && set.facilitator !== member && before?.facilitator !== member
  const isTheirs = turns.every(field => (set[field] as { by?: unknown } | null)?.by === member) && (set.closedBy === undefined || set.closedBy === member)
  return isTheirs && !takes ? undefined : 'not-yours'
}

function judgeRating(meeting: Bodies['meeting'], member: string, set: Write['set']): MeetingCode | undefined {
  return set[`rating/${member}`] && !attends(meeting, member) ? 'not-attending' : undefined
}

/** More than any meeting takes: every device reads them all, again and again. */
const mostTurns = 500

/** A meeting that is over stays so; its clock turns to parts of its own agenda; who was there is of the company. */
export function refuseMeeting(world: World, { before, set, after }: Write): RuleRefusal | undefined {
  const meeting = after as unknown as Bodies['meeting']
  if (before ? before.state === 'closed' && meeting.state === 'live' : meeting.state !== 'live')
    return { code: 'meeting-closed', fields: ['state'] }
  const parts = meeting.agenda.map(({ section }) => section)
  const misplaced = Object.entries(set).filter(([field, value]) => {
    const section = field.startsWith('clock/') ? (value as ClockTurn | null)?.section : undefined
    return section !== undefined && !parts.includes(section)
  })
  if (new Set(parts).size < parts.length)
    return { code: 'bad-value', fields: ['agenda'] }
  const turns = (fields: Body) => Object.keys(fields).filter(field => field.startsWith('clock/')).length
  if (turns(set) > 0 && turns(after) > mostTurns)
    return { code: 'too-large' }
  const strangers = attendeesIn(set).filter(member => set[`here/${member}`] !== null && !world.get('member', member))
  if (strangers.length > 0)
    return { code: 'bad-value', fields: strangers.map(member => `here/${member}`) }
  return misplaced.length > 0 ? { code: 'bad-value', fields: misplaced.map(([field]) => field) } : undefined
}
