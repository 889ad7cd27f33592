import type { Bench, Section } from './bench.ts'
import type { Report } from './report.ts'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { measureBytes } from './bytes.ts'
import { measureCatchUp } from './catchUp.ts'
import { measureIdle } from './idle.ts'
import { installPeers } from './peers.ts'
import { measureProcesses } from './processes.ts'
import { measurePushes } from './pushes.ts'
import { machineNow, printReport } from './report.ts'
import { measureSeen } from './seen.ts'
import { measureStart } from './start.ts'
import { measureVote } from './vote.ts'
import { measureYear } from './year.ts'

const sections: Record<string, Section> = {
  year: measureYear,
  seen: measureSeen,
  pushes: measurePushes,
  idle: measureIdle,
  catchUp: measureCatchUp,
  processes: measureProcesses,
  bytes: measureBytes,
  start: measureStart,
  vote: measureVote,
}

const usage = `npm run bench -- [--runs N] [--only ${Object.keys(sections).join('|')}] [--full] [--quick] [--json]`

/** Runs the sections one after the other; one that breaks is told of and stops no other. */
async function main(): Promise<void> {
  const { runs, only, full, quick, json } = asked()
  const report: Report = { machine: machineNow(), runs, sections: {}, failed: {}, left: [] }
  const leave = (text: string) => report.left.push(text)
  const bench: Bench = { runs, full, quick, leave, peers: installPeers(leave) }
  for (const [name, measure] of Object.entries(sections).filter(([name]) => only.length === 0 || only.includes(name))) {
    console.error(`measuring ${name} …`)
    try {
      report.sections[name] = await measure(bench)
    }
    catch (error) {
      report.failed[name] = error instanceof Error ? error.stack ?? error.message : String(error)
    }
  }
  printReport(report, json)
  process.exit(Object.keys(report.failed).length > 0 ? 1 : 0)
}

function asked() {
  const { values } = parseArgs({ options: {
    runs: { type: 'string', default: '5' },
    only: { type: 'string', multiple: true, default: [] },
    full: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  } })
  const runs = Number(values.runs)
  if (!Number.isInteger(runs) || runs < 1 || values.only.some(name => !Object.hasOwn(sections, name)))
    throw new Error(usage)
  return { ...values, runs }
}

await main()
