import type { Calendar } from '#shared/kpi/period.ts'
import type { Held } from '#shared/lifecycle/around.ts'
import type { Near } from '#shared/meeting/remind.ts'
import type { Member } from '#shared/record/member.ts'
import type { Org } from '#shared/record/org.ts'
import type { Round } from '#shared/record/round.ts'
import type { Sheet } from '#shared/record/sheet.ts'
import type { Team } from '#shared/record/team.ts'
import type { Todo } from '#shared/record/todo.ts'
import type { ReadTx, StoredDoc } from '../store/port.ts'
import { quarterOf } from '#shared/kpi/quarter.ts'
import { localDate } from '#shared/kpi/zone.ts'
import { missingFor, nearMeeting } from '#shared/meeting/remind.ts'
import { reportedPeriod, seatsIn } from '#shared/meeting/report.ts'
import { meetingId, sheetId } from '#shared/record/ids.ts'
import { countDue } from '#shared/tasks/due.ts'
import { each } from '../sync/gather.ts'

/** A team's meeting that is near and has not been begun. */
export interface NearMeeting extends Near { id: string, teamId: string, team: Team, calendar: Calendar }

/** What a person is reminded of, and what their app's badge then says. */
export interface Open { member: string, missing: number, due: number }

/** The meetings of a company that are near; `undefined` where there is no such company any more. */
export async function nearMeetings(tx: ReadTx, orgId: string, now: number): Promise<NearMeeting[] | undefined> {
  const [org] = await tx.docs(orgId, [orgId])
  if (!org || org.deleted)
    return undefined
  const calendar = org.body as unknown as Org
  const near = (await tx.docsByKind(orgId, 'team')).flatMap(({ id: teamId, body, deleted }) => {
    const team = body as unknown as Team
    const found = deleted || team.archived ? undefined : nearMeeting(team.slot, now, calendar.timeZone)
    return found ? [{ ...found, id: meetingId(teamId, found.day), teamId, team, calendar }] : []
  })
  const begun = new Set((await tx.docs(orgId, near.map(({ id }) => id))).map(({ id }) => id))
  return near.filter(({ id }) => !begun.has(id))
}

/** Of these members those who are here, with what each has open for a meeting. */
export async function openFor(tx: ReadTx, org: string, meeting: NearMeeting, members: readonly string[], now: number): Promise<Open[]> {
  const people = (await tx.docs(org, members)).filter(({ deleted, body }) => !deleted && (body as unknown as Member).state === 'active')
  const seat = held<'seat'>(await tx.docs(org, seatsIn(meeting.team)))
  const kpi = held<'kpi'>(await each(seat, ({ id }) => tx.docsByParent(org, id, 'kpi')))
  const wanted = kpi.map(({ id, d }) => sheetId(id, quarterOf(reportedPeriod(d.cadence, meeting.day, meeting.calendar))))
  const sheets = new Map((await tx.docs(org, wanted)).map(({ id, body }) => [id, body as unknown as Sheet]))
  const rounds = living<Round>(await tx.docsByKind(org, 'round'))
  const today = localDate(now, meeting.calendar.timeZone)
  const open: Open[] = []
  for (const { id } of people) {
    const missing = missingFor(id, meeting, { seat, kpi, sheetOf: sheet => sheets.get(sheet) }).length
    open.push({ member: id, missing, due: missing && countDue(id, today, { missing, todos: living<Todo>(await tx.docsByOwner(org, id, 'todo')), rounds }) })
  }
  return open
}

function held<K extends 'seat' | 'kpi'>(docs: readonly StoredDoc[]) {
  return docs.filter(({ deleted }) => !deleted).map(({ id, body }) => ({ id, d: body })) as unknown as Held<K>[]
}

function living<Record>(docs: readonly StoredDoc[]): Record[] {
  return docs.filter(({ deleted }) => !deleted).map(({ body }) => body as unknown as Record)
}
