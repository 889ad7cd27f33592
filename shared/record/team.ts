import type { BodyOf } from './define.ts'
import { z } from 'zod'
import { defineRecord, line, ref } from './define.ts'
import { agendaPlace } from './meeting.ts'

/** A weekly meeting: `weekday` 0 Sunday … 6 Saturday, `time` as `HH:MM` in its own zone, else the org's. */
export const meetingSlot = z.object({
  weekday: z.number().int().min(0).max(6),
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  minutes: z.number().int().min(5).max(480),
  timeZone: line(60).optional(),
})
export type MeetingSlot = z.infer<typeof meetingSlot>

/** A named group of seats; `seat/<id>` is true for each seat in it, `agenda/<section>` says where it is its own way. */
export const teamRecord = defineRecord({
  name: line(120),
  lead: ref().optional(),
  slot: meetingSlot.optional(),
  archived: z.boolean().optional(),
  demo: z.boolean().optional(),
}, {
  seat: z.literal(true),
  agenda: agendaPlace,
})

export type Team = BodyOf<typeof teamRecord>
