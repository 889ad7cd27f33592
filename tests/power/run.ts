import type { Dice } from '../support/dice.ts'
import type { Ledger } from './ledger.ts'
import type { Machine, MachineOptions } from './machine.ts'
import type { Team } from './team.ts'
import { setTimeout as wait } from 'node:timers/promises'
import { aSeededDice } from '../support/dice.ts'
import { readBooks } from './books.ts'
import { aLedger } from './ledger.ts'
import { aMachine } from './machine.ts'
import { aTeam } from './team.ts'

export interface Tally { cuts: number, whileStarting: number, databaseAlone: number, disks: number, acknowledged: number, pushes: number, refused: number, joined: number, inTheAir: number }
export interface Run { tally: Tally, broken: string[] }

export interface RunOptions extends MachineOptions, Pick<Course, 'cuts' | 'tell' | 'signal'> { seed: number }

interface Course { machine: Machine, roll: Dice, tally: Tally, cuts: number, store: string, tell: (text: string) => void, signal: AbortSignal }
interface Company { ledger: Ledger, team?: Team }

/** Cuts on one disk before the next empty one. */
const cutsADisk = 25
const shortestLife = 50
const longestLife = 1500
const longestStart = 1200

/** Lives of a machine, each ended by a power cut at a moment of chance; stops at the first broken promise. */
export async function cutAgain({ cuts, seed, tell, signal, ...options }: RunOptions): Promise<Run> {
  const tally = { cuts: 0, whileStarting: 0, databaseAlone: 0, disks: 0, acknowledged: 0, pushes: 0, refused: 0, joined: 0, inTheAir: 0 }
  const machine = await aMachine(options)
  const course = { machine, roll: aSeededDice(seed), tally, cuts, store: options.store, tell, signal }
  const broken: string[] = []
  try {
    while (tally.cuts < cuts && broken.length === 0 && !signal.aborted)
      broken.push(...await liveOnDisk(course))
  }
  finally {
    await machine.remove()
  }
  return { tally, broken: tally.refused > 0 ? [...broken, `${tally.refused} rows were refused`] : broken }
}

/** From the first start on an empty disk, through many cuts; answers what was broken. */
async function liveOnDisk(course: Course): Promise<string[]> {
  const { machine, roll, tally } = course
  const company: Company = { ledger: aLedger() }
  const last = Math.min(course.cuts, tally.cuts + cutsADisk)
  try {
    if (tally.disks++ > 0)
      await machine.renew()
    for (; tally.cuts < last && !course.signal.aborted; tally.cuts++) {
      course.tell('.')
      if (roll(4) === 0) {
        await cutWhileStarting(course)
        continue
      }
      const broken = await rise(course, company)
      if (broken.length > 0)
        return broken
      await writeUntilCut(course, company)
    }
    const broken = await rise(course, company)
    await machine.cut(roll)
    return broken
  }
  catch (error) {
    return [`after ${tally.cuts} cuts: ${error instanceof Error ? error.message : String(error)}`]
  }
  finally {
    sumUp(tally, company)
  }
}

/** Power again: everything starts, and what was acknowledged must be there. */
async function rise({ machine, roll }: Course, company: Company): Promise<string[]> {
  await machine.start()
  if (!company.team) {
    company.team = await aTeam(machine.url, company.ledger, roll)
    return []
  }
  const books = await readBooks(machine.database, company.team.org)
  return [...company.ledger.audit(books), ...books.broken, ...await company.team.absent()]
}

async function writeUntilCut({ machine, roll, tally, store }: Course, { team }: Company): Promise<void> {
  const alone = store === 'postgres' && roll(3) === 0
  const welcoming = roll(3) === 0 ? team?.welcome().catch(() => {}) : undefined
  const cutting = wait(shortestLife + roll(longestLife)).then(() => machine.cut(roll, alone))
  await Promise.all([team?.write(), welcoming, cutting])
  tally.databaseAlone += alone ? 1 : 0
}

/** Again, before it is ready: while it recovers, makes its tables, or writes its secret. */
async function cutWhileStarting({ machine, roll, tally }: Course): Promise<void> {
  const starting = machine.start().catch(() => {})
  await wait(roll(longestStart))
  await machine.cut(roll)
  await starting
  tally.whileStarting++
}

function sumUp(tally: Tally, { ledger, team }: Company): void {
  tally.acknowledged += ledger.acknowledged()
  for (const what of ['pushes', 'refused', 'joined', 'inTheAir'] as const)
    tally[what] += team?.counts[what] ?? 0
}
