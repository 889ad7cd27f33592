import type { Company } from './useCompany.ts'
import { computed } from 'vue'
import { companyGaps } from '#shared/chart/gaps.ts'
import { sharedMandates } from '#shared/chart/mandates.ts'
import { openLoad, topSeat } from '#shared/insight/load.ts'
import { waitingOnOthers } from '#shared/insight/waiting.ts'
import { useChart } from './useChart.ts'
import { todayHere, useClock } from './useClock.ts'
import { useLeftBehind } from './useLeftBehind.ts'
import { useRead, useRecords } from './useLive.ts'

/** Of each list so many are shown. */
const most = 8

/** What leaders look at: who answers for nothing or for too much, where work sits, and who waits. */
export function useInsight(company: Company) {
  const view = useChart(company)
  const { lookup } = view
  const now = useClock()
  const todos = useRead({ kind: 'todo' })
  const deliveries = useRead({ kind: 'delivery' })
  const priorities = useRead({ kind: 'priority' })
  const issues = useRecords({ kind: 'issue' })
  const kpis = useRead({ kind: 'kpi' })
  const read = computed(() => company.read.value && todos.value !== undefined && deliveries.value !== undefined && priorities.value !== undefined && kpis.value !== undefined)

  const seats = company.seats
  const seatBy = company.seatBy
  const open = computed(() => (todos.value ?? []).filter(({ d }) => d.state === 'open' && !d.archived))
  const livePriorities = computed(() => (priorities.value ?? []).filter(({ d }) => d.state === 'open' && !d.archived))
  const liveKpis = computed(() => (kpis.value ?? []).filter(({ d }) => !d.archived))

  const gaps = computed(() => {
    const measured = new Set([...liveKpis.value, ...livePriorities.value].map(({ d }) => d.seat))
    return companyGaps(seats.value, lookup, seat => measured.has(seat))
  })
  const left = useLeftBehind(company)
  const overlaps = computed(() => sharedMandates(seats.value))
  const waiting = computed(() => waitingOnOthers(todos.value ?? [], deliveries.value ?? [], now.value, todayHere))

  const load = computed(() => {
    const seatOf = new Map(liveKpis.value.map(({ id, d }) => [id, d.seat]))
    const { bySeat, total } = openLoad({
      seats: seats.value,
      teams: company.teams.value,
      todos: open.value.map(({ d }) => d),
      issues: issues.value.map(({ d }) => d),
      priorities: livePriorities.value.map(({ d }) => d),
      seatOfKpi: kpi => seatOf.get(kpi),
    })
    const top = topSeat(seats.value)
    const heaviest = [...bySeat].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)).slice(0, most)
    return { top, onTop: bySeat.get(top ?? '') ?? 0, total, heaviest }
  })

  return { view, read, gaps, left, overlaps, waiting, load, seatBy }
}
