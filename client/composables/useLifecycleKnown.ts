import type { Known } from '#shared/lifecycle/around.ts'
import type { Company } from './useCompany.ts'
import { computed } from 'vue'
import { useRead } from './useLive.ts'

/** What some seats' lights, duties and history are read from, live; `read` once all of it is here. */
export function useLifecycleKnown(company: Company, seats: () => readonly string[]) {
  const ofSeats = <K extends 'kpi' | 'review' | 'priority'>(kind: K) => useRead(() => seats().length ? { kind, parent: seats() } : undefined)
  const kpi = ofSeats('kpi')
  const review = ofSeats('review')
  const priority = ofSeats('priority')
  const sheet = useRead(() => kpi.value?.length ? { kind: 'sheet' as const, parent: kpi.value.map(({ id }) => id) } : undefined)
  const contract = useRead({ kind: 'contract' })
  const todo = useRead({ kind: 'todo' })

  const known = computed<Known>(() => ({
    kpi: kpi.value ?? [],
    sheet: sheet.value ?? [],
    team: company.teams.value,
    contract: contract.value ?? [],
    review: review.value ?? [],
    todo: todo.value ?? [],
    priority: priority.value ?? [],
  }))
  const read = computed(() => !seats().length || Boolean(kpi.value && review.value && contract.value && (!kpi.value.length || sheet.value)))
  return { known, read }
}
