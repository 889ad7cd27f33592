import type { BodyOf } from './define.ts'
import { z } from 'zod'
import { defineRecord, instant, line, localDay, prose, ref } from './define.ts'
import { repeats, todoStates } from './workState.ts'

/** One owner, due in seven days by default, done or not; one asked of somebody else is verified by who asked. */
export const todoRecord = defineRecord({
  title: line(500),
  detail: prose().optional(),
  /** A member's id, or an agent seat's. */
  owner: ref(),
  /** Who wrote it down: where that is not the owner, it was asked of them. */
  asker: ref(),
  askedAt: instant(),
  /** Lasts to the end of that day, where its owner is. */
  due: localDay(),
  state: z.enum(todoStates),
  doneAt: instant().optional(),
  /** How often somebody explicitly reopened it; written together with the lower state. */
  reopened: z.number().int().nonnegative().optional(),
  /** Whom or what its owner waits for. */
  waitsFor: line(200).optional(),
  /** Comes again when it is done. */
  every: z.enum(repeats).optional(),
  issue: ref().optional(),
  seat: ref().optional(),
  team: ref().optional(),
  /** The meeting it was made in. */
  meeting: ref().optional(),
  archived: z.boolean().optional(),
  demo: z.boolean().optional(),
})

export type Todo = BodyOf<typeof todoRecord>
