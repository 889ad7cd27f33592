import type { Company } from './useCompany.ts'
import { computed } from 'vue'
import { companyGaps } from '#shared/chart/gaps.ts'
import { sharedMandates } from '#shared/chart/mandates.ts'
import { openLoad, topSeat } from '#shared/insight/load.ts'
import { useChart } from './useChart.ts'
import { useRead, useRecords } from './useLive.ts'

/** Of each list so many are shown. */
const most = 8

/** What leaders look at: who answers for nothing or for too much, where work sits, and who waits. */
export function useInsight(company: Company) {
  const view = useChart(company)
  const { lookup } = view
  const todos = useRead({ kind: 'todo' })
  const priorities = useRead({ kind: 'priority' })
  const issues = useRecords({ kind: 'issue' })
  const kpis = useRead({ kind: 'kpi' })
  const read = computed(() => company.read.value && todos.value !== undefined && priorities.value !== undefined && kpis.value !== undefined)

  const seats = company.seats
  const seatBy = company.seatBy
  const open = computed(() => (todos.value ?? []).filter(({ d }) => d.state === 'open' && !d.archived))
  const livePriorities = computed(() => (priorities.value ?? []).filter(({ d }) => d.state === 'open' && !d.archived))
  const liveKpis = computed(() => (kpis.value ?? []).filter(({ d }) => !d.archived))

  const gaps = computed(() => {
    const measured = new Set([...liveKpis.value, ...livePriorities.value].map(({ d }) => d.seat))
    return companyGaps(seats.value, lookup, seat => measured.has(seat))
  })
  const hasLeft = (member: string | undefined) => member !== undefined && lookup.member(member)?.state === 'left'
  const left = computed(() => [
    ...open.value.filter(({ d }) => hasLeft(d.owner)).map(({ id, d }) => ({ id, title: d.title, name: company.nameOf(d.owner), word: 'insight.leftTodo' as const, to: '/todos' })),
    ...livePriorities.value.filter(({ d }) => hasLeft(d.private)).map(({ id, d }) => ({ id, title: d.title, name: company.nameOf(d.private), word: 'insight.leftPriority' as const, to: `/priority/${id}` })),
  ])
  const overlaps = computed(() => sharedMandates(seats.value))
  const waiting = computed(() => open.value.filter(({ d }) => d.waitsFor).sort((one, other) => one.d.due < other.d.due ? -1 : 1))

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
