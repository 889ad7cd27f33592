import { z } from 'zod'
import { isStamp } from './stamp.ts'

const kinds = ['org', 'member', 'team', 'seat', 'kpi', 'sheet', 'issue', 'round', 'ballot', 'todo', 'headline', 'priority', 'contract', 'delivery', 'review', 'procedure', 'proposal', 'meeting', 'recap'] as const
const stamp = z.string().refine(isStamp)
const id = z.string().min(1).max(200)

/** One record's pending fields, each with the stamp of its own writing. `base` is the `v` the writer had seen, '' for a new record. */
export const patchSchema = z.strictObject({
  id,
  kind: z.enum(kinds),
  v: stamp,
  base: z.union([stamp, z.literal('')]),
  set: z.record(z.string().min(1).max(300), z.tuple([z.unknown(), stamp])),
})
export type Patch = z.infer<typeof patchSchema>

export const pushSchema = z.strictObject({
  rows: z.array(patchSchema).min(1).max(200),
})

const since = z.number().int().nonnegative()
const fill = z.string().max(300)
export const pullSchema = z.strictObject({
  /** '' before the first answer. */
  epoch: z.string().max(40),
  limit: z.number().int().min(1).max(2000),
  since: z.strictObject({ records: since.optional(), scores: since.optional() }),
  /** How far a new replica is filled, as the last page said; '' begins. Changes after `since` come with it. */
  fill: z.strictObject({ records: fill.optional(), scores: fill.optional() }).optional(),
})
export type PullRequest = z.infer<typeof pullSchema>
