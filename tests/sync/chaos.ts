import type { Kind } from '#shared/record/envelope.ts'
import type { WireDoc } from '#shared/sync/wire.ts'
import type { Change } from '../../server/store/port.ts'
import type { Net, Plan } from '../support/net.ts'
import type { TestPerson } from '../support/person.ts'
import type { Phone } from '../support/replica.ts'
import { setImmediate as turn } from 'node:timers/promises'
import * as fc from 'fast-check'
import { combineLatest, debounceTime, filter, firstValueFrom, timeout } from 'rxjs'
import { defaultLimits } from '../../server/http/limits.ts'
import { aNet, drop, loseAnswer, portal, says, truncate, twice } from '../support/net.ts'
import { aPerson } from '../support/person.ts'
import { aPhone } from '../support/replica.ts'
import { startServer } from '../support/server.ts'
import { editOnce } from './chaosEdits.ts'

export type Dice = (below: number) => number

export interface Seat4 { person: TestPerson, phone: Phone, net: Net, wall: { offset: number } }

const kinds: Kind[] = ['org', 'member', 'team', 'seat', 'kpi', 'sheet', 'issue', 'round', 'ballot']
const faultPlans: Plan[] = [drop, loseAnswer, loseAnswer, twice, truncate, portal, says(502, {}), says(500, { code: 'internal' }), says(429, { code: 'too-many' })]
const unlimited = Object.fromEntries(Object.keys(defaultLimits).map(name => [name, [1_000_000, 1]])) as unknown as typeof defaultLimits

/** A seeded source of small numbers: the same seed gives the same run of choices. */
function aDice(seed: number): Dice {
  const state = { rolls: [] as number[], round: 0 }
  return (below) => {
    if (state.rolls.length === 0)
      state.rolls = fc.sample(fc.array(fc.nat(1_000_000), { minLength: 500, maxLength: 500 }), { seed: seed + state.round++, numRuns: 1 })[0] ?? []
    return (state.rolls.pop() ?? 0) % below
  }
}

/** Four phones of four people, a server that is killed and comes back, and a network of faults. */
export async function aChaos(seed: number, where: { dataDir: string, databaseUrl: string | undefined }) {
  const roll = aDice(seed)
  const server = { now: await startServer({ ...where, limits: unlimited }) }
  const { port } = server.now
  const counts = { edits: 0, faults: 0, restarts: 0 }
  const founder = aPerson(server.now)
  await founder.signUp()
  await founder.createOrg()
  const people = [founder]
  for (const role of ['admin', 'manager', 'member'] as const) {
    const person = aPerson(server.now)
    await person.join((await founder.invite(role, role)).token)
    people.push(person)
  }
  const seats: Seat4[] = []
  for (const person of people) {
    const [net, wall] = [aNet(), { offset: 0 }]
    seats.push({ person, net, wall, phone: await aPhone(person, { through: net.through, timeout: 1500, wallClock: () => Date.now() + wall.offset }) })
  }
  const isQuiet = () => firstValueFrom(combineLatest(seats.flatMap(({ phone }) => [phone.state, phone.waiting] as const)).pipe(
    filter(all => all.every(part => Array.isArray(part) ? part.length === 0 : 'connection' in part && part.connection === 'online' && part.ready)),
    debounceTime(700),
    timeout({ first: 40_000 }),
  ))
  await isQuiet()

  async function restart() {
    counts.restarts++
    await server.now.close()
    server.now = await startServer({ ...where, port, limits: unlimited })
  }

  async function misfortune({ net, phone, wall }: Seat4) {
    const turnOf: (() => unknown)[] = [
      () => net.next('push', faultPlans[roll(faultPlans.length)] as Plan),
      () => net.next('push', faultPlans[roll(faultPlans.length)] as Plan),
      () => net.next('pull', faultPlans[roll(faultPlans.length)] as Plan),
      () => net.dropFrames(1 + roll(2)),
      () => net.cut(),
      () => phone.offline(),
      () => phone.online(),
      () => phone.retry(),
      () => wall.offset = [0, 0, 40_000, 86_400_000, -86_400_000][roll(5)] as number,
    ]
    counts.faults++
    await turnOf[roll(turnOf.length)]?.()
  }

  return {
    counts: () => counts,
    rage: async (steps: number) => {
      for (let step = 0; step < steps; step++) {
        const seat = seats[roll(seats.length)] as Seat4
        if (roll(4) === 0)
          await misfortune(seat)
        else if (await editOnce(seat, roll, `${seed}.${step}`))
          counts.edits++
        if (step % 50 === 25)
          await restart()
        for (let wait = roll(12); wait > 0; wait--)
          await turn()
      }
    },
    /** The network heals, clocks are right, and everybody comes back. */
    calm: async () => {
      for (const { net, phone, wall } of seats) {
        wall.offset = 0
        net.heal()
        net.cut()
        phone.online()
      }
      await isQuiet()
    },
    /** What each phone holds, and what the server shows its person. */
    sets: () => Promise.all(seats.map(async ({ person, phone }) => ({ mine: await heldBy(phone), servers: await shownTo(person) }))),
    histories: async (): Promise<{ id: string, changes: Change[] }[]> => Promise.all((await shownTo(founder)).map(async ([id]) =>
      ({ id, changes: (await founder.get(`/api/sync/history/${id}`)).body.changes as Change[] }))),
    close: async () => {
      await Promise.all(seats.map(({ phone }) => phone.close()))
      await server.now.close()
    },
  }
}

type Held = [id: string, v: string, body: string]

const sorted = (held: Held[]) => held.sort(([a], [b]) => a < b ? -1 : 1)
const textOf = (body: object) => JSON.stringify(Object.entries(body).sort(([a], [b]) => a < b ? -1 : 1))

async function heldBy(phone: Phone): Promise<Held[]> {
  const found = await Promise.all(kinds.map(kind => firstValueFrom(phone.find({ kind }))))
  return sorted(found.flat().map(({ id, v, d }) => [id, v, textOf(d)]))
}

async function shownTo(person: TestPerson): Promise<Held[]> {
  const { body } = await person.post('/api/sync/pull', { epoch: '', limit: 2000, since: { records: 0, scores: 0 } })
  const pages = body.pages as Record<string, { docs: WireDoc[] }>
  return sorted(Object.values(pages).flatMap(({ docs }) => docs).filter(doc => !doc.deleted).map(({ id, v, d }) => [id, v, textOf(d)]))
}
