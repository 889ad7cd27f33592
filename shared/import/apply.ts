import type { Bodies, Doc, Kind } from '../record/envelope.ts'
import type { ImportPlan, Problem } from './plan.ts'
import { applyKpis } from './applyKpis.ts'
import { applyMembers } from './applyMembers.ts'
import { applyProcedures } from './applyProcedures.ts'
import { applyScores } from './applyScores.ts'
import { applySeats } from './applySeats.ts'
import { applyTeams } from './applyTeams.ts'

/** The records an import may touch, as they are on this device; the archived ones too. */
export interface Existing {
  seats: readonly Doc<'seat'>[]
  members: readonly Doc<'member'>[]
  kpis: readonly Doc<'kpi'>[]
  sheets: readonly Doc<'sheet'>[]
  teams?: readonly Doc<'team'>[]
  procedures?: readonly Doc<'procedure'>[]
}

/** `writer` is the member who imports; `agentOwner` (the writer, where absent) owns agents the file gives no owner. */
export interface ApplyContext {
  now: number
  newId: (kind: Kind) => string
  writer: string
  agentOwner?: string
}

export type Fields = Record<string, unknown>
export interface Addition { kind: Kind, id: string, body: Bodies[Kind] }
export interface Change { kind: Kind, id: string, fields: Fields }

/** What a step of an import writes. `unchanged` counts the records that already are as the file has them. */
export interface Writes { add: Addition[], set: Change[], unchanged: number, problems: Problem[] }

/** `missing` are the seats of an earlier import of this file that it no longer has: listed, never archived. */
export interface Applied extends Writes { missing: { id: string, title: string }[] }

/**
 * What an import writes, parents before children. Records are found by the key they were imported under, so
 * that the same file again writes nothing; a later version of it, what has changed.
 */
export function applyPlan(plan: ImportPlan, existing: Existing, context: ApplyContext): Applied {
  const members = applyMembers(plan, existing, context)
  const seats = applySeats({ plan, existing, context, memberIds: members.ids })
  const teams = applyTeams({ plan, existing, context, seatIds: seats.ids })
  const procedures = applyProcedures({ plan, existing, seatIds: seats.ids })
  const kpis = applyKpis(plan, existing, context)
  const scores = applyScores({ plan, existing, context, kpiIds: kpis.ids })
  const steps: Writes[] = [members, seats, teams, procedures, kpis, scores]
  return {
    add: steps.flatMap(({ add }) => add),
    set: steps.flatMap(({ set }) => set),
    unchanged: steps.reduce((sum, { unchanged }) => sum + unchanged, 0),
    problems: steps.flatMap(({ problems }) => problems),
    missing: missingSeats(plan, existing.seats),
  }
}

function missingSeats(plan: ImportPlan, seats: Existing['seats']): Applied['missing'] {
  const wholes = plan.wholes ?? [plan.source]
  const keys = new Set(plan.seats.map(({ key }) => key))
  return seats
    .filter(({ d }) => !d.archived && wholes.some(source => d.importKey?.startsWith(`${source}:`)) && !keys.has(d.importKey ?? '') && plan.seats.length > 0)
    .map(({ id, d }) => ({ id, title: d.title }))
}
