import type { BodyOf } from './define.ts'
import { z } from 'zod'
import { defineRecord, instant, localDay, prose, ref } from './define.ts'
import { authorities, stages } from './seat.ts'
import { lights, verdicts } from './workState.ts'

/**
 * A recorded look at a seat, or a step it took: who, when, why, and what was true then. Never changed: the seat's history.
 */
export const reviewRecord = defineRecord({
  seat: ref(),
  by: ref(),
  at: instant(),
  verdict: z.enum(verdicts),
  reason: prose(2000).optional(),
  /** When the seat is to be looked at again. */
  next: localDay().optional(),
  /** The stage and authority after it. */
  stage: z.enum(stages).optional(),
  authority: z.enum(authorities).optional(),
  /** The lights that were on, in words a person can check: light by light. */
  evidence: z.partialRecord(z.enum(lights), z.string().max(500)).optional(),
  /** Where each duty went when the seat was retired: duty by record id, or in words. */
  duties: z.record(z.string().max(200), z.string().max(200)).optional(),
  demo: z.boolean().optional(),
})

export type Review = BodyOf<typeof reviewRecord>
