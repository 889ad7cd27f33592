import { afterAll, describe, expect, it } from 'vitest'
import { addressKey } from '../../server/http/limits.ts'
import { aPerson } from '../support/person.ts'
import { startServer } from '../support/server.ts'

const open: { close: () => Promise<void> }[] = []
afterAll(() => Promise.all(open.map(server => server.close())))

async function aServer(options: Parameters<typeof startServer>[0] = {}) {
  const server = await startServer(options)
  open.push(server)
  return server
}

function forged(n: number) {
  const address = `203.0.113.${n}`
  return { 'x-forwarded-for': address, 'x-real-ip': address, 'forwarded': `for=${address}`, 'x-internal-client-ip': address, 'x-client-ip': address, 'x-user-id': String(n) }
}

async function guess(server: { url: string }, email: string, n: number) {
  const guesser = aPerson(server, { email })
  Object.assign(guesser.headers, forged(n))
  return guesser.signIn(`wrong password ${n}`)
}

it('looks at 5 wrong passwords for an account from one address, whatever the forged headers say', async () => {
  const server = await aServer()
  const ada = aPerson(server)
  await ada.signUp()
  const answers = []
  for (let n = 0; n < 12; n++)
    answers.push(await guess(server, ada.email, n))
  expect(answers.map(answer => answer.status)).toEqual([...Array.from({ length: 5 }).fill(401), ...Array.from({ length: 7 }).fill(429)])
  expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0)
})

it('looks at 20 wrong passwords from one address, whatever the account', async () => {
  const server = await aServer()
  const answers = await Promise.all(Array.from({ length: 31 }, (_, n) => guess(server, `person${n}@example.com`, n)))
  expect(answers.filter(answer => answer.status === 401)).toHaveLength(20)
  expect(answers.filter(answer => answer.status === 429)).toHaveLength(11)
})

it('lets the right password in from another address meanwhile, as a trusted proxy tells it', async () => {
  const server = await aServer({ trustProxy: ['127.0.0.1'] })
  const ada = aPerson(server)
  ada.headers['x-forwarded-for'] = '198.51.100.7'
  await ada.signUp()
  for (let n = 0; n < 6; n++) {
    const thief = aPerson(server, { email: ada.email })
    thief.headers['x-forwarded-for'] = `203.0.113.9`
    await thief.signIn('wrong password')
  }
  const locked = aPerson(server, { email: ada.email })
  locked.headers['x-forwarded-for'] = '203.0.113.9'
  expect((await locked.signIn()).status).toBe(429)
  expect((await ada.signIn()).status).toBe(200)
})

it('gives the attempt back when the password was right', async () => {
  const server = await aServer()
  const ada = aPerson(server)
  await ada.signUp()
  for (let n = 0; n < 8; n++)
    expect((await ada.signIn()).status).toBe(200)
})

it('counts a signed-in person by themselves and everybody else by address', async () => {
  const server = await aServer({ limits: { person: [8, 60], stranger: [10, 60] } })
  const [ada, ben] = [aPerson(server), aPerson(server)]
  await ada.signUp()
  await server.store.accounts.putSetting('sign-up', 'open')
  await ben.signUp()
  const adas = await Promise.all(Array.from({ length: 10 }, () => ada.get('/api/account/me')))
  expect(adas.filter(answer => answer.status === 429)).toHaveLength(2)
  expect((await ben.get('/api/account/me')).status).toBe(200)
  const strangers = await Promise.all(Array.from({ length: 10 }, () => aPerson(server).get('/api/account/me')))
  expect(strangers.filter(answer => answer.status === 200)).toHaveLength(8)
})

it('allows an address so many new accounts an hour', async () => {
  const server = await aServer({ limits: { signUp: [2, 3600] } })
  await server.store.accounts.putSetting('sign-up', 'open')
  const statuses = []
  for (let n = 0; n < 3; n++)
    statuses.push((await aPerson(server).signUp()).status)
  expect(statuses).toEqual([200, 200, 429])
})

it('takes so many companies of one person an hour', async () => {
  const server = await aServer({ limits: { org: [1, 3600] } })
  const ada = aPerson(server)
  await ada.signUp()
  await ada.createOrg()
  await expect(ada.createOrg()).rejects.toThrow('429')
})

describe('what counts as one address', () => {
  it.each([
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:aaaa::1', '2001:db8:1:2'],
    ['2001:0DB8:1:2::5', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
  ])('%s is %s', (address, key) => expect(addressKey(address)).toBe(key))
})
