import type { KpiRow } from '../../composables/useRows.ts'
import type { StatusName, Tone } from '../base/status.ts'
import { formatGoal, formatMoment, formatPeriod, formatValue } from '../../text/format.ts'
import { t } from '../../text/t.ts'
import { statusLook } from '../base/status.ts'

export interface StateLook { status?: StatusName, tone?: Tone, mark?: string, text?: string }

/** What stands at the end of a row: a streak off track before anything else. */
export function stateOf(row: KpiRow): StateLook {
  if (row.streak > 1)
    return { tone: 'bad', mark: statusLook.offTrack.mark, text: t(row.kpi.cadence === 'week' ? 'streak.off.week' : 'streak.off', { n: row.streak }) }
  return { status: row.current.status }
}

/** The value of the running period, or a dash. */
export function currentText(row: KpiRow): string {
  const value = row.current.entry?.entry.value
  return typeof value === 'number' ? formatValue(value, row.unit) : '—'
}

/** The average; of yes and no, the share of yes. */
export function averageText(average: number | undefined, row: Pick<KpiRow, 'kpi' | 'unit'>): string {
  if (average === undefined)
    return '—'
  return row.kpi.unit === 'yesNo' ? formatValue(average * 100, { unit: 'percent', decimals: 0 }) : formatValue(average, row.unit)
}

/** The line under a title: the goal, then who wrote the number, or the last one there was. */
export function underText(row: KpiRow, nameOf: (id: string) => string, now: number): string {
  const goal = row.current.goal ? t('today.goal', { goal: formatGoal(row.current.goal, row.unit) }) : t('today.noGoal')
  const last = row.cells.findLast(cell => typeof cell.entry?.entry.value === 'number')?.entry
  if (!last)
    return goal
  const by = row.current.entry && row.face.agent
    ? t('today.writtenBy', { name: nameOf(last.writer), time: formatMoment(last.entry.at, now) })
    : row.current.entry ? '' : t('today.lastValue', { value: formatValue(last.entry.value ?? 0, row.unit) })
  return [goal, by].filter(Boolean).join(' · ')
}

/** The whole strip as a sentence, for who cannot see it. */
export function stripText(row: KpiRow): string {
  return row.cells.map(cell => `${formatPeriod(cell.period)} ${t(statusLook[cell.status].word)}`).join(', ')
}
