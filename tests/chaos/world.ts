import type { SourceChange } from './changes.ts'
import type { Company } from './company.ts'
import type { Handset } from './handset.ts'
import type { Ledger } from './ledger.ts'
import type { Line } from './line.ts'
import type { Place } from './place.ts'
import type { Plan } from './plan.ts'
import type { Witness } from './witness.ts'
import { aCompany } from './company.ts'
import { aHandset } from './handset.ts'
import { aLedger } from './ledger.ts'
import { aLine } from './line.ts'
import { aPlace } from './place.ts'
import { planOf } from './plan.ts'
import { aWitness } from './witness.ts'

export interface WorldOptions {
  /** Where to make PostgreSQL databases; SQLite where there is none. */
  cluster: string | undefined
  processes: number
  changes: readonly SourceChange[]
  steps: number
  /** How long nobody may ask for anything at the end, ms. */
  quiet: number
}

/** Everything one run is made of. */
export interface World {
  seed: number
  plan: Plan
  place: Place
  company: Company
  handsets: Handset[]
  ledger: Ledger
  witness: Witness
  words: { own: string, foreign: string }
  counts: { edits: number, kills: number, faults: Record<string, number> }
  /** Words nobody may ever find on the server: written by somebody who had been removed. */
  forbidden: string[]
  divergences: string[]
  /** A server that is being started again. */
  repair: Promise<void>
  close: () => Promise<void>
}

export async function aWorld(seed: number, options: WorldOptions, plan = planOf(seed, options.steps)): Promise<World> {
  const words = { own: `otter-${seed}-`, foreign: `zebra-${seed}-` }
  const ledger = aLedger(words.foreign)
  const place = await aPlace(options)
  const desk: Line = await aLine(place.nextPort)
  const company = await aCompany(desk.url, words)
  const handsets: Handset[] = []
  for (const [n, name] of plan.phones.entries()) {
    const line = await aLine(place.nextPort)
    handsets.push(await aHandset(n + 1, `phone ${n + 1} (${name})`, await company.device(name, line.url), line, ledger))
  }
  const witness = aWitness(company.org, place.reader)
  return {
    seed,
    plan,
    place,
    company,
    handsets,
    ledger,
    witness,
    words,
    counts: { edits: 0, kills: 0, faults: {} },
    forbidden: [],
    divergences: [],
    repair: Promise.resolve(),
    close: async () => {
      await witness.stop()
      await Promise.all(handsets.map(handset => handset.close()))
      await place.close()
      await desk.close()
    },
  }
}
