import type { Seat } from '#shared/record/seat.ts'
import type { RowAnswer } from '#shared/sync/wire.ts'
import type { StoredDoc } from '../../../server/store/port.ts'
import type { Ask, Told } from './calls.ts'
import type { Dice } from './dice.ts'
import type { View } from './promises.ts'
import type { AgentKey, Scene } from './scene.ts'
import fc from 'fast-check'
import { makeKey, revokeKey } from '../../../server/domain/agentKeys.ts'
import { pull } from '../../../server/sync/pull.ts'
import { argumentsOf, call } from './calls.ts'
import { createDice } from './dice.ts'
import { edits } from './edits.ts'
import { isIn, isShownTo, isWithin } from './mandate.ts'
import { brokenIn, lightsOut, viewOf } from './promises.ts'
import { shownIn } from './scene.ts'
import { writeWildly } from './wild.ts'

/** One step: a person's edit by name, a call of an agent, a write no route makes, a key revoked or made, or a day that goes by. */
export interface Step { what: string, who: number, dice: number[] }

const hour = 3_600_000
const day = 24 * hour
const roll = fc.noBias(fc.array(fc.nat({ max: 9999 }), { minLength: 14, maxLength: 14 }))
const stepOf = (what: fc.Arbitrary<string>) => fc.record({ what, who: fc.constantFrom(0, 0, 0, 1, 2, 3, 4), dice: roll })
const anEdit = stepOf(fc.constantFrom(...Object.keys(edits)))
const aChart = stepOf(fc.constantFrom('move', 'ownAgent', 'newSeat', 'promote'))
const aSignal = stepOf(fc.constantFrom('look', 'turn'))
export const story = fc.noBias(fc.array(fc.oneof(
  { weight: 12, arbitrary: anEdit },
  { weight: 3, arbitrary: aChart },
  { weight: 5, arbitrary: aSignal },
  { weight: 7, arbitrary: stepOf(fc.constant('call')) },
  { weight: 2, arbitrary: stepOf(fc.constant('wild')) },
  { weight: 1, arbitrary: stepOf(fc.constantFrom('key', 'later')) },
), { minLength: 30, maxLength: 50, size: 'max' }))

/** What happened on the way, so that a story in which nothing does is seen. */
export type Seen = Map<string, number>

interface Around { scene: Scene, far: Scene, asks: readonly Ask[], seen: Seen }
/** Who acted, where an agent did, and what it was told. */
interface Acted { agent?: AgentKey, told?: Told }
type Docs = ReadonlyMap<string, StoredDoc>

const headOf = ({ place, org }: Scene) => place.deps.store.read(async tx => (await tx.orgSync(org))?.seq)
const count = (seen: Seen, what: string) => seen.set(what, (seen.get(what) ?? 0) + 1)

/** Lives a story; answers the first promise that did not hold, and at which step. */
export async function live(around: Around, steps: readonly Step[]): Promise<string[]> {
  const { scene } = around
  const at: { docs: Docs, far: number | undefined } = { docs: await scene.docs(), far: await headOf(around.far) }
  for (const person of scene.people)
    await person.look()
  const found = scene.people.map((_, who): Step => ({ what: 'found', who, dice: [] }))
  for (const [n, step] of [...steps, ...found].entries()) {
    scene.place.time.now += step.what === 'later' ? day + hour : 60_000
    const before = at.docs
    const acted = await take(around, step, n, before)
    at.docs = await scene.docs()
    const broken = [
      ...await overstepped(scene, acted, before, at.docs),
      ...shownBeyond(acted, before),
      ...await headOf(around.far) === at.far ? [] : ['another company changed'],
      ...judged(around.seen, await viewFor(scene), before),
    ]
    if (broken.length > 0)
      return [`${n}: ${step.what}`, ...broken]
  }
  return []
}

async function take(around: Around, { what, who, dice: numbers }: Step, n: number, docs: Docs): Promise<Acted> {
  const { scene, seen } = around
  const dice = createDice(numbers)
  const person = scene.people[who % scene.people.length]
  if (what === 'call')
    return callOne(around, docs, dice)
  if (what === 'wild')
    return { agent: await writeWildly(scene, docs, dice) }
  if (what === 'key')
    return swapKey(scene, dice)
  const answers = person ? await edits[what]?.({ scene, person, docs, dice, n }) : undefined
  for (const { refused } of Array.isArray(answers) ? answers as RowAnswer[] : [])
    count(seen, refused?.code ?? `taken ${what}`)
  return {}
}

async function callOne({ scene, far, asks, seen }: Around, docs: Docs, dice: Dice): Promise<Acted> {
  const agent = dice.one(scene.keys)
  const ask = dice.one(asks)
  const own = [...docs.keys()].filter(id => isShownTo(agent.seat, docs, id))
  const ids = dice.below(2) ? own : [...docs.keys(), ...(await far.docs()).keys()]
  const told = await call(scene, agent, ask, argumentsOf(ask, ids, dice))
  count(seen, told.done ? `done ${ask.name}` : `told ${told.code}`)
  return { agent, told }
}

/** A key is revoked and another made; the revoked one goes on trying. */
async function swapKey({ place: { deps }, org, keys }: Scene, dice: Dice): Promise<Acted> {
  const actor = { org, member: 'ada', role: 'admin' } as const
  const n = dice.below(2)
  const { seat, id, secret } = keys[n] as AgentKey
  const { key, made } = await makeKey(deps, actor, seat, { label: 'again', scope: 'all' })
  await revokeKey(deps, actor, seat, id)
  keys.splice(2, 1, { seat, id, secret, isRevoked: true })
  keys[n] = { seat, secret: key, id: made.id }
  return {}
}

/** What was written in an agent's name and is not within its seat; or by a call of one that was not to be let in. */
async function overstepped({ place: { deps }, org }: Scene, { agent, told }: Acted, before: Docs, after: Docs): Promise<string[]> {
  const moved = [...after.values()].filter(doc => doc.seq > (before.get(doc.id)?.seq ?? 0))
  const broken = agent && !isIn(before, agent.seat) && told?.done ? [`${agent.seat} was let in`] : []
  if (agent?.isRevoked && (told?.done || moved.length > 0))
    broken.push('a revoked key opens')
  for (const { id, kind, seq, body } of moved) {
    const by = (await deps.store.read(tx => tx.changesOf(org, id, 10))).find(change => change.seq === seq)?.by ?? ''
    const turn = { kind, id, before: before.get(id)?.body, after: body }
    if (agent && (by !== agent.seat || !isIn(before, by)))
      broken.push(`${agent.seat} calls, ${by} writes ${id}`)
    if (by.startsWith('seat_') && !isWithin(by, before, turn) && !isWithin(by, after, turn))
      broken.push(`${by} writes ${kind} ${id}: ${JSON.stringify(turn)}`)
  }
  return broken
}

/** Words an agent was told that stand in records beyond its seat. */
function shownBeyond({ agent, told }: Acted, docs: Docs): string[] {
  return agent && told ? shownIn(told.text).filter(id => !isShownTo(agent.seat, docs, id)).map(id => `${agent.seat} is shown ${id}`) : []
}

/** The promises about the chart, and that nothing came to production but with its lights on. */
function judged(seen: Seen, view: View, before: Docs): string[] {
  const inProduction = view.of<Seat>('seat').filter(({ d }) => d.kind === 'agent' && d.stage === 'production')
  const promoted = inProduction.filter(({ id }) => before.get(id)?.body.stage !== 'production')
  promoted.forEach(() => count(seen, 'promoted'))
  inProduction.filter(({ id }) => lightsOut(view, id).length > 0).forEach(() => count(seen, 'flagged'))
  return [...brokenIn(view), ...promoted.filter(({ id }) => lightsOut(view, id).length > 0).map(({ id }) => `${id} came to production without ${lightsOut(view, id).join()}`)]
}

async function viewFor({ place, org }: Scene): Promise<View> {
  const answer = await pull(place.deps.sync, { org, member: 'vera', role: 'viewer' }, { epoch: '', limit: 2000, since: { records: 0, scores: 0 } })
  return viewOf(answer.reset ? [] : [...answer.pages.records?.docs ?? [], ...answer.pages.scores?.docs ?? []])
}
