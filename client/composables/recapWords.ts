import type { Kpi } from '#shared/record/kpi.ts'
import type { Recap } from '#shared/record/recap.ts'
import { averageRating } from '#shared/meeting/people.ts'
import { formatDate, formatNumber, formatValue } from '../text/format.ts'
import { t } from '../text/t.ts'

/** `8.4`, or that nobody rated. */
export function ratingWords({ ratings }: Pick<Recap, 'ratings'>): string {
  const average = averageRating(ratings)
  return average === undefined ? t('recap.noRating') : formatNumber(average, 1)
}

export function whenWords({ day, startedAt, closedAt, facilitator }: Recap): string {
  return t('recap.when', { date: formatDate(day), minutes: Math.round((closedAt - startedAt) / 60_000), name: facilitator })
}

/** A number of the record as it is read; the KPI, where it is still known, says its unit. */
export function scoreWords(value: number | null, kpi: Kpi | undefined): string {
  return value === null ? t('late.noValue') : formatValue(value, kpi ?? { unit: 'number', decimals: 2 })
}

/** A record as text to paste into a mail: what was decided and taken on first. */
export function recapText(recap: Recap): string {
  const part = (title: string, lines: readonly string[]) => lines.length ? ['', title, ...lines.map(line => `- ${line}`)] : []
  return [
    t('sitting.title', { team: recap.name }),
    whenWords(recap),
    `${t('recap.here')}: ${recap.here.map(({ name }) => name).join(', ')}`,
    `${t('recap.rating')}: ${ratingWords(recap)}`,
    `${t('recap.todoRate')}: ${t('recap.ofDue', { done: recap.done, all: recap.due, due: recap.due })}`,
    ...part(t('recap.decisions'), recap.solved.map(({ title, decision }) => decision ? `${title}: ${decision}` : title)),
    ...part(t('recap.made'), recap.made.map(({ title, owner, due }) => `${title} (${t('close.madeOne', { owner, due: formatDate(due) })})`)),
    ...part(t('recap.headlines'), recap.headlines.map(({ text, by }) => `${text} (${by})`)),
  ].join('\n')
}
