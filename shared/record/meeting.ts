import type { BodyOf } from './define.ts'
import { z } from 'zod'
import { defineRecord, instant, line, localDay, ref } from './define.ts'
import { sections } from './meetingWords.ts'

const section = z.enum(sections)
const minutes = z.number().int().min(0).max(480)

/** A part of the agenda in a team's own order; no minutes leave it out. */
export const agendaPlace = z.object({ place: z.number().int().min(0).max(20), minutes })
export type AgendaPlace = z.infer<typeof agendaPlace>

const agendaPart = z.object({ section, minutes })
export type AgendaPart = z.infer<typeof agendaPart>

/** A turn of the room's clock: into a section, paused, or on again. */
const clockTurn = z.object({ at: instant(), by: ref(), section: section.optional(), paused: z.boolean().optional() })
  .refine(turn => (turn.section === undefined) !== (turn.paused === undefined))
export type ClockTurn = z.infer<typeof clockTurn>

const rating = z.object({ score: z.number().int().min(1).max(10), at: instant(), why: line(500).optional() })
export type Rating = z.infer<typeof rating>

/**
 * One sitting of a team; its id is `meeting:<team>:<day>`, so that two who start it apart start one. Everything that
 * several may say at once is a field of its own: `clock/<key>` turns the clock, `here/<member>` is when they joined,
 * `rating/<member>` is theirs. It is over when the server has confirmed the close, and then has a recap.
 */
export const meetingRecord = defineRecord({
  team: ref(),
  /** Where the team's clock stood when it began. */
  day: localDay(),
  state: z.enum(['live', 'closed']),
  /** The team's agenda, as it was at the start. */
  agenda: z.array(agendaPart).min(1).max(sections.length),
  startedBy: ref(),
  startedAt: instant(),
  /** Whom the others follow: anybody attending may take over. */
  facilitator: ref(),
  closedBy: ref().optional(),
  closedAt: instant().optional(),
  demo: z.boolean().optional(),
}, {
  clock: clockTurn,
  here: instant(),
  rating,
})

export type Meeting = BodyOf<typeof meetingRecord>
