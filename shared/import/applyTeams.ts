import type { Bodies } from '../record/envelope.ts'
import type { ApplyContext, Existing, Writes } from './apply.ts'
import type { ImportPlan, PlannedTeam } from './plan.ts'
import { folded } from './text.ts'
import { changes, noWrites, record } from './writes.ts'

interface Input { plan: ImportPlan, existing: Existing, context: ApplyContext, seatIds: ReadonlyMap<string, string> }

/** Teams are found by their name. An import puts seats in and takes none out. */
export function applyTeams({ plan, existing, context, seatIds }: Input): Writes {
  const writes = noWrites()
  const live = (existing.teams ?? []).filter(({ d }) => !d.archived && !d.demo)
  const known = new Map(live.map(team => [folded(team.d.name), team]))
  for (const team of plan.teams) {
    const doc = known.get(folded(team.name))
    const seats = seatsOf(team, seatIds)
    const lead = team.leadKey && seatIds.get(team.leadKey)
    const body: Bodies['team'] = { name: team.name, ...lead && { lead }, ...seats }
    record(writes, doc ? changes(doc, seats) : { kind: 'team', id: context.newId('team'), body })
  }
  return writes
}

function seatsOf({ seatKeys }: PlannedTeam, seatIds: ReadonlyMap<string, string>): Record<`seat/${string}`, true> {
  return Object.fromEntries(seatKeys.flatMap(key => seatIds.has(key) ? [[`seat/${seatIds.get(key)}`, true]] : []))
}
