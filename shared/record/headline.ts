import type { BodyOf } from './define.ts'
import { z } from 'zod'
import { defineRecord, instant, line, ref } from './define.ts'

/** One line of customer or employee news. */
export const headlineRecord = defineRecord({
  text: line(300),
  about: z.enum(['customer', 'employee']),
  team: ref().optional(),
  /** The meeting it was said in. */
  meeting: ref().optional(),
  /** A member's id, or an agent seat's. */
  saidBy: ref(),
  saidAt: instant(),
  archived: z.boolean().optional(),
  demo: z.boolean().optional(),
})

export type Headline = BodyOf<typeof headlineRecord>
