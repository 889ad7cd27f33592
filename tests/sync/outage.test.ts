import pg from 'pg'
import { expect, it, onTestFinished } from 'vitest'
import { aPerson } from '../support/person.ts'
import { aDatabase } from '../support/postgres.ts'
import { startServer } from '../support/server.ts'

const outages = 5
const writers = 8

it('[O3] a server outlives its database: what hung in the air fails, what was acknowledged is there, and writes are taken again at once', async () => {
  const databaseUrl = await aDatabase()
  const server = await startServer({ databaseUrl })
  const line = new pg.Client({ connectionString: databaseUrl })
  await line.connect()
  onTestFinished(async () => {
    await line.end()
    await server.close()
  })
  const founder = aPerson(server)
  await founder.signUp()
  await founder.createOrg()
  const [acknowledged, failed] = [new Set<string>(), { count: 0 }]
  const issue = { title: 'Leak', state: 'open', horizon: 'now', raisedBy: founder.headers['x-member'], raisedAt: 1 }
  const write = async (id: string) => (await founder.write('issue', id, issue)).status === 200 ? acknowledged.add(id) : failed.count++
  for (let turn = 0; turn < outages || failed.count === 0; turn++) {
    const writing = Promise.all(Array.from({ length: writers }, (_, n) => write(`iss_${turn}_${n}`)))
    await write(`iss_${turn}_first`)
    await line.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()')
    await writing
  }
  const { rows } = await line.query<{ id: string }>('select id from doc where org = $1', [founder.headers['x-org']])
  expect([...acknowledged].filter(id => !rows.some(row => row.id === id))).toEqual([])
  // A line that broke while idle is found out by who uses it first.
  await expect.poll(() => write('iss_after').then(() => acknowledged.has('iss_after'))).toBe(true)
})
