import type { AgendaPart, AgendaPlace } from '../record/meeting.ts'
import type { Section } from '../record/meetingWords.ts'
import type { Team } from '../record/team.ts'
import { sections } from '../record/meetingWords.ts'

/** Minutes for each part, where a team has said nothing of it; their order is that of {@link sections}. */
export const usualMinutes: Record<Section, number> = { checkIn: 5, scorecard: 5, priorities: 5, headlines: 5, todos: 5, issues: 60, close: 5 }

type AgendaOfTeam = Pick<Team, `agenda/${string}`>

const placeIn = (team: AgendaOfTeam, section: Section): AgendaPlace => team[`agenda/${section}`] ?? { place: sections.indexOf(section), minutes: usualMinutes[section] }

/** A team's agenda with the parts it leaves out, for editing: in its own order. */
export function fullAgenda(team: AgendaOfTeam): AgendaPart[] {
  return sections.map(section => ({ section, ...placeIn(team, section) }))
    .sort((one, other) => one.place - other.place || sections.indexOf(one.section) - sections.indexOf(other.section))
    .map(({ section, minutes }) => ({ section, minutes }))
}

/** What a meeting of this team goes through. It can always be closed: without any other part, closing is left. */
export function agendaOf(team: AgendaOfTeam): AgendaPart[] {
  const parts = fullAgenda(team).filter(({ minutes }) => minutes > 0)
  return parts.some(({ section }) => section === 'close') ? parts : [...parts, { section: 'close', minutes: usualMinutes.close }]
}

/** The fields that make this the team's agenda: of the parts that change alone, so that two who edit different parts both stand. */
export function agendaFields(team: AgendaOfTeam, after: readonly AgendaPart[]): Record<`agenda/${string}`, AgendaPlace> {
  const changed = after.map(({ section, minutes }, place) => ({ section, place, minutes })).filter(({ section, place, minutes }) => {
    const before = placeIn(team, section)
    return before.place !== place || before.minutes !== minutes
  })
  return Object.fromEntries(changed.map(({ section, place, minutes }) => [`agenda/${section}`, { place, minutes }]))
}
