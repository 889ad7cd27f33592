import type { BodyOf } from './define.ts'
import { z } from 'zod'
import { defineRecord, instant, ref } from './define.ts'
import { counts } from './roundCount.ts'

/**
 * A vote on a frozen list of issues by a frozen list of members.
 * `voted/<member>` is written by the server alone when that member's ballot holds a dot, and from the close on one that counts; `removed/<issue>` takes an
 * issue off the list and frees its dots.
 */
export const roundRecord = defineRecord({
  team: ref(),
  state: z.enum(['open', 'closed']),
  issues: z.array(ref()).min(1).max(200),
  voters: z.array(ref()).min(1).max(500),
  /** Dots each voter has, 1 … 12. */
  dots: z.number().int().min(1).max(12),
  /** Dots a voter may put on one issue. */
  cap: z.number().int().min(1).max(12),
  openedBy: ref(),
  openedAt: instant(),
  closedBy: ref().optional(),
  closedAt: instant().optional(),
  /** What a ballot says of an issue; dots where nothing is said. */
  count: z.enum(counts).optional(),
  /** The meeting it was opened in. */
  meeting: ref().optional(),
  /** The round whose tie this one breaks. */
  tieOf: ref().optional(),
  demo: z.boolean().optional(),
}, {
  voted: z.literal(true),
  removed: z.literal(true),
})

export type Round = BodyOf<typeof roundRecord>
