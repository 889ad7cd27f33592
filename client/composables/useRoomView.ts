import type { Gathered } from '#shared/meeting/freeze.ts'
import type { Body } from '#shared/record/envelope.ts'
import type { Rec } from '../db/types.ts'
import type { Company } from './useCompany.ts'
import type { Sat } from './useSitting.ts'
import { computed } from 'vue'
import { isVoteOf, seatsIn } from '#shared/meeting/report.ts'
import { roomView } from '#shared/meeting/room.ts'
import { useClock } from './useClock.ts'
import { useRecords } from './useLive.ts'

/** What the screen of this meeting's room shows, of the records on this device. */
export function useRoomView(sat: Sat, company: Company) {
  const now = useClock()
  const seats = computed(() => sat.team.value ? seatsIn(sat.team.value.d) : [])
  const ofTeam = <K extends 'meeting' | 'headline' | 'round'>(kind: K) => useRecords<K>(() => sat.meeting.value && { kind, parent: sat.meeting.value.team })
  const ofSeats = <K extends 'kpi' | 'priority'>(kind: K) => useRecords<K>(() => seats.value.length ? { kind, parent: seats.value } : undefined)
  const [meetings, headlines, rounds] = [ofTeam('meeting'), ofTeam('headline'), ofTeam('round')]
  const [kpis, priorities] = [ofSeats('kpi'), ofSeats('priority')]
  const sheets = useRecords(() => kpis.value.length ? { kind: 'sheet' as const, parent: kpis.value.map(({ id }) => id) } : undefined)
  const [todos, issues] = [useRecords({ kind: 'todo' }), useRecords({ kind: 'issue' })]
  const settled = computed(() => rounds.value.map(unlessWaiting))
  const closed = computed(() => settled.value.filter(({ d }) => d.state === 'closed' && sat.meeting.value && isVoteOf(sat.id(), sat.meeting.value, d)).map(({ id }) => id))
  const ballots = useRecords(() => closed.value.length ? { kind: 'ballot' as const, parent: closed.value } : undefined)

  return computed(() => {
    const record = sat.record.value
    const [team, org] = [sat.team.value?.d, company.org.value]
    if (!record || !team || !org)
      return undefined
    const known: Gathered = { member: company.members.value, seat: [...company.seatBy.value.values()], kpi: kpis.value, sheet: sheets.value, priority: priorities.value, headline: headlines.value, todo: todos.value, issue: issues.value, round: settled.value, ballot: ballots.value, meeting: meetings.value }
    return roomView({ id: record.id, meeting: unlessWaiting(record).d, team, calendar: org, currency: org.currency, now: now.value }, known)
  })
}

/** A close the server has not confirmed has not happened. */
function unlessWaiting<R extends Rec<'round'> | Rec<'meeting'>>({ id, d, waiting }: R): { id: string, d: R['d'] } {
  const isWaiting = waiting.includes('state') && d.state === 'closed'
  const open: Body = d.state === 'closed' && 'openedAt' in d ? { ...d, state: 'open' } : { ...d, state: 'live', closedAt: undefined }
  return { id, d: isWaiting ? open as unknown as R['d'] : d }
}
