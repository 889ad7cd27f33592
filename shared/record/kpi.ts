import type { BodyOf } from './define.ts'
import { z } from 'zod'
import { defineRecord, line, prose, ref } from './define.ts'

export const cadences = ['day', 'week', 'month', 'quarter', 'year'] as const
export type Cadence = typeof cadences[number]

const finite = z.number().finite()

/** What is good enough. Kind and numbers are one value: set together or not at all. */
export const goal = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['atLeast', 'atMost', 'above', 'below', 'equal']), target: finite }),
  z.object({ kind: z.enum(['between', 'outside']), low: finite, high: finite }).refine(g => g.low <= g.high),
  z.object({ kind: z.literal('yesNo'), target: z.boolean() }),
])
export type Goal = z.infer<typeof goal>

/** A dated goal: `none` ends the one before it. */
const datedGoal = z.union([goal, z.object({ kind: z.literal('none') })])
export type DatedGoal = z.infer<typeof datedGoal>

/**
 * A number a seat is held to. `goal/<period>` holds from that period on (`goal/0` from the beginning);
 * `once/<period>` holds for that period alone.
 */
export const kpiRecord = defineRecord({
  seat: ref(),
  title: line(200),
  unit: z.enum(['number', 'percent', 'currency', 'duration', 'yesNo']),
  /** ISO 4217, where the unit is currency and it is not the org's own. */
  currency: z.string().regex(/^[A-Z]{3}$/).optional(),
  decimals: z.number().int().min(0).max(6),
  better: z.enum(['up', 'down', 'neither']),
  cadence: z.enum(cadences),
  rollUp: z.enum(['sum', 'average', 'last', 'min', 'max']),
  group: line(80).optional(),
  note: prose(2000).optional(),
  archived: z.boolean().optional(),
  importKey: line(300).optional(),
  demo: z.boolean().optional(),
}, {
  goal: datedGoal,
  once: datedGoal,
})

export type Kpi = BodyOf<typeof kpiRecord>
