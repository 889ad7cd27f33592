import type { Stage } from '#shared/record/seat.ts'
import { t } from '../text/t.ts'

/** When its next review is, in words. */
export function dueWords(overdue: number): string {
  return overdue > 0 ? t('life.overdue', { n: overdue }) : overdue === 0 ? t('life.dueToday') : t('life.dueIn', { n: -overdue })
}

/** What is asked where a review is due, by where the seat stands. */
export function askWords(stage: Stage | undefined): string {
  return stage === 'pilot' || stage === 'production' || stage === 'paused' ? t(`life.ask.${stage}`) : ''
}
