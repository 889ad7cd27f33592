import type { BodyOf } from './define.ts'
import { z } from 'zod'
import { defineRecord, line, localDay, prose, ref } from './define.ts'
import { repeats } from './workState.ts'

export const stages = ['planned', 'pilot', 'production', 'paused', 'retired'] as const
export const authorities = ['draft', 'approve', 'bounded', 'full'] as const
export type Stage = typeof stages[number]
export type Authority = typeof authorities[number]

/**
 * A position that outlives who fills it. A human seat has a holder and no stored owner or stage
 * (both are derived); an agent seat has a stored owner and stage and no holder.
 */
export const seatRecord = defineRecord({
  kind: z.enum(['human', 'agent']),
  title: line(300),
  /** Blank only where an import left it so. */
  accountability: prose(2000),
  reportsTo: ref().optional(),
  holder: ref().optional(),
  owner: ref().optional(),
  stage: z.enum(stages).optional(),
  authority: z.enum(authorities).optional(),
  /** When it is to be looked at again, and how often: only a recorded review moves it. */
  nextReview: localDay().optional(),
  reviewEvery: z.enum(repeats).optional(),
  /** What it costs a month, in the org's currency, and the one KPI named as its value. */
  monthlyCost: z.number().nonnegative().max(1e12).optional(),
  valueKpi: ref().optional(),
  responsibilities: prose().optional(),
  owns: prose(2000).optional(),
  doesNotOwn: prose(2000).optional(),
  archived: z.boolean().optional(),
  /** What the file it was imported from called it; a second import finds it by this. */
  importKey: line(300).optional(),
  /** What its import could not place, in the file's own words. */
  importNote: prose(2000).optional(),
  demo: z.boolean().optional(),
}, {
  /** What an agent of authority `bounded` may do alone, by action: how often a day. */
  may: z.number().int().min(0).max(10_000),
})

export type Seat = BodyOf<typeof seatRecord>
