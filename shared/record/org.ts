import type { BodyOf } from './define.ts'
import { z } from 'zod'
import { defineRecord, line, ref } from './define.ts'

/** The company. Time zone, week start and year start are fixed once the first score is in. */
export const orgRecord = defineRecord({
  name: line(120),
  /** IANA name, such as `Europe/Berlin`. */
  timeZone: line(60),
  /** 0 Sunday … 6 Saturday. */
  weekStart: z.number().int().min(0).max(6),
  /** First month of the business year, 1 … 12. */
  yearStart: z.number().int().min(1).max(12),
  /** ISO 4217. */
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** The member who answers for what nobody holds. */
  accountable: ref(),
  /** Set while the demo company's records are in it. */
  demo: z.boolean().optional(),
})

export type Org = BodyOf<typeof orgRecord>
