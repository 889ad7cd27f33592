import type { ClockTurn, Meeting } from '../record/meeting.ts'
import type { Section } from '../record/meetingWords.ts'

/** Of a part's minutes: `amber` from four fifths on, `over` once they are gone. */
export type Pace = 'fine' | 'amber' | 'over'

/** What the clock is counted from, besides its turns. */
export type Timed = Pick<Meeting, 'state' | 'agenda' | 'startedAt' | 'closedAt'>

/** Where the room's clock stands; every time in ms. */
export interface RoomClock {
  section: Section
  paused: boolean
  /** Time spent in this part, earlier visits counted. */
  inSection: number
  planned: number
  pace: Pace
  /** Time spent in all, pauses left out, and what the agenda has room for. */
  total: number
  totalPlanned: number
  totalPace: Pace
  spent: Record<Section, number>
}

const minute = 60_000

/** `key` names the turn: no two devices may make the same. */
export const turnFields = (key: string, turn: ClockTurn): Partial<Meeting> => ({ [`clock/${key}`]: turn }) as object

/** The turns of the clock in the order they were made; two of one moment by their key. */
export function turnsOf(meeting: object): ClockTurn[] {
  return Object.entries(meeting)
    .filter((field): field is [string, ClockTurn] => field[0].startsWith('clock/') && Boolean(field[1]))
    .sort(([key, turn], [otherKey, other]) => turn.at - other.at || (key < otherKey ? -1 : 1))
    .map(([, turn]) => turn)
}

/**
 * The one clock of the room, from what is stored alone: every phone that holds the same record shows the same, whenever
 * it was off. `now` is the device's clock as the server corrected it; a meeting that is over stands still at its end.
 */
export function clockOf(meeting: Timed, now: number): RoomClock {
  const spent = Object.fromEntries(meeting.agenda.map(({ section }) => [section, 0])) as Record<Section, number>
  const end = Math.max(meeting.startedAt, meeting.state === 'closed' ? meeting.closedAt ?? now : now)
  let at = meeting.startedAt
  let section = meeting.agenda[0]?.section ?? 'close'
  let paused = false
  const runTo = (time: number) => {
    if (!paused)
      spent[section] = (spent[section] ?? 0) + Math.max(0, time - at)
    at = Math.max(at, time)
  }
  for (const turn of turnsOf(meeting)) {
    runTo(Math.min(turn.at, end))
    paused = turn.paused ?? false
    section = turn.section ?? section
  }
  runTo(end)
  const plannedOf = (part: Section) => (meeting.agenda.find(one => one.section === part)?.minutes ?? 0) * minute
  const total = Object.values(spent).reduce((sum, ms) => sum + ms, 0)
  const totalPlanned = meeting.agenda.reduce((sum, { minutes }) => sum + minutes * minute, 0)
  return {
    section,
    paused,
    inSection: spent[section] ?? 0,
    planned: plannedOf(section),
    pace: paceOf(spent[section] ?? 0, plannedOf(section)),
    total,
    totalPlanned,
    totalPace: paceOf(total, totalPlanned),
    spent,
  }
}

export function paceOf(spent: number, planned: number): Pace {
  return spent >= planned ? 'over' : spent >= planned * 0.8 ? 'amber' : 'fine'
}

/** The part that comes after this one on the agenda (`by` 1), or before it (-1); undefined at either end. */
export function besides(meeting: Pick<Meeting, 'agenda'>, section: Section, by: 1 | -1): Section | undefined {
  const place = meeting.agenda.findIndex(part => part.section === section)
  return meeting.agenda[place + by]?.section
}
