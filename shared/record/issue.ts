import type { BodyOf } from './define.ts'
import { z } from 'zod'
import { defineRecord, instant, line, prose, ref } from './define.ts'
import { issueStates } from './issueState.ts'

/** A problem, an opportunity or a decision to take. One line is enough. */
export const issueRecord = defineRecord({
  title: line(500),
  detail: prose().optional(),
  state: z.enum(issueStates),
  horizon: z.enum(['now', 'later']),
  /** 0 normal, 1 soon, 2 today. */
  urgency: z.number().int().min(0).max(2).optional(),
  team: ref().optional(),
  seat: ref().optional(),
  kpi: ref().optional(),
  /** A member's id, or an agent seat's. */
  raisedBy: ref(),
  raisedAt: instant(),
  decision: prose(4000).optional(),
  solvedAt: instant().optional(),
  /** When somebody said that its solution had worked. */
  workedAt: instant().optional(),
  /** The meeting it was raised in, and the one it was solved in. */
  meeting: ref().optional(),
  solvedIn: ref().optional(),
  /** How often somebody explicitly reopened it; written together with the lower state. */
  reopened: z.number().int().nonnegative().optional(),
  /** Drafted from a number that drifts: a person confirms it by emptying this, or dismisses it with a reason. */
  draft: z.boolean().optional(),
  dismissed: line(500).optional(),
  archived: z.boolean().optional(),
  demo: z.boolean().optional(),
})

export type Issue = BodyOf<typeof issueRecord>
