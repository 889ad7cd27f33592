import { registerHooks } from 'node:module'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { mutants } from './mutants.ts'

// Loaded before the server (`node --import`): one file of it reads otherwise, nothing on the disk changes.

const mutant = mutants[process.env.MUTANT ?? '']
if (!mutant)
  throw new Error(`No mutant named ${process.env.MUTANT}.`)
const target = pathToFileURL(mutant.file).href

registerHooks({
  load: (url, context, next) => {
    const loaded = next(url, context)
    if (url !== target)
      return loaded
    const source = String(loaded.source)
    if (!source.includes(mutant.from))
      throw new Error(`${mutant.file} no longer says ${mutant.from}.`)
    return { ...loaded, source: source.replace(mutant.from, mutant.to) }
  },
})
