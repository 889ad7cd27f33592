import type { CivilDate } from '#shared/kpi/civil.ts'
import type { Todo } from '#shared/record/todo.ts'
import type { Rec, Replica } from '../db/types.ts'
import { addDays } from '#shared/kpi/civil.ts'
import { isDelegated, isLate, isOver, usualDays } from '#shared/tasks/todo.ts'
import { formatDate } from '../text/format.ts'
import { t } from '../text/t.ts'

export type TodoRec = Rec<'todo'>
export type TodoShelf = 'mine' | 'asked' | 'verify' | 'over'
export const todoShelves: readonly TodoShelf[] = ['mine', 'asked', 'verify', 'over']

/** Where a to-do stands for a person who does, or owns the agents that do, what `isMine` says. */
export function todoShelfOf(todo: Todo, me: string, isMine: (owner: string) => boolean): TodoShelf | undefined {
  const asked = todo.asker === me && isDelegated(todo)
  if (isOver(todo))
    return asked || isMine(todo.owner) ? 'over' : undefined
  if (todo.state === 'done')
    return asked ? 'verify' : isMine(todo.owner) ? 'over' : undefined
  return isMine(todo.owner) ? 'mine' : asked ? 'asked' : undefined
}

/** The first due first; what is done, the last done first. */
export function compareTodos(one: TodoRec, other: TodoRec): number {
  const [done, otherDone] = [one.d.state === 'open' ? 0 : one.d.doneAt ?? 0, other.d.state === 'open' ? 0 : other.d.doneAt ?? 0]
  return otherDone - done || (one.d.due < other.d.due ? -1 : one.d.due > other.d.due ? 1 : one.d.askedAt - other.d.askedAt)
}

/** Writes one down in this person's name, due in a week. */
export function addTodo(replica: Replica, today: CivilDate, todo: Pick<Todo, 'title'> & Partial<Todo>): Promise<string> {
  return replica.add('todo', {
    owner: replica.member,
    due: addDays(today, usualDays),
    ...todo,
    title: todo.title.trim().slice(0, 500),
    asker: replica.member,
    askedAt: replica.now(),
    state: 'open',
  })
}

/** When it is due, for whom or from whom, and what it waits for, in one line. */
export function todoWords(todo: Todo, { me, today, nameOf, dayOf }: { me: string, today: CivilDate, nameOf: (id: string) => string, dayOf: (instant: number) => CivilDate }): string {
  const short = (day: CivilDate) => formatDate(day, { day: 'numeric', month: 'short' })
  const due = () => isLate(todo, today) ? t('todo.late', { when: short(todo.due) }) : todo.due === today ? t('todo.dueToday') : t('todo.dueOn', { when: short(todo.due) })
  return [
    todo.state === 'open' ? due() : todo.doneAt ? t('todo.doneOn', { when: short(dayOf(todo.doneAt)) }) : '',
    todo.owner === me ? '' : t('todo.by', { name: nameOf(todo.owner) }),
    todo.asker === me || todo.asker === todo.owner ? '' : t('todo.askedBy', { name: nameOf(todo.asker) }),
    todo.waitsFor ? t('todo.waiting', { what: todo.waitsFor }) : '',
    todo.every && todo.state === 'open' ? t('todo.again') : '',
  ].filter(Boolean).join(' · ')
}
