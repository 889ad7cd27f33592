import type { Kept } from '../../client/db/types.ts'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { aPerson } from '../support/person.ts'
import { aPhone, settled, until } from '../support/replica.ts'
import { startServer } from '../support/server.ts'

it('a server restored from an older backup makes a phone start over, and what it could not send stays with its author', async () => {
  const [dataDir, backup] = [mkdtempSync(join(tmpdir(), 'otp-')), mkdtempSync(join(tmpdir(), 'otp-'))]
  const first = await startServer({ dataDir })
  const founder = aPerson(first)
  await founder.signUp()
  await founder.createOrg()
  await first.close()
  cpSync(dataDir, backup, { recursive: true })
  const second = await startServer({ dataDir, port: first.port })
  const renewed = Promise.withResolvers<readonly Kept[]>()
  const phone = await aPhone(founder, { onReset: renewed.resolve })
  const team = await phone.add('team', { name: 'Ops' })
  await settled(phone)
  await second.close()
  rmSync(dataDir, { recursive: true })
  cpSync(backup, dataDir, { recursive: true })
  const third = await startServer({ dataDir, port: first.port, restored: true })
  phone.retry()
  expect(await renewed.promise).toEqual([])
  const again = await aPhone(founder, { carried: [{ id: 'kept:1', reason: 'refused', record: team, kind: 'team', at: 1, refusal: { code: 'reset' }, fields: { name: 'Ops' } }] })
  await settled(again)
  expect(await until(again.kept, list => list.length > 0)).toMatchObject([{ record: team }])
  await again.close()
  await third.close()
  rmSync(dataDir, { recursive: true })
  rmSync(backup, { recursive: true })
})
