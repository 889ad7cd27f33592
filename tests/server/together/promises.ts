import type { Known } from '#shared/lifecycle/around.ts'
import type { Body } from '#shared/record/envelope.ts'
import type { Kpi } from '#shared/record/kpi.ts'
import type { Member } from '#shared/record/member.ts'
import type { Org } from '#shared/record/org.ts'
import type { Seat } from '#shared/record/seat.ts'
import type { Sheet } from '#shared/record/sheet.ts'
import type { WireDoc } from '#shared/sync/wire.ts'
import { inCycle } from '#shared/chart/chain.ts'
import { accountableOf, ownerOf } from '#shared/chart/owner.ts'
import { buildChart, walk } from '#shared/chart/tree.ts'
import { aroundSeat } from '#shared/lifecycle/around.ts'
import { isFlagged, lightsOf, missingLights } from '#shared/lifecycle/lights.ts'
import { outlineRows, unplacedId } from '../../../client/composables/outlineRules.ts'

/** The company as a phone has it. */
export interface View { docs: readonly WireDoc[], of: <T>(kind: WireDoc['kind']) => { id: string, d: T }[] }

export function viewOf(docs: readonly WireDoc[]): View {
  const live = docs.filter(doc => !doc.deleted)
  return { docs: live, of: <T>(kind: WireDoc['kind']) => live.filter(doc => doc.kind === kind).map(({ id, d }) => ({ id, d: d as T })) }
}

/** What of the promises does not hold, asked of the rules the screens ask. */
export function brokenIn(view: View): string[] {
  return [...ownersBroken(view), ...chartBroken(view), ...flagsBroken(view)]
}

function lookupIn(view: View) {
  const [seats, members] = [new Map(view.of<Seat>('seat').map(({ id, d }) => [id, d])), new Map(view.of<Member>('member').map(({ id, d }) => [id, d]))]
  return { seats, members, seat: (id: string) => seats.get(id), member: (id: string) => members.get(id) }
}

/** Every seat has an owner, who is a person and here; an agent's is stored and was always a person. */
function ownersBroken(view: View): string[] {
  const lookup = lookupIn(view)
  const accountable = accountableOf(view.of<Org>('org')[0]?.d.accountable, lookup.members)
  return [...lookup.seats].filter(([, seat]) => !seat.archived).flatMap(([id, seat]) => {
    const owner = lookup.member(ownerOf(id, lookup, accountable))
    const isHere = owner !== undefined && owner.state !== 'left' && owner.role !== 'viewer'
    const isStored = seat.kind === 'agent' ? lookup.members.has(seat.owner ?? '') && !seat.holder : !seat.owner && !seat.stage && !seat.authority
    return [...isHere ? [] : [`${id} has no owner`], ...isStored ? [] : [`${id} is owned by ${seat.owner}, held by ${seat.holder}`]]
  })
}

/** Every seat stands on the chart once, and on its outline. */
function chartBroken(view: View): string[] {
  const seats = view.of<Seat>('seat').filter(({ d }) => !d.archived && d.stage !== 'retired').map(({ id, d }) => ({ id, title: d.title, ...d.reportsTo && { reportsTo: d.reportsTo } }))
  const chart = buildChart(seats)
  const shown = [...walk([...chart.roots, ...chart.unplaced])].map(({ seat }) => seat.id)
  const outlined = outlineRows(chart, new Set([...shown, unplacedId]), 'No place yet').map(({ id }) => id).filter(id => id !== unplacedId)
  const all = seats.map(({ id }) => id).sort().join()
  const circle = [...inCycle(new Map(seats.map(seat => [seat.id, seat])))]
  return [
    ...circle.length ? [`${circle.join()} report to themselves`] : [],
    ...[shown, outlined].some(ids => [...ids].sort().join() !== all) ? [`of ${all} the chart shows ${shown.join()}`] : [],
  ]
}

/** A seat in production with a light out is flagged, and no other; its lights are as the records say. */
function flagsBroken(view: View): string[] {
  const lookup = lookupIn(view)
  const known = Object.fromEntries((['kpi', 'sheet', 'team', 'contract', 'review', 'todo', 'priority'] as const).map(kind => [kind, view.of(kind)])) as unknown as Known
  return [...lookup.seats].filter(([, seat]) => seat.kind === 'agent').flatMap(([id, seat]) => {
    const states = lightsOf({ id, seat, around: aroundSeat(id, known), lookup })
    const out = lightsOut(view, id)
    const isRight = isFlagged(seat, states) === (seat.stage === 'production' && out.length > 0)
    return [...isRight ? [] : [`${id} is ${seat.stage} without ${out.join()}`], ...missingLights(states).join() === out.join() ? [] : [`${id} lacks ${out.join()}, shown ${missingLights(states).join()}`]]
  })
}

/** Which lights of an agent's seat are out, read from the records anew and in the plainest way. */
export function lightsOut(view: View, id: string): string[] {
  const { seat: seatOf, members } = lookupIn(view)
  const seat = seatOf(id)
  const owner = members.get(seat?.owner ?? '')
  const kpis = view.of<Kpi>('kpi').filter(({ d }) => d.seat === id && !d.archived && lastGoal(d) !== undefined)
  const sheets = view.of<Sheet>('sheet').filter(({ d }) => kpis.some(kpi => kpi.id === d.kpi))
  const isScored = sheets.some(({ d }) => Object.entries(d).some(([field, cell]) => field.startsWith('cell/') && typeof (cell as { value: unknown }).value === 'number'))
  const meets = view.of<Body>('team').some(({ d }) => d[`seat/${id}`] === true && d.slot !== undefined && d.archived !== true)
  const agreed = view.of<Body>('contract').filter(({ d }) => d.archived !== true && (d.from === id || d.to === id)).map(({ d }) => seatOf(String(d.from === id ? d.to : d.from)))
  return [
    ...owner?.state === 'active' && owner.role !== 'viewer' ? [] : ['owner'],
    ...isScored ? [] : ['measure'],
    ...meets && seat?.nextReview ? [] : ['cadence'],
    ...agreed.some(other => other?.kind === 'human' && other.archived !== true) ? [] : ['handoff'],
  ]
}

function lastGoal(kpi: Kpi): string | undefined {
  const dated = Object.keys(kpi).filter(field => field.startsWith('goal/')).sort()
  const last = dated.at(-1)
  return last !== undefined && (kpi as Body)[last] && ((kpi as Body)[last] as { kind: string }).kind !== 'none' ? last : undefined
}
