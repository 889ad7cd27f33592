import type { Body } from '../record/envelope.ts'
import type { Seat } from '../record/seat.ts'

/** What an agent does beyond its own scores; a seat's `may/<action>` says how often a day it may alone. */
export const agentActions = ['raise_issue', 'finish_todo', 'send_handoff', 'accept_handoff', 'return_handoff', 'finish_handoff', 'verify_handoff'] as const
export type AgentAction = typeof agentActions[number]

/** More than this a day is no limit. */
export const mostADay = 10_000

type Limits = Pick<Seat, `may/${string}`>

/** How often a day a seat may do something once its authority is `bounded`; what is not listed, never. */
export const limitOf = (seat: Limits, action: AgentAction): number => seat[`may/${action}`] ?? 0

/** Whether a write lets an agent do more of anything than before. */
export function widensLimits(before: Body | undefined, set: Body): boolean {
  return Object.entries(set).some(([field, value]) => field.startsWith('may/') && Number(value ?? 0) > Number(before?.[field] ?? 0))
}
