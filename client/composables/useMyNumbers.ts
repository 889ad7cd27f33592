import type { Rec } from '../db/types.ts'
import type { Company } from './useCompany.ts'
import { computed } from 'vue'
import { missingStops } from './padRules.ts'
import { useClock } from './useClock.ts'
import { useStream } from './useLive.ts'
import { useReplica } from './useReplica.ts'
import { useRows } from './useRows.ts'

/** The KPIs of the seats this person holds and of the agents they own, with what is in and what is missing. */
export function useMyNumbers(company: Company) {
  const replica = useReplica()
  const now = useClock()
  const mySeats = computed(() => company.mySeats.value.map(seat => seat.id))
  const found = useStream<readonly Rec<'kpi'>[] | undefined>(() => mySeats.value.length ? replica.find({ kind: 'kpi', parent: mySeats.value }) : undefined, undefined)
  const anywhere = useStream<readonly Rec<'kpi'>[] | undefined>(() => mySeats.value.length ? undefined : replica.find({ kind: 'kpi' }), undefined)

  const kpis = computed(() => mySeats.value.length ? (found.value ?? []).filter(kpi => !kpi.d.archived) : [])
  const { rows, today, periodFor } = useRows(() => kpis.value, company, now)
  const done = computed(() => rows.value.filter(row => row.current.entry).length)
  const missing = computed(() => missingStops(rows.value))
  /** Nothing is known to be there, as against not read yet. */
  const bare = computed(() => company.org.value !== undefined && !kpis.value.length && (found.value ?? anywhere.value) !== undefined && !anywhere.value?.length)

  return { rows, done, missing, bare, now, today, periodFor }
}
