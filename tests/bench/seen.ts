import type { Bench } from './bench.ts'
import type { Figure } from './report.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openMeeting } from './meeting.ts'
import { percentile } from './report.ts'
import { runScript, startHelper } from './spawn.ts'
import { openLine } from './streams.ts'
import { createWatch, warmUps } from './watch.ts'

const readers = 50

/** From a write on one phone until fifty others have it, beside the least that a stream could do. */
export async function measureSeen(bench: Bench): Promise<Figure[]> {
  const writes = (bench.quick ? 5 : 40) * bench.runs
  const { phone, phones, agent, wire } = await ours(writes)
  const bare = await echo(writes, '')
  const folder = mkdtempSync(join(tmpdir(), 'otp-echo-'))
  const row = await echo(writes, folder)
  rmSync(folder, { recursive: true })
  const tinybase = bench.peers ? await throughTinybase(writes) : undefined
  const beside = (took: number[]) => ({ ratio: percentile(took, 95) / percentile(row, 95), against: 'the echo with a row' })
  return [
    ...figure(`written on a phone → on ${readers} open streams`, phone, { ...beside(phone), aims: [{ of: 'median', most: 100 }, { of: 'ratio', most: 2 }] }),
    ...figure('written on a phone → shown on three others', phones, beside(phones)),
    ...figure('reported by an agent → shown on three phones', agent, { aims: [{ of: 'median', most: 1000 }] }),
    ...figure(`pushed bare → on ${readers} open streams`, wire, beside(wire)),
    ...figure(`an echo that commits one row → ${readers} streams`, row),
    ...figure(`an echo → ${readers} streams`, bare),
    ...tinybase ? figure(`TinyBase, one cell → ${readers} stores; nothing is kept`, tinybase, beside(tinybase)) : [],
  ]
}

function figure(what: string, took: number[], more: Partial<Figure> = {}): Figure[] {
  return [
    { what: `${what}, p50`, unit: 'ms', median: percentile(took, 50) },
    { what: `${what}, p95`, unit: 'ms', median: percentile(took, 95), ...more },
  ]
}

async function ours(writes: number) {
  const meeting = await openMeeting(readers, 3)
  const [phone, phones] = await meeting.writeOnPhone(writes)
  const agent = await meeting.reportAsAgent(writes)
  const wire = await meeting.pushBare(writes)
  await meeting.close()
  return { phone, phones, agent, wire }
}

/** `folder`: where each word is committed before it is passed on; '' for nowhere. */
async function echo(writes: number, folder: string): Promise<number[]> {
  const server = await startHelper('echo.ts', { FOLDER: folder })
  const watch = createWatch(readers)
  const lines = await Promise.all(Array.from({ length: readers }, () => openLine(server.url, {}, watch.read)))
  for (let write = -warmUps; write < writes; write++)
    await watch.write(async word => (await fetch(server.url, { method: 'POST', body: JSON.stringify({ word }) })).text())
  lines.forEach(line => line.close())
  await server.close()
  return watch.take()
}

async function throughTinybase(writes: number): Promise<number[]> {
  const server = await startHelper('peers/tinybaseServer.mjs')
  const took = await runScript<number[]>('peers/tinybaseClients.mjs', { url: server.url, readers, writes, warmUps })
  await server.close()
  return took
}
