import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { expect, it } from 'vitest'
import { aPerson } from '../support/person.ts'
import { startServer } from '../support/server.ts'

const root = join(import.meta.dirname, '../..')
const asked = { epoch: '', limit: 2000, since: { records: 0 } }

it('the backup command of the manual copies a file that is being written to, and the copy serves', async () => {
  const [dataDir, backup] = [mkdtempSync(join(tmpdir(), 'otp-')), mkdtempSync(join(tmpdir(), 'otp-'))]
  const server = await startServer({ dataDir })
  const ada = aPerson(server)
  await ada.signUp()
  await ada.createOrg()
  const issue = { title: 'Leak', state: 'open', horizon: 'now', raisedBy: ada.headers['x-member'], raisedAt: 1 }
  const acknowledged: string[] = []
  for (let n = 0; n < 30; n++) {
    await ada.write('issue', `iss_${n}`, issue)
    acknowledged.push(`iss_${n}`)
  }
  const meanwhile = ada.write('issue', 'iss_meanwhile', issue)
  const [, program = ''] = /^node -e "(.+)"$/m.exec(readFileSync(join(root, 'server/deploy/README.md'), 'utf8')) ?? []
  execFileSync(process.execPath, ['-e', program.replace('data/otp.db', join(dataDir, 'otp.db')).replace('copy.db', join(backup, 'otp.db'))], { cwd: root })
  await meanwhile
  const before = (await ada.post('/api/sync/pull', asked)).body
  await server.close()
  const again = await startServer({ dataDir: backup, port: server.port, restored: true })
  const after = (await ada.post('/api/sync/pull', asked)).body
  expect(acknowledged.filter(id => !JSON.stringify(after).includes(`"${id}"`))).toEqual([])
  expect(after.epoch).not.toBe(before.epoch)
  await again.close()
  rmSync(dataDir, { recursive: true })
  rmSync(backup, { recursive: true })
})
