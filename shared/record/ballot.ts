import type { BodyOf } from './define.ts'
import { z } from 'zod'
import { defineRecord, ref } from './define.ts'

/** Dots per issue id, or its place or rank where the round counts those; an issue without is absent. */
export const dots = z.record(ref(), z.number().int().min(1).max(200))
export type Dots = z.infer<typeof dots>

/** One person's dots in a round. `late` is what arrived after the close, kept beside what counts. */
export const ballotRecord = defineRecord({
  round: ref(),
  voter: ref(),
  dots: dots.optional(),
  late: dots.optional(),
})

export type Ballot = BodyOf<typeof ballotRecord>
