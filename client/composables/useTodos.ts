import type { Todo } from '#shared/record/todo.ts'
import type { TodoState } from '#shared/record/workState.ts'
import type { TodoRec, TodoShelf } from './todoRules.ts'
import type { Company } from './useCompany.ts'
import { computed } from 'vue'
import { addDays } from '#shared/kpi/civil.ts'
import { nextTodo, todoFields, usualDays } from '#shared/tasks/todo.ts'
import { addTodo, compareTodos, todoShelfOf, todoWords } from './todoRules.ts'
import { todayHere, useClock } from './useClock.ts'
import { useRead } from './useLive.ts'
import { useReplica } from './useReplica.ts'

/** This person's to-dos, those of the agents they own, and what they asked of others. */
export function useTodos(company: Company) {
  const replica = useReplica()
  const now = useClock()
  const today = computed(() => todayHere(now.value))
  const all = useRead({ kind: 'todo' })
  const isMine = (owner: string) => owner === company.me || company.seatBy.value.get(owner)?.d.owner === company.me

  const shelved = computed(() => {
    const shelves: Record<TodoShelf, TodoRec[]> = { mine: [], asked: [], verify: [], over: [] }
    for (const todo of all.value ?? []) {
      const shelf = todo.d.archived ? undefined : todoShelfOf(todo.d, company.me, isMine)
      if (shelf)
        shelves[shelf].push(todo)
    }
    Object.values(shelves).forEach(todos => todos.sort(compareTodos))
    return shelves
  })
  /** What is late, or due within the week. */
  const due = computed(() => shelved.value.mine.filter(({ d }) => d.due <= addDays(today.value, usualDays)))
  /** Everybody's that are still to do. */
  const open = computed(() => (all.value ?? []).filter(({ d }) => !d.archived && d.state === 'open').sort(compareTodos))
  const read = computed(() => all.value !== undefined)

  const add = (title: string, more: Partial<Todo> = {}) => addTodo(replica, today.value, { ...more, title })
  const words = (todo: Todo) => todoWords(todo, { me: company.me, today: today.value, nameOf: company.nameOf, dayOf: todayHere })

  /** Takes a to-do to a state; one that comes again is followed by its next. */
  async function go({ id, d }: TodoRec, state: TodoState): Promise<void> {
    await replica.set<'todo'>(id, { ...todoFields(d, state, replica.now()), ...state === 'open' && { doneAt: null } })
    const next = state === 'done' ? nextTodo(id, d, today.value) : undefined
    if (next && !await replica.get<'todo'>(next.id))
      await replica.add('todo', next.body, next.id)
  }

  return { shelved, due, open, read, today, add, go, words, isMine }
}
