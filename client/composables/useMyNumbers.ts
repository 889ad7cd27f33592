import type { Company } from './useCompany.ts'
import { computed } from 'vue'
import { missingStops } from './padRules.ts'
import { useClock } from './useClock.ts'
import { useRead } from './useLive.ts'
import { useRows } from './useRows.ts'

/** The KPIs of the seats this person holds and of the agents they own, with what is in and what is missing. */
export function useMyNumbers(company: Company) {
  const now = useClock()
  const mySeats = computed(() => company.mySeats.value.map(seat => seat.id))
  const found = useRead(() => mySeats.value.length ? { kind: 'kpi' as const, parent: mySeats.value } : undefined)
  const anywhere = useRead(() => company.read.value && !mySeats.value.length ? { kind: 'kpi' as const } : undefined)

  const kpis = computed(() => mySeats.value.length ? found.value?.filter(kpi => !kpi.d.archived) : anywhere.value && [])
  const { rows, read, today, periodFor } = useRows(() => kpis.value, company, now)
  const done = computed(() => rows.value.filter(row => row.current.entry).length)
  const missing = computed(() => missingStops(rows.value))
  /** Nothing is known to be there, as against not read yet. */
  const bare = computed(() => company.org.value !== undefined && kpis.value?.length === 0 && !anywhere.value?.length)

  return { rows, read, done, missing, bare, now, today, periodFor }
}
