import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { changed } from './changes.ts'
import { aCluster } from './cluster.ts'
import { mutants } from './mutants/mutants.ts'

const root = join(import.meta.dirname, '../..')
const trial = join(import.meta.dirname, 'mutants', 'trial.ts')
const longest = 90_000
const asked = process.argv[2]
const chosen = Object.entries(mutants).filter(([name]) => asked === undefined || name.includes(asked))
if (chosen.length === 0)
  throw new Error(`No mutant is called "${asked}". There are: ${Object.keys(mutants).join('; ')}.`)

for (const [, { changes }] of chosen) {
  for (const { file } of changes)
    changed(readFileSync(join(root, file), 'utf8'), file, changes)
}
const cluster = await aCluster()

/** What was seen in a story; undefined where nothing was. */
async function tell(mutant: string, story: string): Promise<string | undefined> {
  const run = promisify(execFile)(process.execPath, [trial, mutant, story], { cwd: root, env: { ...process.env, DATABASE_URL: cluster.url }, timeout: longest })
  const { code, stdout, stderr } = await run.then(({ stdout }) => ({ code: 0, stdout, stderr: '' }), (error: { code?: number, stdout: string, stderr: string }) => error)
  if (code === 0)
    return undefined
  if (code !== 1 || !stdout)
    throw new Error(`${mutant || 'the code as it is'}, ${story}: ${stderr || 'no answer in time'}`)
  return stdout.trim()
}

const failed: string[] = []
for (const story of new Set(chosen.map(([, { caughtBy }]) => caughtBy))) {
  const found = await tell('', story)
  if (found !== undefined)
    failed.push(story)
  console.log(found === undefined ? `sound: ${story}` : `BROKEN without any change: ${story}: ${found}`)
}
for (const [name, { caughtBy }] of chosen) {
  const found = await tell(name, caughtBy)
  if (found === undefined)
    failed.push(name)
  console.log(found === undefined ? `NOT CAUGHT: ${name} (${caughtBy})` : `caught: ${name}, by "${caughtBy}": ${found.split('\n')[0]?.slice(0, 160)}`)
}
await cluster.stop()
console.log(`${chosen.length} mutants, ${failed.length} of them or of the stories failed`)
process.exit(failed.length > 0 ? 1 : 0)
