import type { PlannedScore, Problem } from './plan.ts'
import type { Reading } from './series.ts'
import { longest } from './fitText.ts'
import { cut } from './text.ts'

/**
 * One score per period. Where a file has several numbers for one, the last by date (by row, where there are no days)
 * counts; the earlier ones are listed and kept in its note.
 */
export function scoresOf(readings: readonly Reading[], kpiKey: string): { scores: PlannedScore[], problems: Problem[] } {
  const scores = new Map<string, { score: PlannedScore, last: Reading }>()
  const problems: Problem[] = []
  for (const reading of [...readings].sort(byDay)) {
    const earlier = scores.get(reading.period)
    if (earlier)
      problems.push({ row: earlier.last.row, code: 'same-period', about: reading.period, text: earlier.last.text })
    scores.set(reading.period, { score: scoreOf(reading, kpiKey, earlier), last: reading })
  }
  return { scores: [...scores.values()].map(({ score }) => score), problems }
}

function scoreOf({ row, period, number }: Reading, kpiKey: string, earlier?: { score: PlannedScore, last: Reading }): PlannedScore {
  const line = earlier && `${earlier.last.when.day ?? earlier.last.row}: ${earlier.last.number.value}`
  const note = cut([earlier?.score.note, line].filter(Boolean).join('\n'), longest.note)
  return { row, kpiKey, period, value: number.value, ...note && { note } }
}

function byDay(one: Reading, other: Reading): number {
  const [left, right] = [one.when.day ?? '', other.when.day ?? '']
  return left === right ? one.row - other.row : left < right ? -1 : 1
}
