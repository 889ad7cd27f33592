import type { RunRecord } from './record.ts'
import process from 'node:process'
import { changeSources } from './hook.ts'
import { mutants } from './mutants/mutants.ts'
import { readOptions, usage } from './options.ts'
import { openRealms } from './realm.ts'
import { tempo } from './tempo.ts'

const options = readOptions(process.argv.slice(2))
if (typeof options === 'string') {
  console.error(`${options}\n${usage}`)
  process.exit(2)
}
const changes = [...tempo, ...mutants[options.mutant]?.changes ?? []]
changeSources(changes)
// What a replica says after its run is over is shown, and ends nothing.
process.on('unhandledRejection', error => console.error(String(error).split('\n')[0]))
openRealms()
const { aCluster } = await import('./cluster.ts')
const { runSeed } = await import('./run.ts')
const { lineOf, refuseIdle, totalOf } = await import('./record.ts')

const cluster = options.store === 'postgres' ? await aCluster() : undefined
const records: RunRecord[] = []
const end = performance.now() + options.seconds * 1000
for (let n = 0; n < options.runs && performance.now() < end; n++) {
  const record = await runSeed(options.seed + n, { ...options, cluster: cluster?.url, changes })
  records.push(record)
  const { seed, edits, kills, conflicts, refusals, convergence, divergences } = record
  console.log(`seed ${seed}: ${edits} edits, ${Object.values(record.faults).reduce((sum, count) => sum + count, 0)} faults, ${kills} kills, ${conflicts} conflicts, ${refusals} refusals, equal after ${convergence} ms${divergences.length > 0 ? `; DIVERGED: ${divergences.slice(0, 400).join('\n  ')}` : ''}`)
}
const total = totalOf(records)
console.log(lineOf(total))
const idle = refuseIdle(total)
if (idle)
  console.log(idle)
await cluster?.stop()
process.exit(idle || total.divergences > 0 ? 1 : 0)
