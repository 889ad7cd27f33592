import type { Charge } from '#shared/leaving/charges.ts'
import type { Company } from './useCompany.ts'
import { computed } from 'vue'
import { chargesOf } from '#shared/leaving/charges.ts'
import { useRecords } from './useLive.ts'

/** Who has left and what still rests with them, by member; what is archived or retired waits for nobody. */
export function useLeftBehind(company: Company) {
  const org = useRecords({ kind: 'org' })
  const todo = useRecords({ kind: 'todo' })
  return computed(() => {
    const hands = { org: org.value, seat: [...company.seatBy.value.values()], todo: todo.value }
    return new Map<string, Charge[]>(company.members.value
      .filter(({ d }) => d.state === 'left')
      .map(({ id }) => [id, chargesOf(id, hands).filter(({ shelved }) => !shelved)] as const)
      .filter(([, charges]) => charges.length > 0))
  })
}
