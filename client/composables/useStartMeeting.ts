import type { Meeting } from '#shared/record/meeting.ts'
import type { Rec } from '../db/types.ts'
import type { Company } from './useCompany.ts'
import { zoneOf } from '#shared/kpi/due.ts'
import { localDate } from '#shared/kpi/zone.ts'
import { agendaOf } from '#shared/meeting/agenda.ts'
import { hereFields } from '#shared/meeting/people.ts'
import { meetingId } from '#shared/record/ids.ts'
import { useReplica } from './useReplica.ts'

/** Starts a team's meeting of today, or finds the one that runs; resolves to its id. The starter is in it. */
export function useStartMeeting(company: Company) {
  const replica = useReplica()
  return async (team: Rec<'team'>): Promise<string> => {
    const now = replica.now()
    const day = localDate(now, zoneOf(team.d.slot, company.calendar.value.timeZone))
    const me = replica.member
    let nth = 1
    let held = await replica.get<'meeting'>(meetingId(team.id, day))
    while (held?.d.state === 'closed')
      held = await replica.get<'meeting'>(meetingId(team.id, day, ++nth))
    const id = meetingId(team.id, day, nth)
    const body: Meeting = { team: team.id, day, state: 'live', agenda: agendaOf(team.d), startedBy: me, startedAt: now, facilitator: me, ...team.d.demo && { demo: true } }
    if (!held)
      await replica.add('meeting', body, id)
    await replica.set<'meeting'>(id, hereFields(me, now))
    return id
  }
}
