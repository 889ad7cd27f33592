import type { Kind } from '../record/envelope.ts'
import { issueStates } from '../record/issueState.ts'
import { deliveryStates, todoStates } from '../record/workState.ts'

/** A state that only goes on, unless somebody explicitly reopened. */
export interface Progress { state: string, reopened?: number | undefined }

/** The kinds whose `state` is such a one, with its steps in order. */
export const progress: Partial<Record<Kind, readonly string[]>> = { issue: issueStates, todo: todoStates, delivery: deliveryStates }

/** Which stands of two written apart: the one reopened more often, else the one further on. */
export function further<P extends Progress>(steps: readonly string[], one: P, other: P): P {
  const reopened = (one.reopened ?? 0) - (other.reopened ?? 0)
  return (reopened || steps.indexOf(one.state) - steps.indexOf(other.state)) >= 0 ? one : other
}

/** The fields that take it to a state: going back counts as reopening it, and says so. */
export function toState<S extends string>(steps: readonly S[], held: { state: S, reopened?: number | undefined }, state: S): { state: S, reopened?: number } {
  const back = steps.indexOf(state) < steps.indexOf(held.state)
  return { state, ...back && { reopened: (held.reopened ?? 0) + 1 } }
}
