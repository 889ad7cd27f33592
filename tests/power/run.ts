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

export interface Run { counts: Record<string, number>, broken: string[] }

/** Cuts on one disk before the next empty one. */
const cutsADisk = 25
const longestLife = 1500
const longestStart = 1200

/** Lives of a machine, each ended by a power cut at a moment of chance; stops at the first broken promise. */
export async function cutAgain({ cuts, seed, ...options }: MachineOptions & { cuts: number, seed: number }, tell: (text: string) => void): Promise<Run> {
  const roll = aSeededDice(seed)
  const machine = await aMachine(options)
  const counts = { 'power cuts': 0, 'of these while starting': 0, 'of these the database machine alone': 0, 'empty disks': 0, 'acknowledged field writes': 0, 'pushes answered': 0, 'refused': 0, 'people let in': 0, 'pushes in the air at a cut': 0 }
  const broken: string[] = []
  try {
    while (counts['power cuts'] < cuts && broken.length === 0) {
      if (counts['empty disks']++ > 0)
        await machine.renew()
      const ledger = aLedger()
      const lives = Math.min(cutsADisk, cuts - counts['power cuts'])
      const disk = await aDisksLife({ machine, ledger, roll, lives, tell, alone: options.store === 'postgres' })
      broken.push(...disk.broken)
      counts['power cuts'] += disk.cuts
      counts['of these while starting'] += disk.starting
      counts['of these the database machine alone'] += disk.alone
      counts['acknowledged field writes'] += ledger.acknowledged()
      counts['pushes answered'] += disk.team.pushes
      counts.refused += disk.team.refused
      counts['people let in'] += disk.team.joined
      counts['pushes in the air at a cut'] += disk.team.inTheAir
    }
  }
  finally {
    await machine.remove()
  }
  return { counts, broken: counts.refused > 0 ? [...broken, `${counts.refused} rows were refused`] : broken }
}

interface DiskLife { machine: Machine, ledger: Ledger, roll: Dice, lives: number, alone: boolean, tell: (text: string) => void }

/** From the first start on an empty disk, through many cuts. */
async function aDisksLife({ machine, ledger, roll, lives, alone, tell }: DiskLife) {
  const done = { cuts: 0, starting: 0, alone: 0, broken: [] as string[], team: { pushes: 0, refused: 0, inTheAir: 0, joined: 0 } as Team['counts'] }
  let team: Team | undefined
  while (done.cuts < lives && done.broken.length === 0) {
    if (roll(4) === 0) {
      await cutWhileStarting(machine, roll)
      done.starting++
      done.cuts++
      tell('.')
      continue
    }
    try {
      await machine.start()
      done.broken.push(...team ? await look(machine, team, ledger) : [])
      team ??= await aTeam(machine.url, ledger, roll)
    }
    catch (error) {
      done.broken.push(`after cut ${done.cuts}: ${error instanceof Error ? error.message : String(error)}`)
      break
    }
    done.team = team.counts
    const only = alone && roll(3) === 0
    await Promise.all([team.write(), roll(3) === 0 ? team.welcome().catch(() => {}) : undefined, wait(50 + roll(longestLife)).then(() => machine.cut(roll, only))])
    done.alone += only ? 1 : 0
    done.cuts++
    tell('.')
  }
  if (team && done.broken.length === 0) {
    await machine.start()
    done.broken.push(...await look(machine, team, ledger))
    await machine.cut(roll)
  }
  return done
}

async function look(machine: Machine, team: Team, ledger: Ledger): Promise<string[]> {
  const books = await readBooks(machine.database, team.org)
  return [...ledger.audit(books), ...books.broken, ...await team.absent()]
}

/** Again, before it is ready: while it recovers, makes its tables, or writes its secret. */
async function cutWhileStarting(machine: Machine, roll: Dice): Promise<void> {
  const starting = machine.start().catch(() => {})
  await wait(roll(longestStart))
  await machine.cut(roll)
  await starting
}
