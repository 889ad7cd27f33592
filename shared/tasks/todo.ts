import type { CivilDate } from '../kpi/civil.ts'
import type { Todo } from '../record/todo.ts'
import type { Repeat, TodoState } from '../record/workState.ts'
import { addDays, monthNumber, monthOfNumber } from '../kpi/civil.ts'
import { todoStates } from '../record/workState.ts'
import { toState } from './progress.ts'

/** Days a to-do has where nobody says otherwise. */
export const usualDays = 7

/** Asked of somebody else: who asked verifies it. */
export const isDelegated = ({ owner, asker }: Pick<Todo, 'owner' | 'asker'>) => owner !== asker

/** Over only when its day is: due today is not late yet. `today` is the day where its owner is. */
export const isLate = (todo: Pick<Todo, 'state' | 'due'>, today: CivilDate) => todo.state === 'open' && todo.due < today

/** Whether nothing is left to do about it, for anybody. */
export const isOver = (todo: Pick<Todo, 'state' | 'owner' | 'asker'>) => todo.state === 'verified' || (todo.state === 'done' && !isDelegated(todo))

/** The fields that take a to-do to a state. */
export function todoFields(todo: Pick<Todo, 'state' | 'reopened'>, state: TodoState, now: number): Partial<Todo> {
  return { ...toState(todoStates, todo, state), ...state === 'done' && { doneAt: now } }
}

/** The to-do that follows one that comes again; the same on every replica, so that two who finish it apart make one. */
export function nextTodo(id: string, todo: Todo, today: CivilDate): { id: string, body: Todo } | undefined {
  if (!todo.every)
    return undefined
  let due = todo.due
  while (due <= today || due === todo.due)
    due = dayAgain(due, todo.every)
  const { doneAt, reopened, waitsFor, ...rest } = todo
  return { id: `${id.split('.')[0]}.${due}`, body: { ...rest, due, state: 'open' } }
}

/** The same day a week, a month or a quarter later; the last of a month that has no such day. */
export function dayAgain(due: CivilDate, every: Repeat): CivilDate {
  if (every === 'week')
    return addDays(due, 7)
  const month = monthOfNumber(monthNumber(due) + (every === 'month' ? 1 : 3))
  const last = addDays(`${monthOfNumber(monthNumber(`${month}-01`) + 1)}-01`, -1)
  const same = `${month}${due.slice(7)}`
  return same < last ? same : last
}
