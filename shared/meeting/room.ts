import type { Calendar } from '../kpi/period.ts'
import type { Meeting } from '../record/meeting.ts'
import type { Section } from '../record/meetingWords.ts'
import type { Team } from '../record/team.ts'
import type { Timed } from './clock.ts'
import type { Gathered } from './freeze.ts'
import type { RoomParts } from './roomParts.ts'
import { votersOf } from '../issue/round.ts'
import { clockOf, turnsOf } from './clock.ts'
import { joinCode } from './code.ts'
import { lookup, namesIn } from './freeze.ts'
import { attendees } from './people.ts'
import { headlinesPart, prioritiesPart, scoresPart, todosPart, workDone } from './roomParts.ts'
import { closePart, issuesPart } from './roomVote.ts'

/** A turn of the clock without who made it; `clock/…` in a {@link RoomTiming}, in order. */
interface RoomTurn { at: number, section?: Section, paused?: boolean }
export type RoomTiming = Timed & { [turn: `clock/${string}`]: RoomTurn }

/**
 * Everything the screen of a room shows, in names and titles, and nothing that is not everybody's in the room to see:
 * no dot of an open round, no private priority, no single person's rating. The clock comes as its stamps, so that the
 * screen ticks by itself.
 */
export interface RoomView extends RoomParts {
  meeting: string
  team: string
  day: string
  section: Section
  timing: RoomTiming
  facilitator: string
  here: string[]
  /** To join by; empty once the meeting is over. */
  code: string
}

export interface RoomSitting { id: string, meeting: Meeting, team: Team, calendar: Calendar, currency: string, now: number }

/** The room's screen of a meeting, of what is known of it; ballots and records beyond the team's own do no harm. */
export function roomView(sitting: RoomSitting, known: Gathered): RoomView {
  const { id, meeting, team, now } = sitting
  const nameOf = namesIn(known)
  const section = meeting.state === 'closed' ? 'close' : clockOf(meeting, now).section
  return {
    meeting: id,
    team: team.name,
    day: meeting.day,
    section,
    timing: timingOf(meeting),
    facilitator: nameOf(meeting.facilitator),
    here: attendees(meeting).map(({ member }) => nameOf(member)),
    code: meeting.state === 'closed' ? '' : joinCode(id),
    ...partOf(section, sitting, known),
    ...workDone(sitting, known),
  }
}

function partOf(section: Section, sitting: RoomSitting, known: Gathered): RoomParts {
  switch (section) {
    case 'checkIn': return missingPart(sitting, known)
    case 'scorecard': return scoresPart(sitting, known)
    case 'priorities': return prioritiesPart(sitting, known)
    case 'headlines': return headlinesPart(sitting, known)
    case 'todos': return todosPart(sitting, known)
    case 'issues': return issuesPart(sitting, known)
    case 'close': return closePart(sitting)
  }
}

/** Who of the team's own people is not here yet. */
function missingPart({ meeting, team }: RoomSitting, known: Gathered): RoomParts {
  const came = new Set(attendees(meeting).map(({ member }) => member))
  const nameOf = namesIn(known)
  return { missing: votersOf(team, lookup(known.seat), lookup(known.member)).filter(member => !came.has(member)).map(nameOf).sort() }
}

function timingOf(meeting: Meeting): RoomTiming {
  const { state, agenda, startedAt, closedAt } = meeting
  const turns = turnsOf(meeting).map(({ at, section, paused }, place) => [`clock/${String(place).padStart(6, '0')}`, { at, ...section && { section }, ...paused !== undefined && { paused } }])
  return { state, agenda, startedAt, ...closedAt !== undefined && { closedAt }, ...Object.fromEntries(turns) as object }
}
