import type { Todo } from '#shared/record/todo.ts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, isCivilDate } from '#shared/kpi/civil.ts'
import { repeats, todoStates } from '#shared/record/workState.ts'
import { further } from '#shared/tasks/progress.ts'
import { isDelegated, isLate, isOver, nextTodo, todoFields } from '#shared/tasks/todo.ts'

const aTodo = (more: Partial<Todo> = {}): Todo => ({ title: 'Call the bank', owner: 'mem_a', asker: 'mem_a', askedAt: 1, due: '2026-11-29', state: 'open', ...more })
const states = fc.record({ state: fc.constantFrom(...todoStates), reopened: fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined }) })
const days = fc.integer({ min: 0, max: 2000 }).map(count => addDays('2024-01-01', count))

describe('a to-do', () => {
  it('due today lasts to the end of the day, and is late from the next', () => {
    expect([isLate(aTodo(), '2026-11-29'), isLate(aTodo(), '2026-11-30'), isLate(aTodo({ state: 'done' }), '2026-11-30')]).toEqual([false, true, false])
  })

  it('of one\'s own is over when it is done, one asked of somebody when who asked has verified it', () => {
    const asked = { asker: 'mem_b' }
    expect([isDelegated(aTodo()), isDelegated(aTodo(asked))]).toEqual([false, true])
    expect([isOver(aTodo({ state: 'done' })), isOver(aTodo({ ...asked, state: 'done' })), isOver(aTodo({ ...asked, state: 'verified' }))]).toEqual([true, false, true])
  })

  it('merges to the state further on, unless somebody reopened it; the same in either direction', () => {
    fc.assert(fc.property(states, states, (one, other) => {
      const shown = ({ state, reopened = 0 }: typeof one) => ({ state, reopened: reopened ?? 0 })
      expect(shown(further(todoStates, one, other))).toEqual(shown(further(todoStates, other, one)))
    }))
    expect(further(todoStates, { state: 'done' }, { state: 'open' }).state).toBe('done')
    expect(further(todoStates, { state: 'verified' }, { state: 'open', reopened: 1 }).state).toBe('open')
  })

  it('goes to a state and stands against the one it came from; done is dated', () => {
    fc.assert(fc.property(states, fc.constantFrom(...todoStates), (held, state) => {
      const moved = { ...held, ...todoFields(held, state, 7) }
      expect([moved.state, further(todoStates, held, { state: moved.state as string, reopened: moved.reopened }).state]).toEqual([state, state])
    }))
    expect(todoFields(aTodo(), 'done', 7)).toEqual({ state: 'done', doneAt: 7 })
  })
})

describe('one that comes again', () => {
  it('follows under the same id on every replica, open, and due after today', () => {
    fc.assert(fc.property(days, days, fc.constantFrom(...repeats), (due, today, every) => {
      const todo = aTodo({ due, every, state: 'done', doneAt: 5, reopened: 1 })
      const next = nextTodo('todo_x', todo, today)
      const again = nextTodo(next?.id ?? '', { ...todo, due }, today)
      expect([next?.id, again?.id]).toEqual([`todo_x.${next?.body.due}`, next?.id])
      expect(isCivilDate(next?.body.due ?? '')).toBe(true)
      expect((next?.body.due ?? '') > today && (next?.body.due ?? '') > due).toBe(true)
      expect([next?.body.state, next?.body.doneAt, next?.body.reopened]).toEqual(['open', undefined, undefined])
    }))
  })

  it('keeps its day of the month where there is one, and takes the last where there is none', () => {
    const next = (due: string, every: 'week' | 'month' | 'quarter') => nextTodo('t', aTodo({ due, every }), '2026-01-01')?.body.due
    expect([next('2026-11-15', 'month'), next('2027-01-31', 'month'), next('2026-11-30', 'quarter'), next('2026-12-28', 'week')]).toEqual(['2026-12-15', '2027-02-28', '2027-02-28', '2027-01-04'])
    expect(nextTodo('t', aTodo(), '2026-01-01')).toBeUndefined()
  })
})
