import type { Handset } from './handset.ts'
import type { World } from './world.ts'
import { setTimeout as pause } from 'node:timers/promises'
import { differenceOf, faultsOf, textOf, visibleTo } from './checks.ts'
import { leaver } from './rage.ts'
import { patience } from './tempo.ts'

/** Two tabs that build their copies anew, one after the other, may each wait ten seconds for what they hold to go. */
const longest = 40_000

/** The world heals, and nobody is told: every phone must find out by itself. Answers how long it took, ms. */
export async function calm(world: World): Promise<number> {
  const { handsets } = world
  await world.repair
  for (const handset of handsets) {
    handset.net.heal()
    handset.line.heal()
    handset.wall.offset = 0
    handset.flight(false)
  }
  const healed = performance.now()
  await drained(world)
  handsets.forEach(handset => handset.outdate(false))
  const until = performance.now() + longest
  let difference = await differenceNow(world)
  while (difference !== undefined && performance.now() < until) {
    await pause(50)
    difference = await differenceNow(world)
  }
  if (difference !== undefined)
    world.divergences.push(`after ${longest / 1000} quiet seconds ${difference}`, ...toldOf(world, difference))
  return Math.round(performance.now() - healed)
}

/** What the phone a finding is about was told of the record it names. */
function toldOf({ handsets }: World, difference: string): string[] {
  const id = /: (\S+) (?:is|has)/.exec(difference)?.[1]
  return id ? handsets.find(({ name }) => difference.startsWith(name))?.told(id) ?? [] : []
}

/** Push is open to whoever is too old to pull: what they wrote goes before they are updated. */
async function drained({ handsets, divergences }: World): Promise<void> {
  const until = performance.now() + longest
  for (const handset of handsets.filter(one => one.mustDrain())) {
    const isDone = async () => handset.isGone() || await handset.waiting() === 0
    while (!await isDone() && performance.now() < until)
      await pause(50)
    if (!await isDone())
      divergences.push(`${handset.name}: too old to pull, and ${await handset.waiting()} records still wait to be pushed`)
  }
}

/** Watches until nobody asked for anything for the given time, ms; then judges everything. */
export async function judge(world: World, quiet: number): Promise<void> {
  const { ledger, divergences, place, company } = world
  const until = performance.now() + longest
  let [asked, since] = [ledger.requests(), performance.now()]
  while (performance.now() - since < quiet && performance.now() < until) {
    await pause(20)
    if (ledger.requests() !== asked)
      [asked, since] = [ledger.requests(), performance.now()]
  }
  if (performance.now() - since < quiet)
    divergences.push(`the phones still ask after ${longest / 1000} quiet seconds`)
  await world.witness.stop()
  const view = await place.reader().view(company.org)
  const overdue = ledger.overdue(patience + 1500)
  divergences.push(...await settledWrongs(world), ...faultsOf(view, ledger.acks(), Date.now()), ...world.witness.missed(), ...ledger.leaks(), ...overdue.map(path => `still open: ${path}`))
  const text = JSON.stringify([view.docs, view.log])
  divergences.push(...world.forbidden.filter(word => text.includes(`"${word}"`)).map(word => `${word} was written after its writer was removed, and is on the server`))
  divergences.push(...await strangersView(world), ...place.servers.flatMap(server => server.bugs()).map(line => `the server made a mistake: ${line}`))
}

async function differenceNow(world: World): Promise<string | undefined> {
  for (const handset of world.handsets) {
    await handset.settled()
    const waiting = handset.isGone() ? 0 : await handset.waiting()
    if (waiting !== 0)
      return `${handset.name}: ${waiting} records still wait to be sent`
  }
  return (await settledWrongs(world))[0]
}

/** What each phone shows against what the database shows its person. */
async function settledWrongs(world: World): Promise<string[]> {
  const view = await world.place.reader().view(world.company.org)
  const found: string[] = []
  for (const handset of world.handsets.filter(one => !isExcused(world, one))) {
    const there = visibleTo(view, String(handset.person.headers['x-member']))
    const tabs = handset.isGone() ? [] : await handset.held()
    const wrong = tabs.length === 0 ? ['deleted itself though nobody was removed'] : tabs.flatMap((held, n) => differenceOf(held ?? [], there)?.replace(/^/, `tab ${n + 1} of ${tabs.length}: `) ?? [])
    if (wrong.length > 0)
      found.push(`${handset.name} (${await handset.condition()}): ${wrong.join('; ')}`)
  }
  const staying = world.plan.leave !== undefined && world.plan.restore === undefined && world.handsets.find(one => isExcused(world, one) && !one.isGone())
  return staying ? [...found, `${staying.name}: still there though its person was removed`] : found
}

/** The phones of somebody who was removed have nothing to show. A restore may have brought their person back, or come too late. */
function isExcused(world: World, { person, isGone }: Handset): boolean {
  const { leave, restore } = world.plan
  return leave !== undefined && person.headers['x-member'] === leaver(world)?.person.headers['x-member'] && (restore === undefined || isGone())
}

/** The other company sees its own alone, and the server's page is what its database holds. */
async function strangersView({ company: { stranger, people: { Ada } }, words, place, company }: World): Promise<string[]> {
  const ask = { epoch: '', limit: 2000, since: { records: 0, scores: 0 } }
  const [theirs, ours] = [await stranger.post('/api/sync/pull', ask), await Ada.post('/api/sync/pull', ask)]
  if (theirs.status !== 200 || ours.status !== 200)
    return [`the server answers ${theirs.status} and ${ours.status} to a pull: ${JSON.stringify([theirs.body, ours.body])}`]
  const pages = Object.values(ours.body.pages as Record<string, { docs: { id: string, v: string, d: object, deleted?: true }[] }>)
  const shown = pages.flatMap(({ docs }) => docs).filter(doc => !doc.deleted).map(({ id, v, d }) => [id, v, textOf(d)] as const)
  const difference = differenceOf(shown, visibleTo(await place.reader().view(company.org), String(Ada.headers['x-member'])))
  return [
    ...JSON.stringify(theirs.body).includes(words.own) ? ['the other company was sent this one\'s words'] : [],
    ...JSON.stringify(theirs.body).includes(words.foreign) ? [] : ['the other company does not see its own'],
    ...difference ? [`pull and database differ: ${difference}`] : [],
  ]
}
