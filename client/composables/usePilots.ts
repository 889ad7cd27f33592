import type { Walker } from '#shared/lifecycle/funnel.ts'
import type { Stage } from '#shared/record/seat.ts'
import type { ChartView } from './useChart.ts'
import type { Company } from './useCompany.ts'
import { computed } from 'vue'
import { aroundSeat } from '#shared/lifecycle/around.ts'
import { funnelOf, heldBack } from '#shared/lifecycle/funnel.ts'
import { isFlagged, lightsOf, missingLights } from '#shared/lifecycle/lights.ts'
import { daysOverdue } from '#shared/lifecycle/review.ts'
import { formatValue } from '../text/format.ts'
import { t } from '../text/t.ts'
import { lastValueWords } from './lifecycleWords.ts'
import { dueWords } from './reviewWords.ts'
import { todayHere, useClock } from './useClock.ts'
import { useLifecycleKnown } from './useLifecycleKnown.ts'

/** One agent as the pilots page shows it. */
export interface PilotLine { id: string, stage: Stage, title: string, sub: string, overdue: number | undefined, flagged: boolean, money: string }

const order: readonly Stage[] = ['pilot', 'production', 'paused', 'planned', 'retired']

/** All agents of the company by stage, how they fare, and what holds them back. */
export function usePilots(company: Company, view: ChartView) {
  const now = useClock()
  const today = computed(() => todayHere(now.value))
  const agents = computed(() => [...company.seatBy.value.values()].filter(({ d }) => d.kind === 'agent' && !d.archived))
  const { known, read } = useLifecycleKnown(company, () => agents.value.map(({ id }) => id))

  const walkers = computed(() => agents.value.map(({ id, d }): Walker & { line: PilotLine } => {
    const around = aroundSeat(id, known.value)
    const lights = lightsOf({ id, seat: d, around, lookup: view.lookup })
    const overdue = daysOverdue(d, today.value)
    const missing = missingLights(lights).map(light => t(`life.light.${light}`).toLocaleLowerCase())
    const lightWords = d.stage === 'retired' ? '' : missing.length ? t('pilots.missing', { lights: missing.join(', ') }) : t('pilots.allLights')
    const cost = d.monthlyCost === undefined ? '' : t('pilots.costs', { cost: formatValue(d.monthlyCost, { unit: 'currency', decimals: 0, currency: company.org.value?.currency }) })
    const shows = around.kpi.find(kpi => kpi.id === d.valueKpi)
    const value = shows ? `${shows.d.title}: ${lastValueWords(shows.id, around, known.value, company) ?? '–'}` : ''
    const line = { id, stage: d.stage ?? 'planned', title: d.title, sub: [view.faceOf(id).sub.name, lightWords, overdue === undefined ? '' : dueWords(overdue)].filter(Boolean).join(' · '), overdue, flagged: isFlagged(d, lights), money: [cost, value].filter(Boolean).join(' · ') }
    return { id, seat: d, reviews: around.review.map(review => review.d), lights, line }
  }))
  const groups = computed(() => order
    .map(stage => ({ stage, lines: walkers.value.filter(({ seat }) => (seat.stage ?? 'planned') === stage).map(({ line }) => line).sort(byUrgency) }))
    .filter(({ lines }) => lines.length > 0))
  const lines = computed(() => walkers.value.map(({ line }) => line))
  const late = computed(() => lines.value.filter(({ overdue }) => overdue !== undefined && overdue > 0).sort(byUrgency))
  const flagged = computed(() => lines.value.filter(line => line.flagged))
  const funnel = computed(() => funnelOf(walkers.value))
  const held = computed(() => heldBack(walkers.value))

  return { read, agents, groups, late, flagged, funnel, held }
}

/** The longest overdue first, then by name. */
function byUrgency(one: PilotLine, other: PilotLine): number {
  return Math.max(0, other.overdue ?? 0) - Math.max(0, one.overdue ?? 0) || (one.title < other.title ? -1 : 1)
}
