import type { BodyOf } from './define.ts'
import { z } from 'zod'
import { defineRecord, line, prose, ref } from './define.ts'

/**
 * One writer's entry in a cell. `value` is null where the writer said the number cannot be reported
 * (`unavailable` then gives the reason). A yes/no KPI stores 1 and 0.
 */
export const entry = z.object({
  value: z.number().finite().nullable(),
  at: z.number().int().nonnegative(),
  source: z.enum(['hand', 'agent', 'import']),
  note: prose(2000).optional(),
  unavailable: line(500).optional(),
}).refine(e => (e.value === null) === (e.unavailable !== undefined))
export type Entry = z.infer<typeof entry>

/**
 * The scores of one KPI over one quarter of weeks (a month of days; a year of slower periods).
 * `cell/<period>/<writer>` is that writer's entry, a member's id or an agent seat's;
 * `chosen/<period>` the writer whose entry somebody chose.
 */
export const sheetRecord = defineRecord({
  kpi: ref(),
  quarter: line(20),
  demo: z.boolean().optional(),
}, {
  cell: entry,
  chosen: ref(),
})

export type Sheet = BodyOf<typeof sheetRecord>
