import process from 'node:process'
import { aPerson } from '../support/person.ts'
import { measurePhone } from './phone.ts'
import { measurePushes } from './pushes.ts'
import { printFigures } from './report.ts'
import { startBenchServer } from './spawn.ts'

const usage = 'npm run bench -- [--runs N] [--json]'
const asked = process.argv.indexOf('--runs')
const runs = asked < 0 ? 5 : Number(process.argv[asked + 1])
if (!Number.isInteger(runs) || runs < 1)
  throw new Error(usage)
const server = await startBenchServer()
const person = aPerson(server)
await person.signUp()
const figures = [...await measurePushes(person, runs), ...await measurePhone(server, person, runs)]
await server.close()
printFigures(figures, process.argv.includes('--json'))
