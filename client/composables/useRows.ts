import type { Ref } from 'vue'
import type { Calendar, Period } from '#shared/kpi/period.ts'
import type { ScoreCell, ScoreRow } from '#shared/kpi/scorecard.ts'
import type { Cadence, Kpi } from '#shared/record/kpi.ts'
import type { Sheet } from '#shared/record/sheet.ts'
import type { Team } from '#shared/record/team.ts'
import type { Rec } from '../db/types.ts'
import type { Unit } from '../text/format.ts'
import type { Company } from './useCompany.ts'
import { computed } from 'vue'
import { dueTimes, slotsOf } from '#shared/kpi/due.ts'
import { lastPeriods, periodOf } from '#shared/kpi/period.ts'
import { quartersOf } from '#shared/kpi/quarter.ts'
import { scorecardLength, scoreRow } from '#shared/kpi/scorecard.ts'
import { sheetId } from '#shared/record/ids.ts'
import { todayHere } from './useClock.ts'
import { useRead } from './useLive.ts'

/** One KPI with its 13 periods, ready to show. `current` is the last cell, the period now running. */
export interface KpiRow extends ScoreRow {
  id: string
  kpi: Kpi
  unit: Unit
  face: { name: string, agent: boolean }
  period: string
  current: ScoreCell
}

/** Up to this many KPIs their sheets are fetched by name, beyond it by walking the quarters. */
const manyKpis = 100

/** The scorecard rows of some KPIs, live; `undefined` while it is not known which, and no rows before their sheets are read. */
export function useRows(known: () => readonly Rec<'kpi'>[] | undefined, company: Company, now: Readonly<Ref<number>>) {
  const today = computed(() => todayHere(now.value))
  const periodFor = (cadence: Cadence) => periodOf(cadence, today.value, company.calendar.value)

  const kpis = () => known() ?? []
  const periodsOf = computed(() => {
    const cadences = new Set(kpis().map(kpi => kpi.d.cadence))
    return new Map([...cadences].map(cadence => [cadence, lastPeriods(periodFor(cadence), scorecardLength, company.calendar.value)]))
  })
  const quarters = computed(() => quartersOf([...periodsOf.value.values()].flat()))
  const sheets = useRead(() => {
    const mine = kpis()
    if (mine.length === 0)
      return undefined
    return mine.length > manyKpis
      ? { kind: 'sheet' as const, when: quarters.value }
      : { kind: 'sheet' as const, ids: mine.flatMap(kpi => quarters.value.map(quarter => sheetId(kpi.id, quarter))) }
  })
  const sheetBy = computed(() => new Map<string, Sheet>(sheets.value?.map(sheet => [sheet.id, sheet.d])))
  const dueOf = computed(() => dueBySlots(company.calendar.value, company.teams.value.map(team => team.d)))

  function rowOf(rec: Rec<'kpi'>): KpiRow {
    const periods = periodsOf.value.get(rec.d.cadence) as Period[]
    const face = company.faceOf(rec.d.seat)
    const row = scoreRow({
      kpi: rec.d,
      sheetOf: quarter => sheetBy.value.get(sheetId(rec.id, quarter)),
      periods,
      calendar: company.calendar.value,
      isAgent: company.isAgent,
      agentSeat: face.agent,
      dueAt: dueOf.value(rec.d.seat),
      now: now.value,
    })
    const cells = calmStart(row.cells)
    const current = cells.at(-1) as ScoreCell
    return { ...row, cells, id: rec.id, kpi: rec.d, unit: unitOf(rec.d, company.org.value?.currency), face, period: current.period, current }
  }

  const rows = computed(() => sheets.value ? kpis().map(rowOf) : [])
  const read = computed(() => known()?.length === 0 || sheets.value !== undefined)

  return { rows, read, sheetBy, today, periodFor }
}

/** How a KPI's values are written; `currency` is the org's own. */
export function unitOf(kpi: Kpi, currency: string | undefined): Unit {
  return { unit: kpi.unit, decimals: kpi.decimals, currency: kpi.currency ?? currency }
}

/** Due times by seat; seats that meet at the same times share what was worked out. */
export function dueBySlots(calendar: Calendar, teams: readonly Team[]) {
  const known = new Map<string, (period: string) => number>()
  return (seat: string) => {
    const slots = slotsOf(seat, teams)
    const key = slots.map(slot => `${slot.weekday} ${slot.time} ${slot.timeZone ?? ''}`).join()
    const due = known.get(key) ?? dueTimes(calendar, slots)
    known.set(key, due)
    return due
  }
}

/** What lies before a KPI's first number was never asked for: it is empty, not missing. */
function calmStart(cells: readonly ScoreCell[]): ScoreCell[] {
  const first = cells.findIndex(cell => cell.entry)
  const begun = first < 0 ? cells.length : first
  return cells.map((cell, index) => index < begun && cell.status === 'stale' ? { ...cell, status: 'noData' } : cell)
}
