import type { Socket } from 'node:net'
import type { Bench } from './bench.ts'
import type { Figure } from './report.ts'
import type { BenchServer } from './spawn.ts'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { aPerson } from '../support/person.ts'
import { cookieOf } from './lean.ts'
import { startBenchServer } from './spawn.ts'

/** As many as the server lets one member open. */
const perMember = 8
const openedAtOnce = 32
/** A heartbeat and a bit, ms. */
const quietTime = 21_000
const patience = 20_000

/** What a connected phone that does nothing costs the server, heartbeats included. Measured once: it is a sum over thousands. */
export async function measureIdle(bench: Bench): Promise<Figure[]> {
  const wanted = bench.quick ? 1000 : 10_000
  const server = await startBenchServer()
  const requests = await manyRequests(server, wanted)
  // What the first streams make the server load and compile is no phone's cost.
  const first = await hold(server, requests.slice(0, 200))
  first.forEach(socket => socket.destroy())
  await wait(500)
  const before = await server.usage(true)
  const sockets = await hold(server, requests)
  const opened = await server.usage()
  await wait(quietTime)
  const after = await server.usage(true)
  const held = sockets.filter(socket => socket.readable).length
  sockets.forEach(socket => socket.destroy())
  await server.close()
  const each = (bytes: number) => bytes / 1000 / held
  return [
    { what: `idle streams held, of ${wanted.toLocaleString('en')}`, unit: 'streams', median: held, aims: [{ of: 'median', least: wanted }] },
    { what: 'server memory for each (resident)', unit: 'kB', median: each(after.rss - before.rss), aims: [{ of: 'median', most: 25 }] },
    { what: 'of it in the heap, after a collection', unit: 'kB', median: each(after.heap - before.heap) },
    { what: 'one core, to keep them', unit: '%', median: (after.cpu - opened.cpu) / quietTime * 100 },
  ]
}

/** One person in enough companies to open all streams: what each phone sends. */
async function manyRequests(server: BenchServer, wanted: number): Promise<string[]> {
  const person = aPerson(server)
  await person.signUp()
  const cookie = cookieOf(person)
  const requests: string[] = []
  while (requests.length < wanted) {
    const { org, member } = await person.createOrg()
    const request = `GET /api/sync/stream HTTP/1.1\r\nhost: ${new URL(server.url).host}\r\nx-org: ${org}\r\nx-member: ${member}\r\ncookie: ${cookie}\r\n\r\n`
    requests.push(...Array.from<string>({ length: perMember }).fill(request))
  }
  return requests.slice(0, wanted)
}

/** Opens them all, some at a time; answers those on which the server said hello. Stops where it turns phones away. */
async function hold({ url }: BenchServer, requests: readonly string[]): Promise<Socket[]> {
  const queue = [...requests]
  const sockets: Socket[] = []
  await Promise.all(Array.from({ length: openedAtOnce }, async () => {
    while (queue.length > 0) {
      const socket = await open(Number(new URL(url).port), queue.pop() as string)
      if (!socket)
        return
      sockets.push(socket)
    }
  }))
  return sockets
}

function open(port: number, request: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request))
    const late = setTimeout(() => socket.destroy(), patience)
    socket.on('error', () => {})
    socket.on('data', (text: Buffer) => text.includes('"hello"') && resolve(socket))
    socket.once('data', () => clearTimeout(late))
    socket.once('close', () => resolve(undefined))
  })
}
