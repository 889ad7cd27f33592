import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { aNet } from '../support/net.ts'
import { aPerson } from '../support/person.ts'
import { aDatabase } from '../support/postgres.ts'
import { aPhone, settled, until } from '../support/replica.ts'
import { aServerProcess } from '../support/replicaServer.ts'
import { anIssue } from './trapsBench.ts'

const kills = 3

it.each(['sqlite', 'postgres'] as const)('[O2] a server killed in the middle of pushes has everything it acknowledged, and the phones bring the rest (%s)', async (store) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'otp-kill-'))
  const databaseUrl = store === 'postgres' ? await aDatabase() : undefined
  const server = { now: await aServerProcess({ dataDir, databaseUrl }) }
  const { port } = server.now
  const ada = aPerson(server.now)
  await ada.signUp()
  await ada.createOrg()
  const acknowledged = new Set<string>()
  const net = aNet()
  net.always('push', async (send) => {
    const answer = await send()
    const text = await answer.text()
    if (answer.ok)
      (JSON.parse(text) as { rows: { id: string, refused?: object }[] }).rows.forEach(row => row.refused || acknowledged.add(row.id))
    return new Response(text, answer)
  })
  const phone = await aPhone(ada, { through: net.through })
  onTestFinished(async () => {
    await phone.close()
    await server.now.kill()
    rmSync(dataDir, { recursive: true, force: true })
  })
  await settled(phone)
  const written: string[] = []
  for (let turn = 0; turn < kills; turn++) {
    const [before, told] = [acknowledged.size, Promise.withResolvers<void>()]
    const watching = phone.waiting.subscribe(() => acknowledged.size > before + 2 && told.resolve())
    const writing = (async () => {
      for (let n = 0; n < 30; n++)
        written.push(await phone.add('issue', anIssue(phone.member, `${turn}.${n}`)))
    })()
    await told.promise
    watching.unsubscribe()
    await server.now.kill()
    const promised = [...acknowledged]
    server.now = await aServerProcess({ dataDir, databaseUrl, port })
    const { body } = await ada.post('/api/sync/pull', { epoch: '', limit: 2000, since: { records: 0 } })
    const there = JSON.stringify(body)
    expect(promised.filter(id => !there.includes(id))).toEqual([])
    await writing
    phone.retry()
  }
  await settled(phone)
  const witness = await aPhone(ada)
  const found = await until(witness.find({ kind: 'issue' }), list => list.length >= written.length)
  await witness.close()
  expect(found.map(({ id }) => id).sort()).toEqual([...written].sort())
}, 90_000)
