import { onScopeDispose, shallowRef } from 'vue'
import { localDate } from '#shared/kpi/zone.ts'
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
export const todayHere = (now: number) => localDate(now, new Intl.DateTimeFormat().resolvedOptions().timeZone)
