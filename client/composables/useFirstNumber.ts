import type { Company } from './useCompany.ts'
import { computed } from 'vue'
import { useClock } from './useClock.ts'
import { useRead } from './useLive.ts'
import { useRows } from './useRows.ts'

/** The newest number an agent reported itself, from the records on this device: it shows as soon as they have it. */
export function useFirstNumber(seat: () => string, company: Company) {
  const now = useClock()
  const every = useRead(() => ({ kind: 'kpi' as const, parent: seat() }))
  const kpis = computed(() => every.value?.filter(({ d }) => !d.archived))
  const { rows, read } = useRows(() => kpis.value, company, now)
  const number = computed(() => rows.value
    .flatMap(({ kpi, unit, cells }) => cells.flatMap(({ period, entry, others }) => [entry, ...others].flatMap(one => one?.writer === seat() ? [{ title: kpi.title, unit, period, entry: one.entry }] : [])))
    .sort((one, other) => other.entry.at - one.entry.at)[0])
  /** What it would report next: its first KPI, and the period now running. */
  const next = computed(() => rows.value[0])
  return { read, number, next, now }
}
