import type { AgendaPart, AgendaPlace } from '#shared/record/meeting.ts'
import type { Section } from '#shared/record/meetingWords.ts'
import type { Team } from '#shared/record/team.ts'
import { agendaFields, fullAgenda } from '#shared/meeting/agenda.ts'

/** A part of the agenda as it is being typed. */
export interface AgendaLine { section: Section, minutes: string }

export const agendaLines = (team: Team | undefined): AgendaLine[] => fullAgenda(team ?? {}).map(({ section, minutes }) => ({ section, minutes: String(minutes) }))

/** The lines with one of them a place earlier (`by` -1) or later (1); as they were at either end. */
export function moveLine(lines: readonly AgendaLine[], at: number, by: 1 | -1): AgendaLine[] {
  const [line, other] = [lines[at], lines[at + by]]
  return line && other ? lines.map((one, place) => place === at ? other : place === at + by ? line : one) : [...lines]
}

/** What is typed as a part of the agenda; undefined where it is no number of minutes. */
export function readLine({ section, minutes }: AgendaLine): AgendaPart | undefined {
  const count = minutes.trim() === '' ? 0 : Number(minutes)
  return Number.isInteger(count) && count >= 0 && count <= 480 ? { section, minutes: count } : undefined
}

/** The fields that make these lines the team's agenda. */
export function agendaChanges(team: Team | undefined, lines: readonly AgendaLine[]): Record<`agenda/${string}`, AgendaPlace> {
  return agendaFields(team ?? {}, lines.flatMap(line => readLine(line) ?? []))
}
