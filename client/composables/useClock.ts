import type { CivilDate } from '#shared/kpi/civil.ts'
import { onScopeDispose, shallowRef } from 'vue'
import { useReplica } from './useReplica.ts'

/** The corrected time, moved on every half minute: enough for what is due, and quiet. */
export function useClock(every = 30_000) {
  const replica = useReplica()
  const now = shallowRef(replica.now())
  const timer = setInterval(() => now.value = replica.now(), every)
  onScopeDispose(() => clearInterval(timer))
  return now
}

/** The day it is where the person is: a number typed at 23:30 on their Sunday is that Sunday's. */
export function todayHere(now: number): CivilDate {
  const here = new Date(now)
  return [here.getFullYear(), here.getMonth() + 1, here.getDate()].map(part => String(part).padStart(2, '0')).join('-')
}
