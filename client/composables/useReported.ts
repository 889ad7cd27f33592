import type { Rec } from '../db/types.ts'
import type { Company } from './useCompany.ts'
import type { Sat } from './useSitting.ts'
import { computed } from 'vue'
import { seatsIn, sinceOf } from '#shared/meeting/report.ts'
import { useRecords } from './useLive.ts'

export type HeadlineRec = Rec<'headline'>

/** What the parts of a meeting report of: its team, the seats in it, and since when. */
export function useReported(sat: Sat, company: Company) {
  const meetings = useRecords(() => sat.meeting.value && { kind: 'meeting' as const, parent: sat.meeting.value.team })
  const team = computed(() => sat.team.value)
  const seats = computed(() => team.value ? seatsIn(team.value.d) : [])
  const since = computed(() => sat.meeting.value && sinceOf(sat.meeting.value, meetings.value, company.calendar.value.timeZone))
  const day = computed(() => sat.meeting.value?.day ?? '')
  /** Viewers read. Who was typing at the close may finish: it stands beside the record. */
  const mayAdd = computed(() => company.myRole.value !== undefined && company.myRole.value !== 'viewer')

  return { team, seats, since, day, mayAdd }
}
