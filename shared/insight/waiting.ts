import type { CivilDate } from '../kpi/civil.ts'
import type { Delivery } from '../record/delivery.ts'
import type { Todo } from '../record/todo.ts'
import { standingOf } from '../handoff/state.ts'
import { isDelegated } from '../tasks/todo.ts'

interface Rec<D> { id: string, d: D }

/**
 * What somebody waits for and another has to do. `who` and `whom` are people or agents of a to-do, seats of a delivery;
 * of a to-do that waits for something outside `whom` is that, in words. `day` is when it was to be accepted or done.
 */
export interface Waiting { id: string, kind: 'todo' | 'delivery', title: string, what: 'outside' | 'do' | 'accept' | 'late' | 'finish' | 'verify', who: string, whom: string, day: CivilDate }

/** All that waits in a company, the longest due first. What was returned waits for its sender, and is not on others. */
export function waitingOnOthers(todos: readonly Rec<Todo>[], deliveries: readonly Rec<Delivery>[], now: number, dayOf: (instant: number) => CivilDate): Waiting[] {
  const found = [...todos.flatMap(waitingTodo), ...deliveries.flatMap(delivery => waitingDelivery(delivery, now, dayOf))]
  return found.sort((one, other) => one.day < other.day ? -1 : one.day > other.day ? 1 : one.id < other.id ? -1 : 1)
}

function waitingTodo({ id, d }: Rec<Todo>): Waiting[] {
  const line = { id, kind: 'todo' as const, title: d.title, day: d.due }
  if (d.archived || d.state === 'verified')
    return []
  if (d.state === 'done')
    return isDelegated(d) ? [{ ...line, what: 'verify', who: d.owner, whom: d.asker }] : []
  if (d.waitsFor)
    return [{ ...line, what: 'outside', who: d.owner, whom: d.waitsFor }]
  return isDelegated(d) ? [{ ...line, what: 'do', who: d.asker, whom: d.owner }] : []
}

function waitingDelivery({ id, d }: Rec<Delivery>, now: number, dayOf: (instant: number) => CivilDate): Waiting[] {
  const line = { id, kind: 'delivery' as const, title: d.title, day: dayOf(d.due) }
  if (d.archived)
    return []
  switch (standingOf(d, now)) {
    case 'offered': return [{ ...line, what: 'accept', who: d.from, whom: d.to }]
    case 'expired': return [{ ...line, what: 'late', who: d.from, whom: d.to }]
    case 'accepted': return [{ ...line, what: 'finish', who: d.from, whom: d.to }]
    case 'done': return [{ ...line, what: 'verify', who: d.to, whom: d.from }]
    case 'returned':
    case 'verified': return []
  }
}
