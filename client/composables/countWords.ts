import type { Round } from '#shared/record/round.ts'
import type { Count } from '#shared/record/roundCount.ts'
import type { LimitRefusal } from './useRoundLimits.ts'
import { placesIn } from '#shared/issue/mark.ts'
import { listOf } from '#shared/issue/round.ts'
import { refusalText, t } from '../text/t.ts'

/** What an issue got in a round: its dots, yeses, points, or the others it beats. */
export const sumWords = (count: Count | undefined, n: number) => t(count && count !== 'dots' ? `round.sum.${count}` : 'round.sum', { n })

/** A place among the first three, or a rank. */
export const placeWords = (place: number) => place === 1 || place === 2 || place === 3 ? t(`round.at.${place}`) : t('round.at', { n: place })

/** What a voter has still to give. */
export function leftWords(round: Round, left: number): string {
  const all = listOf(round).length
  switch (round.count ?? 'dots') {
    case 'dots': return t('round.left', { left, dots: round.dots })
    case 'approval': return t('round.left.approval', { given: all - left, all })
    case 'topThree': return left ? t('round.left.topThree', { n: left }) : t('round.left.none')
    case 'ranked': return t('round.left.ranked', { given: all - left, all })
  }
}

/** Why a tap gave nothing. */
export function refusedWords(round: Round, code: string): string {
  if (round.count === 'topThree')
    return t('round.spent.topThree', { n: placesIn(round) })
  switch (code) {
    case 'dots-spent': return t('round.spent', { n: round.dots })
    case 'cap-exceeded': return t('round.full', { n: round.cap })
    default: return refusalText({ code })
  }
}

/** Why an open round did not change. */
export function limitWords({ code, list, replaced }: LimitRefusal): string {
  if (replaced)
    return t('sync.keptReplaced')
  return code === 'dots-spent' ? t(list ? 'round.notBack' : 'round.notLess') : refusalText({ code })
}

/** What a ballot says, best first. */
export function ballotWords(count: Count | undefined, dots: Readonly<Record<string, number>>, titleOf: (issue: string) => string): string {
  const given = Object.entries(dots).sort(([, one], [, other]) => count === 'topThree' || count === 'ranked' ? one - other : other - one)
  return given.map(([issue, n]) => lineWords(count, n, titleOf(issue))).join(', ')
}

function lineWords(count: Count | undefined, n: number, title: string): string {
  switch (count ?? 'dots') {
    case 'dots': return t('round.lateDots', { n, title })
    case 'approval': return title
    case 'topThree':
    case 'ranked': return t('round.latePlace', { place: placeWords(n), title })
  }
}
