import process from 'node:process'
import { parseArgs } from 'node:util'
import { refuseDisk } from './disk.ts'
import { mutants } from './mutants.ts'
import { cutAgain } from './run.ts'

const usage = `npm run power -- [--store sqlite|postgres] [--cuts N] [--seed S] [--mutant ${Object.keys(mutants).join('|')}]`

/** Cuts the power again and again, and says what of the acknowledged was lost: nothing, or the run failed. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { store: { type: 'string' }, cuts: { type: 'string', default: '100' }, seed: { type: 'string', default: String(Date.now() % 1e9) }, mutant: { type: 'string' } } })
  const mutant = values.mutant === undefined ? undefined : mutants[values.mutant]
  const store = values.store ?? mutant?.store ?? 'sqlite'
  const [cuts, seed] = [Number(values.cuts), Number(values.seed)]
  if ((store !== 'sqlite' && store !== 'postgres') || !(cuts > 0) || !Number.isInteger(seed) || (values.mutant !== undefined && mutant?.store !== store))
    return say(usage, 2)
  const refused = refuseDisk()
  if (refused !== undefined)
    return say(refused, 2)
  const started = performance.now()
  const result = await cutAgain({ store, cuts, seed, mutant: mutant && { name: values.mutant ?? '', ...mutant } }, text => process.stderr.write(text))
  say(`\n${store}, seed ${seed}, ${Math.round((performance.now() - started) / 1000)} s${mutant ? `, mutant ${values.mutant}` : ''}`)
  Object.entries(result.counts).forEach(([what, count]) => say(`${what.padEnd(44)} ${count.toLocaleString('en')}`))
  result.broken.slice(0, 10).forEach(sentence => say(sentence))
  if (mutant)
    return result.broken.length > 0 && (result.counts['power cuts'] ?? 0) > 0 ? say('caught: the mutant broke a promise.') : say('NOT caught: the mutant broke no promise in this many cuts.', 1)
  return result.broken.length > 0 ? say(`${result.broken.length} promises broken.`, 1) : say('0 acknowledged writes lost.')
}

function say(sentence: string, code = 0): number {
  console.log(sentence)
  return code
}

process.exitCode = await main()
