import { afterAll, expect, it } from 'vitest'
import { aPerson } from '../support/person.ts'
import { aDatabase } from '../support/postgres.ts'
import { agree, aPhone, settled, until } from '../support/replica.ts'
import { startServer } from '../support/server.ts'

const databaseUrl = await aDatabase()
const one = await startServer({ databaseUrl })
const other = await startServer({ databaseUrl })
afterAll(async () => {
  await one.close()
  await other.close()
})

it('two processes on one PostgreSQL: what one takes, the phones of the other show, without asking', async () => {
  const founder = aPerson(one)
  await founder.signUp()
  await founder.createOrg()
  const { token } = await founder.invite('manager', 'Ben')
  const second = aPerson(other)
  await second.join(token)
  const [ada, ben] = [await aPhone(founder), await aPhone(second)]
  await Promise.all([settled(ada), settled(ben)])
  const asked = ben.requests()
  const issue = await ada.add('issue', { title: 'From the first process', state: 'open', horizon: 'now', raisedBy: ada.member, raisedAt: 1 })
  await until(ben.one<'issue'>(issue), rec => rec?.d.title === 'From the first process')
  expect(ben.requests()).toBe(asked)
  await ben.set<'issue'>(issue, { title: 'And back from the second' })
  await agree([ada, ben], { kind: 'issue' }, found => found[0]?.d.title === 'And back from the second')
  await ada.close()
  await ben.close()
})
