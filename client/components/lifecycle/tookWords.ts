import type { Review } from '#shared/record/review.ts'
import { t } from '../../text/t.ts'

/** A step that was taken, in words. */
export function tookWords({ verdict, authority }: Pick<Review, 'verdict' | 'authority'>): string {
  return t(`life.took.${verdict}`, { authority: authority ? t(`seat.authority.${authority}`) : '' })
}
