import type { Issue } from '../record/issue.ts'
import type { Priority } from '../record/priority.ts'
import type { Seat } from '../record/seat.ts'
import type { Team } from '../record/team.ts'
import type { Todo } from '../record/todo.ts'
import { ancestors } from '../chart/chain.ts'
import { subtree } from '../chart/tree.ts'

interface Rec<D> { id: string, d: D }

/** What is open in a company. `seatOfKpi` answers the seat a KPI belongs to. */
export interface OpenWork {
  seats: readonly Rec<Seat>[]
  teams: readonly Rec<Team>[]
  todos: readonly Todo[]
  issues: readonly Issue[]
  priorities: readonly Priority[]
  seatOfKpi: (kpi: string) => string | undefined
}

/** How many open things sit on each seat, and all together, also those on no seat. */
export interface Load { bySeat: ReadonlyMap<string, number>, total: number }

/** Open to-dos, issues and priorities by the seat they sit on; what is put away, dropped or only drafted is not open. */
export function openLoad(work: OpenWork): Load {
  const live = new Map(work.seats.filter(({ d }) => isLive(d)).map(({ id, d }) => [id, d]))
  const seatOfPerson = seatsOfPeople(live)
  const leads = new Map(work.teams.map(({ id, d }) => [id, d.lead]))
  const onSeats = [
    ...work.todos.filter(todo => todo.state === 'open' && !todo.archived).map(({ owner }) => live.has(owner) ? owner : seatOfPerson.get(owner)),
    ...work.issues.filter(issue => issue.state !== 'solved' && !issue.archived && !issue.draft).map(({ seat, kpi, team }) =>
      seat ?? (kpi && work.seatOfKpi(kpi)) ?? (team && leads.get(team))),
    ...work.priorities.filter(priority => priority.state === 'open' && !priority.archived).map(({ seat }) => seat),
  ]
  const bySeat = new Map<string, number>()
  for (const seat of onSeats) {
    if (seat && live.has(seat))
      bySeat.set(seat, (bySeat.get(seat) ?? 0) + 1)
  }
  return { bySeat, total: onSeats.length }
}

/** The seat at the top: of those that report to nobody the one with the most below it, then the first by its id. */
export function topSeat(seats: readonly Rec<Seat>[]): string | undefined {
  const live = seats.filter(({ d }) => isLive(d)).map(({ id, d }) => ({ id, reportsTo: d.reportsTo }))
  const roots = live.filter(({ reportsTo }) => !reportsTo).map(({ id }) => ({ id, below: subtree(live, [id]).size }))
  return roots.sort((one, other) => other.below - one.below || (one.id < other.id ? -1 : 1))[0]?.id
}

/** A person's to-dos sit on the highest of the seats they hold. */
function seatsOfPeople(live: ReadonlyMap<string, Seat>): Map<string, string> {
  const held = [...live].flatMap(([id, seat]) => seat.holder ? [{ id, holder: seat.holder, level: ancestors(above => live.get(above), id).length }] : [])
  held.sort((one, other) => other.level - one.level || (one.id < other.id ? 1 : -1))
  return new Map(held.map(({ id, holder }) => [holder, id]))
}

function isLive(seat: Seat): boolean {
  return !seat.archived && seat.stage !== 'retired'
}
