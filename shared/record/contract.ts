import type { BodyOf } from './define.ts'
import { z } from 'zod'
import { defineRecord, line, ref } from './define.ts'

/** What passes from one seat to another, again and again, and what was agreed about it. */
export const contractRecord = defineRecord({
  from: ref(),
  to: ref(),
  /** What is passed. */
  passes: line(300),
  /** What the receiver must do with it. */
  must: line(1000),
  /** How long the receiver has to accept, hours. */
  hours: z.number().int().min(1).max(8784),
  /** What happens if it is not accepted in time. */
  onMiss: line(500),
  archived: z.boolean().optional(),
  demo: z.boolean().optional(),
})

export type Contract = BodyOf<typeof contractRecord>
