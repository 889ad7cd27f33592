import type { Calendar } from '#shared/kpi/period.ts'
import { computed } from 'vue'
import { reportsFor } from '#shared/chart/mine.ts'
import { isoCalendar } from '#shared/kpi/period.ts'
import { t } from '../text/t.ts'
import { useRead, useRecords } from './useLive.ts'
import { useReplica } from './useReplica.ts'

/** The company's people, seats and teams, with the questions every page asks of them. */
export function useCompany() {
  const me = useReplica().member
  const orgs = useRecords({ kind: 'org' })
  const members = useRecords({ kind: 'member' })
  const seatsRead = useRead({ kind: 'seat' })
  const allSeats = computed(() => seatsRead.value ?? [])
  const allTeams = useRecords({ kind: 'team' })

  /** The seats are known, as against not read yet. */
  const read = computed(() => seatsRead.value !== undefined)
  const org = computed(() => orgs.value[0]?.d)
  const calendar = computed<Calendar>(() => org.value ?? isoCalendar)
  const memberBy = computed(() => byId(members.value))
  const seatBy = computed(() => byId(allSeats.value))
  const seats = computed(() => allSeats.value.filter(seat => !seat.d.archived && seat.d.stage !== 'retired'))
  const teams = computed(() => allTeams.value.filter(team => !team.d.archived))

  const isAgent = (id: string) => seatBy.value.get(id)?.d.kind === 'agent'
  const mySeats = computed(() => seats.value.filter(({ d }) => reportsFor(d, me)))
  const myRole = computed(() => memberBy.value.get(me)?.d.role)

  /** A person's name, or an agent seat's title. */
  const nameOf = (id: string | undefined) =>
    (id && (memberBy.value.get(id)?.d.name ?? seatBy.value.get(id)?.d.title)) || t('word.someone')

  /** The face of a seat: its holder's name while they are here, an agent's own title, else the seat's title. */
  function faceOf(seatId: string): { name: string, agent: boolean } {
    const seat = seatBy.value.get(seatId)?.d
    const agent = seat?.kind === 'agent'
    const holder = !agent && seat?.holder ? memberBy.value.get(seat.holder)?.d : undefined
    return { name: (holder?.state !== 'left' && holder?.name) || seat?.title || '', agent }
  }

  return { me, read, org, calendar, members, memberBy, seats, seatBy, mySeats, teams, myRole, isAgent, nameOf, faceOf }
}

export type Company = ReturnType<typeof useCompany>

function byId<R extends { id: string }>(records: readonly R[]): Map<string, R> {
  return new Map(records.map(record => [record.id, record]))
}
