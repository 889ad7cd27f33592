import type { Around } from './around.ts'

/** Something a seat answers for and somebody has to take over before it is retired. */
export interface Duty { kind: 'kpi' | 'todo' | 'contract' | 'priority', id: string, title: string }

/** What a seat still answers for. */
export function dutiesOf(around: Around): Duty[] {
  return [
    ...around.kpi.map(({ id, d }): Duty => ({ kind: 'kpi', id, title: d.title })),
    ...around.priority.map(({ id, d }): Duty => ({ kind: 'priority', id, title: d.title })),
    ...around.contract.map(({ id, d }): Duty => ({ kind: 'contract', id, title: d.passes })),
    ...around.todo.map(({ id, d }): Duty => ({ kind: 'todo', id, title: d.title })),
  ]
}

/** The duties with no place yet. */
export const unplaced = (duties: readonly Duty[], places: Readonly<Record<string, string>> = {}) => duties.filter(({ id }) => !places[id]?.trim())
