import type { KpiRow } from '../../composables/useRows.ts'
import { formatPeriod, formatValue } from '../../text/format.ts'
import { t } from '../../text/t.ts'

/** The chart as one sentence, for who cannot see it. */
export function chartSentence(row: KpiRow): string {
  const values = row.cells.flatMap(cell => typeof cell.entry?.entry.value === 'number' ? [cell.entry.entry.value] : [])
  const [newest] = values.slice(-1)
  if (newest === undefined)
    return t('kpi.sentenceNone', { title: row.kpi.title })
  const shown = (value: number) => formatValue(value, row.unit)
  return t('kpi.sentence', {
    title: row.kpi.title,
    first: formatPeriod(row.cells[0]?.period ?? ''),
    last: formatPeriod(row.period),
    n: values.length,
    newest: shown(newest),
    low: shown(Math.min(...values)),
    high: shown(Math.max(...values)),
    off: row.cells.filter(cell => cell.status === 'offTrack').length,
  })
}
