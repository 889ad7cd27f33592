import type { Cadence, Kpi } from '../record/kpi.ts'
import type { ImportOptions, ImportPlan, PlannedKpi, PlannedScore, Problem } from './plan.ts'
import type { When } from './readDate.ts'
import type { NumberRead } from './readNumber.ts'
import { cadenceOf } from '../kpi/period.ts'
import { cadenceOfDays, periodFor } from './readDate.ts'
import { readNumber } from './readNumber.ts'
import { scoresOf } from './seriesScores.ts'
import { cut, importKey, oneLine } from './text.ts'

const longestTitle = 200

/** One cell of a file of numbers; `text` is its row in its own words. */
export interface Observation { row: number, when: When, value: string, text: string }
/** A number of the file that has found its period. */
export interface Reading extends Observation { number: NumberRead, period: string }
/** A cell on its way to be a {@link Reading}. */
interface MaybeReading extends Observation { number: ReturnType<typeof readNumber>, period: string | undefined }
/** A KPI as a file has it, with its cells in the file's order. */
export interface DraftKpi { row: number, title: string, seatName?: string, cells: Observation[] }

/** `blanks` are the cells without a number: neither a score nor zero. */
export interface Series { kpi: PlannedKpi, scores: PlannedScore[], problems: Problem[], blanks: Observation[] }

/** One KPI with its scores, one per period. */
export function planSeries(draft: DraftKpi, source: string, options: ImportOptions): Series {
  const cells = draft.cells.map(cell => ({ ...cell, number: readNumber(cell.value) }))
  const shown = cadenceIn(cells.map(({ when }) => when))
  const kpi = plannedKpi(draft, { cadence: options.cadence ?? shown ?? 'week', source, seatId: options.seatId })
  const numbers = cells.flatMap(cell => typeof cell.number === 'object' ? [cell.number] : [])
  const placed = cells.map(cell => ({ ...cell, period: periodFor(cell.when, kpi.cadence, options.calendar) }))
  const readings = placed.filter((cell): cell is Reading => typeof cell.number === 'object' && cell.period !== undefined)
  const { scores, problems } = scoresOf(readings, kpi.key)
  return {
    kpi: { ...kpi, unit: unitOf(numbers), decimals: numbers.reduce((most, { decimals }) => Math.max(most, decimals), 0) },
    scores,
    problems: [...titleProblems(draft), ...weekProblems(draft, shown), ...placed.flatMap(cell => cellProblems(draft, cell)), ...problems],
    blanks: cells.filter(cell => cell.number === 'blank'),
  }
}

/** Puts series together; that several do not come weekly is said once. */
export function joinSeries(series: readonly Series[]): Pick<ImportPlan, 'kpis' | 'scores' | 'problems'> {
  const notices = new Map<string, Problem>()
  const problems: Problem[] = []
  for (const problem of series.flatMap(one => one.problems)) {
    const said = notices.get(problem.about)
    if (problem.code === 'not-weekly')
      notices.set(problem.about, said ? { ...said, text: cut(`${said.text}, ${problem.text}`, 300) } : problem)
    else
      problems.push(problem)
  }
  return {
    kpis: series.map(({ kpi }) => kpi),
    scores: series.flatMap(({ scores }) => scores),
    problems: [...notices.values(), ...problems],
  }
}

/** How often the numbers come, where the file shows it: by the name of a period, else by the gaps between the days. */
function cadenceIn(whens: readonly When[]): Cadence | undefined {
  const named = whens.find(({ period }) => period)?.period
  return named ? cadenceOf(named) : cadenceOfDays(whens.flatMap(({ day }) => day ?? []))
}

function plannedKpi(draft: DraftKpi, { cadence, source, seatId }: { cadence: Cadence, source: string, seatId?: string }): PlannedKpi {
  const seat = { ...draft.seatName && { seatName: draft.seatName }, ...seatId && { seatId } }
  const key = importKey(source, [draft.seatName ?? seatId ?? '', draft.title, cadence].join('/'))
  return { row: draft.row, key, title: cut(oneLine(draft.title), longestTitle), ...seat, cadence, unit: 'number', decimals: 0 }
}

function unitOf(numbers: readonly NumberRead[]): Kpi['unit'] {
  if (numbers.length && numbers.every(({ percent }) => percent))
    return 'percent'
  return numbers.length && numbers.every(({ currency }) => currency) ? 'currency' : 'number'
}

function titleProblems({ row, title }: DraftKpi): Problem[] {
  const line = oneLine(title)
  return line.length > longestTitle ? [{ row, code: 'too-long', about: 'title', text: cut(line, 300) }] : []
}

function weekProblems({ row, title }: DraftKpi, shown: Cadence | undefined): Problem[] {
  return shown && shown !== 'week' ? [{ row, code: 'not-weekly', about: shown, text: cut(oneLine(title), 300) }] : []
}

function cellProblems(draft: DraftKpi, { row, number, period, when, value, text }: MaybeReading): Problem[] {
  if (period === undefined)
    return [{ row, code: 'other-cadence', about: when.period ?? '', text }]
  return number === undefined ? [{ row, code: 'not-a-number', about: cut(oneLine(`${draft.title}: ${value}`), 300), text }] : []
}
