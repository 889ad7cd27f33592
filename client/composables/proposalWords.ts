import type { Proposal } from '#shared/record/proposal.ts'
import { formatMoment } from '../text/format.ts'
import { t, tMaybe } from '../text/t.ts'
import { fieldWord, valueWords } from './changeWords.ts'

/** One field of a proposal: what it is called, what stands, and what would. */
export interface Difference { field: string, was: string, becomes: string }

interface Surroundings { before: Record<string, unknown> | undefined, nameOf: (id: string) => string | undefined, now: number }

/** Everything a proposal would set, field by field, with nothing left out. */
export function differencesOf({ set }: Pick<Proposal, 'set'>, { before, nameOf, now }: Surroundings): Difference[] {
  const words = (field: string, value: unknown) => {
    if (value === undefined || value === null || value === '')
      return t('proposal.nothing')
    if (typeof value === 'number' && (field.endsWith('At') || field === 'due'))
      return formatMoment(value, now)
    if (field === 'urgency')
      return tMaybe(`issue.urgency.${Number(value)}`) ?? valueWords(value)
    if (typeof value === 'string')
      return nameOf(value) ?? value
    return valueWords(value) || JSON.stringify(value)
  }
  return Object.entries(set).map(([field, value]) => ({ field: fieldWord(field), was: words(field, before?.[field]), becomes: words(field, value) }))
}
