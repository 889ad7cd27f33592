import type { BodyOf } from './define.ts'
import { z } from 'zod'
import { defineRecord, line, prose, ref } from './define.ts'

/** How a seat does something that comes again: when, in which steps, with what result. */
export const procedureRecord = defineRecord({
  seat: ref(),
  title: line(300),
  /** What sets it off. */
  trigger: line(500),
  steps: prose(),
  outputs: prose(2000).optional(),
  archived: z.boolean().optional(),
  demo: z.boolean().optional(),
})

export type Procedure = BodyOf<typeof procedureRecord>
