import type { DatedGoal } from '#shared/record/kpi.ts'
import type { Key } from '../text/t.ts'
import { readNumber, typedNumber } from './padRules.ts'

/** A goal as it is being typed: kind and up to two numbers. */
export interface GoalDraft { kind: DatedGoal['kind'], a: string, b: string, yes: boolean }

export const goalKinds: readonly DatedGoal['kind'][] = ['atLeast', 'atMost', 'above', 'below', 'equal', 'between', 'outside', 'none']

export function goalDraft(goal?: DatedGoal): GoalDraft {
  const empty: GoalDraft = { kind: goal?.kind ?? 'atLeast', a: '', b: '', yes: true }
  if (!goal || goal.kind === 'none')
    return empty
  if (goal.kind === 'yesNo')
    return { ...empty, yes: goal.target }
  return 'low' in goal ? { ...empty, a: typedNumber(goal.low), b: typedNumber(goal.high) } : { ...empty, a: typedNumber(goal.target) }
}

/** The goal, or what is still missing. Kind and numbers are one value. */
export function readGoal({ kind, a, b, yes }: GoalDraft): { goal: DatedGoal } | { refused: Key } {
  if (kind === 'none')
    return { goal: { kind } }
  if (kind === 'yesNo')
    return { goal: { kind, target: yes } }
  const [one, two] = [readNumber(a), readNumber(b)]
  if (!('value' in one))
    return { refused: 'kpi.needNumber' }
  if (kind !== 'between' && kind !== 'outside')
    return { goal: { kind, target: one.value } }
  if (!('value' in two))
    return { refused: 'kpi.needNumber' }
  return one.value <= two.value ? { goal: { kind, low: one.value, high: two.value } } : { refused: 'kpi.needOrder' }
}
