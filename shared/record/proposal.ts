import type { BodyOf } from './define.ts'
import { z } from 'zod'
import { defineRecord, instant, line, ref } from './define.ts'
import { proposalStates } from './workState.ts'

/** What an agent wants to write and may not do alone: it waits for a person. */
export const proposalRecord = defineRecord({
  /** The agent's seat. */
  seat: ref(),
  at: instant(),
  /** The record it is about: its kind and id, and what the agent had seen of it ('' for a new one). */
  target: ref(),
  targetKind: line(40),
  base: z.string().max(40),
  /** The fields it would set; null empties one. */
  set: z.record(z.string().max(300), z.unknown()),
  state: z.enum(proposalStates),
  decidedBy: ref().optional(),
  decidedAt: instant().optional(),
  reason: line(1000).optional(),
})

export type Proposal = BodyOf<typeof proposalRecord>
