import type { CivilDate } from '../kpi/civil.ts'
import type { Round } from '../record/round.ts'
import type { Todo } from '../record/todo.ts'

/** How much waits for a person today: numbers that are missing, their own to-dos that are due, votes they have not given. */
export function countDue(me: string, today: CivilDate, { missing, todos, rounds }: { missing: number, todos: readonly Todo[], rounds: readonly Round[] }): number {
  const due = todos.filter(todo => todo.owner === me && todo.state === 'open' && !todo.archived && todo.due <= today)
  const open = rounds.filter(round => round.state === 'open' && round.voters.includes(me) && !round[`voted/${me}`])
  return missing + due.length + open.length
}
