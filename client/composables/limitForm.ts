import type { AgentAction } from '#shared/lifecycle/limits.ts'
import type { Seat } from '#shared/record/seat.ts'
import type { Fields } from '../db/types.ts'
import { agentActions, limitOf, mostADay } from '#shared/lifecycle/limits.ts'
import { readNumber, typedNumber } from './padRules.ts'

/** What is typed beside each action; '' where it may not be done alone. */
export type LimitDraft = Record<AgentAction, string>

export function limitDraft(seat: Seat): LimitDraft {
  const typed = (action: AgentAction) => limitOf(seat, action) > 0 ? typedNumber(limitOf(seat, action)) : ''
  return Object.fromEntries(agentActions.map(action => [action, typed(action)])) as LimitDraft
}

/** How often a day is meant: a whole number, none where nothing is typed; undefined where it is no such number. */
export function readLimit(text: string): number | undefined {
  if (!text.trim())
    return 0
  const read = readNumber(text)
  return 'value' in read && Number.isInteger(read.value) && read.value >= 0 && read.value <= mostADay ? read.value : undefined
}

/** The fields of a seat a draft changes; undefined while something typed is no limit. */
export function limitFields(seat: Seat, draft: LimitDraft): Fields<'seat'> | undefined {
  const read = agentActions.map(action => [action, readLimit(draft[action])] as const)
  if (read.some(([, times]) => times === undefined))
    return undefined
  return Object.fromEntries(read.filter(([action, times]) => times !== limitOf(seat, action)).map(([action, times]) => [`may/${action}`, times || null]))
}
