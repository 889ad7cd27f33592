import type { Phone } from '../support/replica.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { aPerson } from '../support/person.ts'
import { aDatabase } from '../support/postgres.ts'
import { aProxy } from '../support/proxy.ts'
import { agree, aPhone, settled } from '../support/replica.ts'
import { aServerProcess } from '../support/replicaServer.ts'
import { anIssue } from './trapsBench.ts'

const phonesOpen = 4
const issuesEach = 12

it('[O4] one of two servers behind a proxy is killed in the middle of a meeting: the phones carry on through the other, and nothing is lost', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'otp-proxy-'))
  const databaseUrl = await aDatabase()
  const servers = await Promise.all([aServerProcess({ dataDir, databaseUrl }), aServerProcess({ dataDir, databaseUrl })])
  const proxy = await aProxy(servers.map(server => server.port))
  const phones: Phone[] = []
  onTestFinished(async () => {
    await Promise.all(phones.map(phone => phone.close()))
    await proxy.close()
    await Promise.all(servers.map(server => server.kill()))
    rmSync(dataDir, { recursive: true })
  })
  const founder = aPerson(proxy)
  await founder.signUp()
  await founder.createOrg()
  for (let n = 0; n < phonesOpen; n++) {
    const person = aPerson(proxy)
    await person.join((await founder.invite('manager', `Person ${n}`)).token)
    phones.push(await aPhone(person))
  }
  await Promise.all(phones.map(settled))
  expect(Math.min(...proxy.given)).toBeGreaterThan(phonesOpen)

  const written = phones.map(async (phone, at) => {
    const ids: string[] = []
    for (let n = 0; n < issuesEach; n++)
      ids.push(await phone.add('issue', anIssue(phone.member, `${at}.${n}`)))
    return ids
  })
  await written[0]
  await servers[0].kill()
  const ids = (await Promise.all(written)).flat()
  const late = await Promise.all(phones.map((phone, at) => phone.add('issue', anIssue(phone.member, `${at}.late`))))
  const seen = await agree(phones, { kind: 'issue' }, found => found.length === ids.length + late.length)
  expect(seen.map(({ id }) => id).sort()).toEqual([...ids, ...late].sort())

  // The one that was killed comes back, the other goes: as when a new version is rolled out.
  servers[0] = await aServerProcess({ dataDir, databaseUrl, port: servers[0].port })
  await servers[1].kill()
  const last = await Promise.all(phones.map((phone, at) => phone.add('issue', anIssue(phone.member, `${at}.last`))))
  await agree(phones, { kind: 'issue' }, found => last.every(id => found.some(issue => issue.id === id)))
}, 60_000)
