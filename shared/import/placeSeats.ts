import type { DraftSeat, KeyedSeat } from './drafts.ts'
import type { Placing } from './managers.ts'
import type { ImportPlan, PlannedPerson, PlannedSeat, PlannedTeam, Problem } from './plan.ts'
import { fitSeat, longest } from './fitText.ts'
import { findManagers } from './managers.ts'
import { personKeys } from './people.ts'
import { keySeats } from './seatKeys.ts'
import { cut, folded, manyLines, oneLine } from './text.ts'

type Seats = Pick<ImportPlan, 'source' | 'seats' | 'people' | 'teams' | 'kpis' | 'scores' | 'problems'>

/** Drafts into planned seats: every draft becomes one, placed or not. */
export function placeSeats(drafts: readonly DraftSeat[], source: string): Seats {
  const fitted = drafts.map(fitSeat)
  const keyed = keySeats(fitted.map(({ draft }) => draft), source)
  const placing = findManagers(keyed.seats)
  const personKey = personKeys(keyed.seats.map(({ draft }) => draft))
  const seats = keyed.seats.map(seat => plannedSeat(seat, placing, personKey))
  const problems: Problem[] = [...placing.problems, ...keyed.problems, ...fitted.flatMap(({ problems }) => problems)]
  return {
    source: oneLine(source),
    seats,
    people: peopleIn(keyed.seats, personKey),
    teams: teamsIn(keyed.seats),
    kpis: [],
    scores: [],
    problems,
  }
}

function plannedSeat({ draft, key }: KeyedSeat, placing: Placing, personKey: ReturnType<typeof personKeys>): PlannedSeat {
  const parent = placing.parents.get(key)
  const note = noteOf(draft, parent)
  return {
    row: draft.row,
    key,
    title: draft.title,
    kind: draft.kind,
    accountability: draft.accountability,
    ...parent !== undefined && { reportsToKey: parent },
    ...draft.kind === 'human' && draft.holder !== undefined && { holderKey: personKey(draft) },
    ...draft.kind === 'agent' && draft.owner && { ownerName: draft.owner },
    ...draft.responsibilities && { responsibilities: draft.responsibilities },
    ...draft.more && { more: draft.more },
    ...draft.archived && { archived: draft.archived },
    ...note && { note },
  }
}

/** The file's words for what was not placed. A top seat has none: a note on a seat without a manager says "no place yet". */
function noteOf(draft: DraftSeat, parent: string | null | undefined): string {
  const manager = parent === undefined ? `${draft.managerColumn}: ${draft.manager ?? ''}` : ''
  const note = parent === null ? '' : draft.note ?? ''
  return cut(manyLines([note, manager].filter(Boolean).join('\n')), longest.note)
}

function peopleIn(seats: readonly KeyedSeat[], personKey: ReturnType<typeof personKeys>): PlannedPerson[] {
  const people = new Map<string, PlannedPerson>()
  for (const { draft } of seats) {
    const key = draft.kind === 'human' ? personKey(draft) : undefined
    if (key && draft.holder && !people.has(key))
      people.set(key, { key, name: draft.holder })
  }
  return [...people.values()]
}

function teamsIn(seats: readonly KeyedSeat[]): PlannedTeam[] {
  const teams = new Map<string, PlannedTeam>()
  for (const { draft, key } of seats) {
    const name = cut(oneLine(draft.team ?? ''), longest.name)
    if (!name)
      continue
    const team = teams.get(folded(name)) ?? { name, seatKeys: [] }
    team.seatKeys.push(key)
    teams.set(folded(name), team)
  }
  return [...teams.values()]
}
