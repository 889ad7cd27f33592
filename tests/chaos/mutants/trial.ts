import type { Scenario } from './scenarios.ts'
import process from 'node:process'
import { changeSources } from '../hook.ts'
import { openRealms } from '../realm.ts'
import { tempo } from '../tempo.ts'
import { mutants } from './mutants.ts'

/** One story, with a mutant's changes or none; says what was seen, and ends with 1 where that must not be. */
const [name = '', story = ''] = process.argv.slice(2)
const changes = [...tempo, ...mutants[name]?.changes ?? []]
changeSources(changes)
openRealms()
const { tellStory } = await import('./tell.ts')
const found = await tellStory(story as Scenario, changes)
console.log(found ?? 'nothing')
process.exit(found === undefined ? 0 : 1)
