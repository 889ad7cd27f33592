import type { BodyOf } from './define.ts'
import { z } from 'zod'
import { defineRecord, instant, localDay, ref } from './define.ts'
import { sections } from './meetingWords.ts'
import { tracks } from './workState.ts'

const text = z.string().max(4000)
const count = z.number().int().nonnegative()

/** How a number stood: of the newest period that had ended. `value` is null where there was none. */
const score = z.object({ kpi: ref(), title: text, seat: text, agent: z.boolean(), period: text, value: z.number().nullable(), status: z.enum(['onTrack', 'offTrack', 'noData', 'stale', 'unavailable', 'noGoal']) })
const attendee = z.object({ member: ref(), name: text, at: instant() })
const rated = z.object({ member: ref(), name: text, score: z.number().int(), why: text.optional() })
const held = z.object({ priority: ref(), title: text, seat: text, track: z.enum(tracks), done: z.boolean() })
const news = z.object({ headline: ref(), text, about: z.enum(['customer', 'employee']), by: text })
const task = z.object({ todo: ref(), title: text, owner: text, due: localDay() })
const solved = z.object({ issue: ref(), title: text, decision: text.optional() })
const line = z.object({ issue: ref(), title: text, votes: count })
const vote = z.object({ round: ref(), voters: count, cast: count, lines: z.array(line) })
const spent = z.object({ section: z.enum(sections), planned: count, ms: count })

/**
 * What a meeting came to, written once by the server in the transaction that closed it, with everything that had
 * arrived: nothing later changes it. Names and titles are as they were. Its id is `recap:<team>:<day>`.
 */
export const recapRecord = defineRecord({
  meeting: ref(),
  team: ref(),
  name: text,
  day: localDay(),
  startedAt: instant(),
  closedAt: instant(),
  facilitator: text,
  here: z.array(attendee),
  ratings: z.array(rated),
  spent: z.array(spent),
  scores: z.array(score),
  priorities: z.array(held),
  headlines: z.array(news),
  /** To-dos made in it. */
  made: z.array(task),
  /** Of the team's to-dos that were due: how many, and how many of them done. */
  due: count,
  done: count,
  solved: z.array(solved),
  votes: z.array(vote),
  demo: z.boolean().optional(),
})

export type Recap = BodyOf<typeof recapRecord>
