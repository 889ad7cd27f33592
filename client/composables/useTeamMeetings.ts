import type { Rec } from '../db/types.ts'
import type { Company } from './useCompany.ts'
import type { TeamRecord } from './useOpenRound.ts'
import { computed } from 'vue'
import { runsMeetings } from '#shared/access/meeting.ts'
import { nextMeeting } from '#shared/kpi/due.ts'
import { agendaOf } from '#shared/meeting/agenda.ts'
import { joinCode, readCode } from '#shared/meeting/code.ts'
import { attendees } from '#shared/meeting/people.ts'
import { useClock } from './useClock.ts'
import { useRecords } from './useLive.ts'
import { usePredict } from './usePredict.ts'
import { sittingOf } from './useSitting.ts'

/** The company's meetings that run now, the last to begin first. */
export function useLiveMeetings(company: Company) {
  const all = useRecords({ kind: 'meeting' })
  const live = computed(() => all.value.filter(record => sittingOf(record) !== 'closed').sort((one, other) => other.d.startedAt - one.d.startedAt).map(({ id, d }) => ({
    id,
    team: d.team,
    name: company.teams.value.find(team => team.id === d.team)?.d.name ?? '',
    startedAt: d.startedAt,
    here: attendees(d).length,
    joined: typeof d[`here/${company.me}`] === 'number',
    facilitator: company.nameOf(d.facilitator),
  })))
  /** The one somebody said the code of. */
  const byCode = (typed: string) => live.value.find(({ id }) => joinCode(id) === readCode(typed))?.id
  return { live, byCode }
}

export type LiveMeeting = ReturnType<typeof useLiveMeetings>['live']['value'][number]

export type RecapRecord = Rec<'recap'>

/** A team's own meetings: the next, and what those came to that are over. */
export function useTeamMeetings(team: () => TeamRecord | undefined, company: Company) {
  const now = useClock()
  const { world } = usePredict(company)
  const recaps = useRecords(() => {
    const held = team()
    return held && { kind: 'recap' as const, parent: held.id }
  })
  const past = computed(() => [...recaps.value].sort((one, other) => other.d.startedAt - one.d.startedAt))
  const next = computed(() => {
    const slot = team()?.d.slot
    return slot && nextMeeting(slot, now.value, company.calendar.value.timeZone)
  })
  const minutes = computed(() => agendaOf(team()?.d ?? {}).reduce((sum, part) => sum + part.minutes, 0))
  const mayStart = computed(() => {
    const [held, role] = [team(), company.myRole.value]
    return held !== undefined && role !== undefined && runsMeetings({ member: company.me, role }, world, held.id)
  })
  return { past, next, minutes, mayStart }
}
