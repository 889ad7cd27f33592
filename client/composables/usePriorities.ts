import type { Priority } from '#shared/record/priority.ts'
import type { Rec } from '../db/types.ts'
import type { Company } from './useCompany.ts'
import { computed } from 'vue'
import { periodOf, periodRange } from '#shared/kpi/period.ts'
import { noteFields } from '#shared/tasks/priority.ts'
import { todayHere, useClock } from './useClock.ts'
import { useRead } from './useLive.ts'
import { usePredict } from './usePredict.ts'
import { useReplica } from './useReplica.ts'

export type PriorityRec = Rec<'priority'>

/** The open priorities of some seats, and those decided this quarter; `undefined` where it is not known which seats. */
export function usePriorities(seats: () => readonly string[] | undefined, company: Company) {
  const replica = useReplica()
  const now = useClock()
  const today = computed(() => todayHere(now.value))
  const quarter = computed(() => periodOf('quarter', today.value, company.calendar.value))
  const found = useRead(() => {
    const parent = seats()
    return parent?.length ? { kind: 'priority' as const, parent } : undefined
  })
  const priorities = computed(() => (found.value ?? [])
    .filter(({ d }) => !d.archived && (d.state === 'open' || d.quarter === quarter.value))
    .sort((one, other) => Number(one.d.state !== 'open') - Number(other.d.state !== 'open') || (one.d.due < other.d.due ? -1 : 1)))
  const { may } = usePredict(company)
  const mayAdd = (seat: string) => may({ kind: 'priority', set: { seat } })
  const quarterEnd = (name: string) => periodRange(name, company.calendar.value).last

  const add = (body: Omit<Priority, 'state'>) => replica.add('priority', { ...body, state: 'open' })

  return { priorities, quarter, quarterEnd, mayAdd, add, today }
}

/** Says how a priority stands today, in this person's name. */
export function useTrack() {
  const replica = useReplica()
  return (id: string, track: 'on' | 'off', text?: string) => replica.set<'priority'>(id, noteFields(todayHere(replica.now()), replica.member, { track, at: replica.now(), ...text?.trim() && { text: text.trim() } }))
}
