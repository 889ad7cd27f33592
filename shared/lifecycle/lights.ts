import type { ChartLookup } from '../chart/owner.ts'
import type { Kpi } from '../record/kpi.ts'
import type { Seat } from '../record/seat.ts'
import type { Light } from '../record/workState.ts'
import type { Around } from './around.ts'
import { isActivePerson } from '../chart/owner.ts'
import { goalHistory } from '../kpi/goal.ts'
import { lights } from '../record/workState.ts'

/** What keeps a light out: the next thing somebody has to do for it. */
export type Missing = 'no-owner' | 'no-kpi' | 'no-goal' | 'no-score' | 'no-team' | 'no-slot' | 'no-review' | 'no-contract'

/** `proof` is the record that keeps it on: a member, a KPI, a team, a contract. */
export type LightState = { light: Light, on: true, proof: string } | { light: Light, on: false, missing: Missing }

export interface SeatInView { id: string, seat: Seat, around: Around, lookup: ChartLookup }

/** The four lights of an agent's seat, in their order. */
export function lightsOf(view: SeatInView): LightState[] {
  const found: Record<Light, { proof: string } | Missing> = {
    owner: ownerLight(view),
    measure: measureLight(view),
    cadence: cadenceLight(view),
    handoff: handoffLight(view),
  }
  return lights.map((light) => {
    const state = found[light]
    return typeof state === 'string' ? { light, on: false, missing: state } : { light, on: true, proof: state.proof }
  })
}

export const missingLights = (states: readonly LightState[]) => states.filter(({ on }) => !on).map(({ light }) => light)

/** In production with a light out: flagged for as long as it lasts, never taken back. */
export const isFlagged = (seat: Seat, states: readonly LightState[]) => seat.kind === 'agent' && seat.stage === 'production' && states.some(({ on }) => !on)

/** Whether a goal holds from now on: the newest one, unless that ended it. */
export function hasGoal(kpi: Kpi): boolean {
  const newest = goalHistory(kpi).at(-1)
  return newest !== undefined && newest.goal.kind !== 'none'
}

function ownerLight({ seat, lookup }: SeatInView) {
  return isActivePerson(lookup, seat.owner) ? { proof: seat.owner } : 'no-owner'
}

function measureLight({ around }: SeatInView) {
  const aimed = around.kpi.filter(({ d }) => hasGoal(d))
  const scored = aimed.find(({ id }) => around.hasScore(id))
  if (scored)
    return { proof: scored.id }
  return aimed.length > 0 ? 'no-score' : around.kpi.length > 0 ? 'no-goal' : 'no-kpi'
}

function cadenceLight({ seat, around }: SeatInView) {
  const meets = around.team.find(({ d }) => d.slot)
  if (!meets)
    return around.team.length > 0 ? 'no-slot' : 'no-team'
  return seat.nextReview ? { proof: meets.id } : 'no-review'
}

/** With a person's seat at the other end: agents among themselves agree nothing with people. */
function handoffLight({ id, around, lookup }: SeatInView) {
  const agreed = around.contract.find(({ d }) => {
    const other = lookup.seat(d.from === id ? d.to : d.from)
    return other?.kind === 'human' && !other.archived
  })
  return agreed ? { proof: agreed.id } : 'no-contract'
}
