import type { Dice, Step } from './plan.ts'
import type { World } from './world.ts'
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises'
import { firstValueFrom } from 'rxjs'
import { editOnce } from './edits.ts'
import { back, failDevice, failFrames, failLine, failRequest } from './faults.ts'
import { diceOf } from './plan.ts'
import { patience } from './tempo.ts'

/** Goes through all steps of the plan. */
export async function rage(world: World): Promise<void> {
  const { plan } = world
  for (const [at, step] of plan.steps.entries()) {
    if (at === plan.backup || at === plan.restore)
      await copyStore(world, at === plan.restore)
    if (at === plan.leave)
      await leave(world)
    await away(world, step, at)
    await act(world, step, at)
    await noneOverdue(world)
    for (let wait = step.wait; wait > 0; wait--)
      await turn()
    if (step.wait > 8)
      await new Promise(resolve => setTimeout(resolve, step.wait * 3))
  }
}

/** Loading the code of a new tab may hold up every timer: what is overdue still is a moment after they ran. */
async function noneOverdue({ ledger, divergences }: World): Promise<void> {
  const overdue = () => ledger.overdue(patience + 1500).join(', ')
  if (overdue() === '')
    return
  await new Promise(resolve => setTimeout(resolve, 100))
  const found = `open beyond their time: ${overdue()}`
  if (!found.endsWith(' ') && !divergences.includes(found))
    divergences.push(found)
}

export const leaver = ({ handsets }: World) => handsets.at(-1)

export function count({ counts: { faults } }: World, name: string): void {
  faults[name] = (faults[name] ?? 0) + 1
}

async function act(world: World, step: Step, at: number): Promise<void> {
  const [handset, roll] = [world.handsets[step.who], diceOf(step)]
  if (!handset)
    return
  switch (step.what) {
    case 'edit': return edit(world, step, at)
    case 'request': return count(world, failRequest(handset, roll))
    case 'frames': return count(world, failFrames(handset, roll))
    case 'line': return count(world, failLine(handset, roll))
    case 'device': return count(world, await failDevice(handset, roll))
    case 'server': return failServer(world, roll)
    case 'elsewhere': return void world.company.stranger.write('issue', `iss_${world.words.foreign}${at % 10}`, { title: `${world.words.foreign}${at}`, state: 'open', horizon: 'now', raisedBy: world.company.stranger.headers['x-member'], raisedAt: 1 }).catch(() => {})
  }
}

async function edit(world: World, step: Step, at: number, word = `${world.words.own}${at}`): Promise<void> {
  const handset = world.handsets[step.who]
  const open = handset?.replicas() ?? []
  const replica = open[step.wait % open.length]
  if (!handset || !replica)
    return
  if (world.plan.leave !== undefined && world.plan.restore === undefined && at >= world.plan.leave && handset.name === leaver(world)?.name)
    world.forbidden.push(word)
  try {
    if (await editOnce(replica, diceOf(step), word))
      world.counts.edits++
  }
  catch (error) {
    // The record, or the whole replica, went away meanwhile: nothing was typed that could be lost.
    if (!String(error).includes('not here') && !await isGoing(() => handset.replicas().includes(replica)))
      throw error
  }
}

/** A replica that ends itself, as where its person was removed, is closed a moment before it says so. */
async function isGoing(isThere: () => boolean): Promise<boolean> {
  const until = performance.now() + 5000
  while (isThere() && performance.now() < until)
    await pause(20)
  return !isThere()
}

async function failServer(world: World, roll: Dice): Promise<void> {
  const { place, counts } = world
  await world.repair
  const server = place.servers[roll(place.servers.length)]
  if (!server)
    return
  if (roll(3) === 0) {
    count(world, 'server stopped and continued')
    return server.stun(100 + roll(2500))
  }
  counts.kills++
  count(world, 'server killed')
  await server.kill()
  world.repair = new Promise(resolve => setTimeout(resolve, roll(400))).then(() => server.start())
}

async function copyStore(world: World, isBack: boolean): Promise<void> {
  await world.repair
  if (!isBack)
    return world.place.backup(world.ledger.backup)
  count(world, 'restored from a backup')
  await world.place.restore(() => {
    world.ledger.restore()
    world.witness.restart()
  })
}

/** A phone leaves with edits of its own, records end meanwhile, also such as it has changed, and it returns when no tombstone is left. */
async function away(world: World, step: Step, at: number): Promise<void> {
  const { plan: { away: plan }, handsets, words, company: { org }, place } = world
  const handset = plan && handsets[plan.who]
  const roll = diceOf(step)
  if (plan?.from === at) {
    handset?.exile(true)
    const [elsewhere] = handsets.find(other => other !== handset)?.replicas() ?? []
    // Something that can end must be there.
    for (const n of [0, 1, 2])
      await elsewhere?.add('issue', { title: `${words.own}ends-${n}`, state: 'open', horizon: 'now', raisedBy: elsewhere.member, raisedAt: 1 })
    for (const n of [0, 1, 2])
      await edit(world, { ...step, who: plan.who, rolls: step.rolls.slice(n) }, at, `${words.own}away-${at}-${n}`)
  }
  if (plan?.burial === at && handset) {
    const unsent = await Promise.all(handset.replicas().map(({ waiting }) => firstValueFrom(waiting)))
    await world.repair
    place.servers[0]?.bury({ org, first: unsent.flat().map(({ id }) => id).slice(0, 2), rolls: [roll(999), roll(999), roll(999)] })
  }
  if (plan?.until === at && handset) {
    await world.repair
    await noTombstones(world)
    handset.exile(false)
    back(handset)
  }
}

/** Waits until the tombstones are gone, or a while where nobody is there to purge them. */
async function noTombstones({ place, company: { org } }: World): Promise<void> {
  const until = performance.now() + 4000
  while ((await place.reader().view(org)).docs.some(({ deleted }) => deleted) && performance.now() < until)
    await new Promise(resolve => setTimeout(resolve, 50))
}

/** The last phone's person is removed while all their phones are in flight. */
async function leave(world: World): Promise<void> {
  const { company, handsets, plan } = world
  await world.repair
  const name = plan.phones.at(-1)
  handsets.forEach((handset, n) => plan.phones[n] === name && handset.flight(true))
  const { Ada } = company.people
  const path = `/api/orgs/${company.org}/members/${leaver(world)?.person.headers['x-member']}`
  while ((await Ada.delete(path).catch(() => ({ status: 0 }))).status !== 200)
    await new Promise(resolve => setTimeout(resolve, 50))
  count(world, 'removed while offline')
}
