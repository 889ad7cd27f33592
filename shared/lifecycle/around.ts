import type { Bodies } from '../record/envelope.ts'

export interface Held<K extends keyof Bodies> { id: string, d: Bodies[K] }

/** The records a seat's steps are judged by, each kind as far as it is known; more than its own do no harm. */
export interface Known {
  kpi: readonly Held<'kpi'>[]
  sheet: readonly Held<'sheet'>[]
  team: readonly Held<'team'>[]
  contract: readonly Held<'contract'>[]
  review: readonly Held<'review'>[]
  todo: readonly Held<'todo'>[]
  priority: readonly Held<'priority'>[]
}

/** What stands around one seat: its own and in use, nothing archived. */
export interface Around extends Omit<Known, 'sheet'> {
  /** Whether a KPI ever had a number. */
  hasScore: (kpi: string) => boolean
}

export const nothingKnown: Known = { kpi: [], sheet: [], team: [], contract: [], review: [], todo: [], priority: [] }

/** Other people's private priorities are nobody else's to place, so they are left out. */
export function aroundSeat(seat: string, known: Known): Around {
  return {
    kpi: known.kpi.filter(({ d }) => d.seat === seat && !d.archived),
    team: known.team.filter(({ d }) => d[`seat/${seat}`] && !d.archived),
    contract: known.contract.filter(({ d }) => (d.from === seat || d.to === seat) && !d.archived),
    review: known.review.filter(({ d }) => d.seat === seat),
    todo: known.todo.filter(({ d }) => d.owner === seat && d.state === 'open' && !d.archived),
    priority: known.priority.filter(({ d }) => d.seat === seat && d.state === 'open' && !d.archived && !d.private),
    hasScore: kpi => known.sheet.some(({ d }) => d.kpi === kpi && hasNumber(d)),
  }
}

function hasNumber(sheet: Bodies['sheet']): boolean {
  return Object.entries(sheet).some(([field, entry]) => field.startsWith('cell/') && typeof (entry as { value?: unknown } | undefined)?.value === 'number')
}
