import type { Around, Known } from '#shared/lifecycle/around.ts'
import type { LightState } from '#shared/lifecycle/lights.ts'
import type { Review } from '#shared/record/review.ts'
import type { Seat } from '#shared/record/seat.ts'
import type { Company } from './useCompany.ts'
import { countedEntry, periodsIn } from '#shared/kpi/cell.ts'
import { goalHistory } from '#shared/kpi/goal.ts'
import { formatDate, formatGoal, formatPeriodShort, formatValue } from '../text/format.ts'
import { t } from '../text/t.ts'
import { dayName } from './placeOptions.ts'
import { unitOf } from './useRows.ts'

interface Scene { id: string, seat: Seat, around: Around, known: Known, company: Company }

/** What a light rests on, in words a person can check. */
export function proofWords(state: LightState & { on: true }, { id, seat, around, known, company }: Scene): string {
  switch (state.light) {
    case 'owner': return company.nameOf(state.proof)
    case 'measure': return measureWords(state.proof, around, known, company)
    case 'cadence': {
      const team = around.team.find(one => one.id === state.proof)?.d
      return t('life.proof.cadence', { team: team?.name ?? '', day: dayName(team?.slot?.weekday ?? 0, 'short'), time: team?.slot?.time ?? '', when: formatDate(seat.nextReview ?? '') })
    }
    case 'handoff': {
      const contract = around.contract.find(one => one.id === state.proof)?.d
      const other = contract?.from === id ? contract.to : contract?.from
      return t('life.proof.handoff', { what: contract?.passes ?? '', seat: company.seatBy.value.get(other ?? '')?.d.title ?? '' })
    }
  }
}

/** The newest number of a KPI, with its period: `34 (W46)`; undefined where there is none. */
export function lastValueWords(kpi: string, around: Around, known: Known, company: Company): string | undefined {
  const body = around.kpi.find(one => one.id === kpi)?.d
  const entries = known.sheet.filter(({ d }) => d.kpi === kpi)
    .flatMap(({ d }) => periodsIn(d).map(period => ({ period, value: countedEntry(d, period, company.isAgent)?.entry.value })))
    .filter((one): one is { period: string, value: number } => typeof one.value === 'number')
    .sort((one, other) => one.period < other.period ? -1 : 1)
  const last = entries.at(-1)
  return body && last && `${formatValue(last.value, unitOf(body, company.org.value?.currency))} (${formatPeriodShort(last.period)})`
}

/** The evidence a step is recorded with: each light that is on. */
export function evidenceOf(states: readonly LightState[], scene: Scene): Review['evidence'] {
  return Object.fromEntries(states.flatMap(state => state.on ? [[state.light, proofWords(state, scene).slice(0, 500)]] : []))
}

function measureWords(kpi: string, around: Around, known: Known, company: Company): string {
  const body = around.kpi.find(one => one.id === kpi)?.d
  const goal = body && goalHistory(body).at(-1)?.goal
  return t('life.proof.measure', { kpi: body?.title ?? '', goal: body ? formatGoal(goal, unitOf(body, company.org.value?.currency)) : '', value: lastValueWords(kpi, around, known, company) ?? '' })
}
