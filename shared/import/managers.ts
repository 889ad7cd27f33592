import type { KeyedSeat } from './drafts.ts'
import type { Problem, ProblemCode } from './plan.ts'
import { inCycle } from '../chart/chain.ts'
import { folded } from './text.ts'

/** Whom each seat reports to, by key: null for a top seat, undefined for one that has no place yet. */
export interface Placing { parents: Map<string, string | null | undefined>, problems: Problem[] }

/** Finds every seat's manager. What names nobody, several, itself or a loop is listed and has no place yet. */
export function findManagers(seats: readonly KeyedSeat[]): Placing {
  const called = byName(seats)
  const parents: Placing['parents'] = new Map()
  const problems: Problem[] = []
  for (const seat of seats) {
    const found = managerOf(seat, called)
    parents.set(seat.key, typeof found === 'object' && found ? undefined : found)
    if (typeof found === 'object' && found)
      problems.push(problemOf(seat, found.problem))
  }
  const loops = inCycle(new Map([...parents].map(([key, parent]) => [key, { reportsTo: parent ?? undefined }])))
  for (const key of loops)
    parents.set(key, undefined)
  return { parents, problems: [...problems, ...seats.filter(({ key }) => loops.has(key)).map(seat => problemOf(seat, 'in-a-cycle'))] }
}

function managerOf(seat: KeyedSeat, called: ReadonlyMap<string, string[]>): string | null | { problem: ProblemCode } {
  const { manager } = seat.draft
  if (manager === null)
    return null
  if (manager === undefined)
    return { problem: 'no-manager' }
  const [only, ...others] = called.get(manager) ?? called.get(folded(manager)) ?? []
  if (!only)
    return { problem: 'unknown-manager' }
  if (others.length)
    return { problem: 'ambiguous-manager' }
  return only === seat.key ? { problem: 'reports-to-itself' } : only
}

/** Ids before names: a title that is another seat's id does not hide that seat. */
function byName(seats: readonly KeyedSeat[]): Map<string, string[]> {
  const called = new Map<string, string[]>()
  const ids = new Set(seats.map(({ draft }) => draft.id).filter(Boolean))
  for (const { draft, key } of seats) {
    for (const name of new Set(draft.calledBy)) {
      if (name === draft.id || !ids.has(name))
        listed(called, name).push(key)
    }
  }
  return called
}

function problemOf({ draft }: KeyedSeat, code: ProblemCode): Problem {
  return { row: draft.row, code, about: draft.manager ?? '', text: draft.text }
}

function listed(called: Map<string, string[]>, name: string): string[] {
  const keys = called.get(name) ?? []
  called.set(name, keys)
  return keys
}
