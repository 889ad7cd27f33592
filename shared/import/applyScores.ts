import type { Bodies } from '../record/envelope.ts'
import type { Entry } from '../record/sheet.ts'
import type { ApplyContext, Existing, Fields, Writes } from './apply.ts'
import type { ImportPlan, PlannedScore } from './plan.ts'
import { cellKey } from '../kpi/cell.ts'
import { quarterOf } from '../kpi/quarter.ts'
import { sheetId } from '../record/ids.ts'
import { noWrites, record } from './writes.ts'

interface Input { plan: ImportPlan, existing: Existing, context: ApplyContext, kpiIds: ReadonlyMap<string, string> }

/**
 * Scores as the importing member's own entries, one write per sheet. What that member typed by hand stands:
 * a different number in the file is listed. A score that is as the file has it is not written again.
 */
export function applyScores({ plan, existing, context, kpiIds }: Input): Writes {
  const writes = noWrites()
  const known = new Map(existing.sheets.map(sheet => [sheet.id, sheet]))
  for (const { id, kpi, quarter, scores } of sheetsOf(plan.scores, kpiIds)) {
    const sheet = known.get(id)
    const cells: Fields = {}
    for (const score of scores) {
      const key = cellKey(score.period, context.writer)
      const now = sheet?.d[key]
      if (now?.source === 'hand' && now.value !== score.value)
        writes.problems.push({ row: score.row, code: 'typed-by-hand', about: score.period, text: `${score.value}` })
      else if (!isSame(now, score))
        cells[key] = { value: score.value, at: context.now, source: 'import', ...score.note && { note: score.note } } satisfies Entry
    }
    const change = Object.keys(cells).length ? { kind: 'sheet' as const, id, fields: cells } : undefined
    record(writes, sheet ? change : { kind: 'sheet', id, body: { kpi, quarter, ...cells } as Bodies['sheet'] })
  }
  return writes
}

interface SheetScores { id: string, kpi: string, quarter: string, scores: PlannedScore[] }

/** Scores by the sheet they belong in; those whose KPI found no seat are in none. */
function sheetsOf(scores: readonly PlannedScore[], kpiIds: ReadonlyMap<string, string>): SheetScores[] {
  const sheets = new Map<string, SheetScores>()
  for (const score of scores) {
    const kpi = kpiIds.get(score.kpiKey)
    if (!kpi)
      continue
    const quarter = quarterOf(score.period)
    const id = sheetId(kpi, quarter)
    const sheet = sheets.get(id) ?? { id, kpi, quarter, scores: [] }
    sheet.scores.push(score)
    sheets.set(id, sheet)
  }
  return [...sheets.values()]
}

/** A number typed by hand that the file agrees with is left as it is, note and all. */
function isSame(now: Entry | undefined, { value, note }: PlannedScore): boolean {
  return now?.value === value && (now.source === 'hand' || now.note === note)
}
