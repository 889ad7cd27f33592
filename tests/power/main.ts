import type { Tally } from './run.ts'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { refuseDisk } from './disk.ts'
import { mutants } from './mutants.ts'
import { cutAgain } from './run.ts'

const words: Record<keyof Tally, string> = {
  cuts: 'power cuts',
  whileStarting: '  of these while starting',
  databaseAlone: '  of these the database\'s machine alone',
  disks: 'empty disks',
  acknowledged: 'field writes acknowledged',
  pushes: 'pushes answered',
  refused: 'rows refused',
  joined: 'people who joined meanwhile',
  inTheAir: 'pushes in the air at a cut, sent again',
}
const usage = `npm run power -- [--store sqlite|postgres] [--cuts N] [--seed S] [--mutant ${Object.keys(mutants).join('|')}|all]`

/** Cuts the power again and again, and says what of the acknowledged was lost: nothing, or the run failed. */
async function main(): Promise<number> {
  const asked = readOptions()
  if (asked === undefined)
    return say(usage, 2)
  const refused = refuseDisk()
  if (refused !== undefined)
    return say(refused, 2)
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => stop.abort())
  const codes: number[] = []
  for (const name of asked.names)
    codes.push(await runOnce({ ...asked, name, signal: stop.signal }))
  return Math.max(...codes)
}

function readOptions() {
  const { values } = parseArgs({ options: { store: { type: 'string' }, cuts: { type: 'string', default: '100' }, seed: { type: 'string', default: String(Date.now() % 1e9) }, mutant: { type: 'string' } } })
  const names = values.mutant === 'all' ? Object.keys(mutants) : [values.mutant]
  const [cuts, seed] = [Number(values.cuts), Number(values.seed)]
  const { store } = values
  const known = names.every(name => name === undefined || (mutants[name] && (store === undefined || mutants[name].store === store)))
  if (!known || !(cuts > 0) || !Number.isInteger(seed) || !isStore(store))
    return undefined
  return { names, cuts, seed, store }
}

function isStore(text: string | undefined): text is 'sqlite' | 'postgres' | undefined {
  return text === undefined || text === 'sqlite' || text === 'postgres'
}

async function runOnce({ name, cuts, seed, store, signal }: { name: string | undefined, cuts: number, seed: number, store: 'sqlite' | 'postgres' | undefined, signal: AbortSignal }): Promise<number> {
  const mutant = name === undefined ? undefined : mutants[name]
  const on = mutant?.store ?? store ?? 'sqlite'
  const started = performance.now()
  const { tally, broken } = await cutAgain({ store: on, cuts, seed, signal, mutant: mutant && { name: String(name), ...mutant }, tell: text => process.stderr.write(text) })
  say(`\n${on}, seed ${seed}, ${Math.round((performance.now() - started) / 1000)} s${mutant ? `, mutant ${name}` : ''}`)
  Object.entries(words).forEach(([what, text]) => say(`${text.padEnd(44)} ${tally[what as keyof Tally].toLocaleString('en').padStart(9)}`))
  broken.slice(0, 10).forEach(sentence => say(sentence))
  if (mutant)
    return broken.length > 0 && tally.cuts > 0 ? say(`${name}: caught, it broke a promise.`) : say(`${name}: NOT caught, it broke no promise in this many cuts.`, 1)
  return broken.length > 0 ? say(`${broken.length} promises broken.`, 1) : say('0 acknowledged writes lost.')
}

function say(sentence: string, code = 0): number {
  console.log(sentence)
  return code
}

process.exitCode = await main()
