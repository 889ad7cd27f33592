import type { Authority } from '../record/seat.ts'

/** What an agent may do alone, from the least to the most. */
export const rungs = ['draft', 'approve', 'bounded', 'full'] as const satisfies readonly Authority[]

/** How high an authority is; none is the lowest. */
export const rungOf = (authority: Authority | undefined) => Math.max(0, rungs.indexOf(authority ?? 'draft'))

/** The next rung up, and the ones below. */
export const rungAbove = (authority: Authority | undefined): Authority | undefined => rungs[rungOf(authority) + 1]
export const rungsBelow = (authority: Authority | undefined): readonly Authority[] => rungs.slice(0, rungOf(authority))

/** Up one rung at a time; down at once. */
export const skipsRung = (from: Authority | undefined, to: Authority | undefined) => rungOf(to) > rungOf(from) + 1
