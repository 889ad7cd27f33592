import type { Seat } from '../record/seat.ts'
import { foldText } from './search.ts'

/** Seats that say they answer for the same, in the words of the first of them. */
export interface SharedMandate { text: string, seats: string[] }

/**
 * Mandates that overlap: the same sentence, or the same line of "owns", on two seats or more. Compared as search does,
 * without case, accents and punctuation; archived and retired seats claim nothing.
 */
export function sharedMandates(seats: readonly { id: string, d: Pick<Seat, 'accountability' | 'owns' | 'archived' | 'stage'> }[]): SharedMandate[] {
  const claims = new Map<string, SharedMandate>()
  for (const { id, d } of [...seats].sort((one, other) => one.id < other.id ? -1 : 1)) {
    if (d.archived || d.stage === 'retired')
      continue
    for (const text of [d.accountability, ...(d.owns ?? '').split(/[\n;•]+/)]) {
      const claim = claims.get(foldText(text)) ?? { text: text.trim(), seats: [] }
      if (!claim.seats.includes(id))
        claim.seats.push(id)
      claims.set(foldText(text), claim)
    }
  }
  claims.delete('')
  return [...claims.values()].filter(claim => claim.seats.length > 1)
}
