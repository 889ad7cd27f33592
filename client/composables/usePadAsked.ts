import type { ComputedRef } from 'vue'
import type { PadStop } from './padRules.ts'
import type { Company } from './useCompany.ts'
import type { KpiRow } from './useRows.ts'
import { shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** Opens the pad where the address asks for it: the home screen's shortcut for all that is missing, a reminder for what it spoke of. */
export function usePadAsked(company: Company, { rows, missing }: Record<'rows', ComputedRef<KpiRow[]>> & Record<'missing', ComputedRef<PadStop[]>>, open: (stops?: readonly PadStop[]) => void): void {
  const route = useRoute()
  const router = useRouter()
  const asked = shallowRef(route.query)
  watch(() => route.query, query => asked.value = query)

  watch([asked, rows, company.teams], async () => {
    const { enter, team, day } = asked.value
    const known = company.teams.value.find(({ id }) => id === team)
    if (enter === undefined || !rows.value.length || (team ? !known : !missing.value.length))
      return
    asked.value = {}
    const stops = known && typeof day === 'string' ? (await import('./reminderStops.ts')).reminderStops(rows.value, known.d, day, company.calendar.value) : undefined
    if (!stops || stops.length > 0)
      open(stops)
    // Asked again, it opens again; loaded again, it does not.
    await router.replace({ query: {} })
  })
}
