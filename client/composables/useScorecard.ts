import type { Company } from './useCompany.ts'
import { computed, shallowRef } from 'vue'
import { useClock } from './useClock.ts'
import { useRead } from './useLive.ts'
import { useRows } from './useRows.ts'

/** `all`, `mine` or a team's id. */
export type Whose = string

/** The rows of the company, of a team, or one's own, grouped and in the order of their titles. */
export function useScorecard(company: Company) {
  const now = useClock()
  const whose = shallowRef<Whose>('all')
  const every = useRead({ kind: 'kpi' })

  const seatIds = computed(() => {
    if (whose.value === 'mine')
      return new Set(company.mySeats.value.map(seat => seat.id))
    const team = company.teams.value.find(({ id }) => id === whose.value)?.d
    return team && new Set(Object.keys(team).filter(key => key.startsWith('seat/')).map(key => key.slice(5)))
  })
  const kpis = computed(() => every.value
    ?.filter(kpi => !kpi.d.archived && (!seatIds.value || seatIds.value.has(kpi.d.seat)))
    .sort((a, b) => (a.d.group ?? '').localeCompare(b.d.group ?? '') || a.d.title.localeCompare(b.d.title)))
  const { rows, read, periodFor } = useRows(() => kpis.value, company, now)

  return { whose, rows, read, now, periodFor }
}
