import type { BodyOf } from './define.ts'
import { z } from 'zod'
import { defineRecord, instant, line, localDay, prose, ref } from './define.ts'
import { priorityStates, tracks } from './workState.ts'

/** How it stood on a day, by one writer. */
const trackNote = z.object({ track: z.enum(tracks), at: instant(), text: prose(1000).optional() })
export type TrackNote = z.infer<typeof trackNote>

const milestone = z.object({ title: line(300), due: localDay().optional(), doneAt: instant().optional() })
export type Milestone = z.infer<typeof milestone>

/**
 * An outcome for a quarter. `note/<day>/<writer>` says how it stood, so that two who say so apart are both kept;
 * `milestone/<key>` is one step on the way.
 */
export const priorityRecord = defineRecord({
  seat: ref(),
  title: line(300),
  /** What "done" means. */
  doneMeans: line(1000),
  /** The org's own quarter, `2026-Q4`. */
  quarter: z.string().regex(/^(?:19|2\d)\d\d-Q[1-4]$/),
  due: localDay(),
  state: z.enum(priorityStates),
  doneAt: instant().optional(),
  /** The one member who may see it; without it, everybody may. */
  private: ref().optional(),
  archived: z.boolean().optional(),
  demo: z.boolean().optional(),
}, {
  note: trackNote,
  milestone,
})

export type Priority = BodyOf<typeof priorityRecord>
