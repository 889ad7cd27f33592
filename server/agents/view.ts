import { z } from 'zod'
import { issueStates } from '#shared/record/issueState.ts'
import { cadences, goal, kpiRecord } from '#shared/record/kpi.ts'
import { authorities, stages } from '#shared/record/seat.ts'
import { deliveryStates, proposalStates } from '#shared/record/workState.ts'
import { quoted } from './quote.ts'

const id = z.string()
const moment = z.iso.datetime()
const day = z.iso.date()

/** In an answer: the agent's authority does not cover it, and a person decides. */
export const waiting = z.string().optional().describe('The proposal that waits for a person: nothing is written until it is approved.')

/** What an agent is shown of a period of one of its KPIs. */
export const periodView = z.object({
  period: z.string(),
  status: z.enum(['onTrack', 'offTrack', 'noData', 'stale', 'unavailable', 'noGoal']).describe('stale: overdue. noData: not due yet.'),
  due: moment,
  goal: goal.optional(),
  value: z.number().nullable().optional().describe('The value that counts; null where it was said that it cannot be reported.'),
  reportedBy: z.string().optional().describe('The id of the seat or person whose value counts.'),
  yours: z.boolean().describe('Whether the value that counts is your own. A person\'s value counts before an agent\'s.'),
  evidence: quoted.optional(),
  unavailable: quoted.optional(),
})

export const kpiView = z.object({
  id,
  title: quoted,
  unit: kpiRecord.fields.unit,
  currency: kpiRecord.fields.currency,
  decimals: z.number(),
  better: kpiRecord.fields.better,
  cadence: z.enum(cadences),
  note: quoted.optional(),
  current: z.string().describe('The period now running.'),
  periods: z.array(periodView).describe('The last 13 periods, oldest first.'),
})

export const todoView = z.object({ id, title: quoted, detail: quoted.optional(), due: day, late: z.boolean() })

export const issueView = z.object({ id, title: quoted, detail: quoted.optional(), state: z.enum(issueStates), horizon: z.enum(['now', 'later']), raisedAt: moment, yours: z.boolean() })

export const procedureView = z.object({ id, title: quoted, trigger: quoted, steps: quoted, outputs: quoted.optional() })

export const contractView = z.object({ id, direction: z.enum(['in', 'out']), other: quoted.describe('The seat at the other end.'), passes: quoted, must: quoted, hours: z.number(), onMiss: quoted })

export const deliveryView = z.object({ id, contract: id, direction: z.enum(['in', 'out']), title: quoted, detail: quoted.optional(), state: z.enum(deliveryStates), sentAt: moment, due: moment.describe('By when it must be accepted.'), expired: z.boolean(), returnReason: quoted.optional() })

export const proposalView = z.object({ id, about: z.string(), target: id, state: z.enum(proposalStates), at: moment, reason: quoted.optional() })

export const seatView = z.object({
  id,
  title: quoted,
  accountability: quoted,
  responsibilities: quoted.optional(),
  owns: quoted.optional(),
  doesNotOwn: quoted.optional(),
  owner: quoted.optional().describe('The person answerable for this seat.'),
  stage: z.enum(stages),
  authority: z.enum(authorities).optional(),
  today: day.describe('The day it is in the company\'s time zone.'),
  timeZone: z.string(),
  kpis: z.array(kpiView),
  todos: z.array(todoView).describe('Your open to-dos, the first due first.'),
  procedures: z.array(procedureView),
  contracts: z.array(contractView),
  proposals: z.array(proposalView).describe('What you wanted to do and a person decides, newest first.'),
  handoffs: z.array(deliveryView).describe('What is not finished yet, to you and from you; what you sent and is done waits for you to verify it or send it again.'),
})
