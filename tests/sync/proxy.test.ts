import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { aMeeting } from '../support/meeting.ts'
import { aDatabase } from '../support/postgres.ts'
import { aProxy } from '../support/proxy.ts'
import { aServerProcess } from '../support/replicaServer.ts'

const people = 3

it('[O4] one of two servers behind a proxy is killed in the middle of a meeting: the phones carry on through the other, and nothing is lost', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'otp-proxy-'))
  const databaseUrl = await aDatabase()
  const servers = await Promise.all([aServerProcess({ dataDir, databaseUrl }), aServerProcess({ dataDir, databaseUrl })])
  const proxy = await aProxy(servers.map(server => server.port))
  const meeting = await aMeeting(proxy, people)
  onTestFinished(async () => {
    await meeting.close()
    await proxy.close()
    await Promise.all(servers.map(server => server.kill()))
    rmSync(dataDir, { recursive: true })
  })
  expect(Math.min(...proxy.given)).toBeGreaterThan(people)
  await meeting.write(10)
  await servers[0].kill()
  await meeting.write(2)
  await meeting.agreed()
}, 60_000)
