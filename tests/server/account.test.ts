import { afterAll, describe, expect, it } from 'vitest'
import { aPerson } from '../support/person.ts'
import { startServer } from '../support/server.ts'

describe.each(['sqlite', 'postgres'] as const)('accounts on %s', async (store) => {
  const server = await startServer({ store })
  afterAll(() => server.close())
  const first = aPerson(server)

  it('tells a stranger that nobody has an account yet', async () => {
    const { status, body } = await aPerson(server).get('/api/account/me')
    expect(status).toBe(200)
    expect(body).toMatchObject({ user: null, orgs: [], signUp: 'invite', first: true })
  })

  it('lets the first person sign up without an invite, signed in at once', async () => {
    const { status, body } = await first.signUp()
    expect(status).toBe(200)
    expect(body.user).toMatchObject({ name: 'Ada Founder', email: first.email })
    expect((await first.get('/api/account/me')).body).toMatchObject({ user: { email: first.email }, first: false })
  })

  it('refuses the second without an invite, and a taken address with another password, in the same words', async () => {
    const stranger = await aPerson(server).signUp()
    const guesser = await aPerson(server, { email: first.email, password: 'another long secret' }).signUp()
    expect(stranger.status).toBe(403)
    expect({ ...guesser.body, requestId: '' }).toEqual({ ...stranger.body, requestId: '' })
    expect(guesser.status).toBe(stranger.status)
  })

  it('signs in whoever signs up again with the right password', async () => {
    const again = aPerson(server, { email: first.email })
    expect((await again.signUp()).status).toBe(200)
    expect((await again.get('/api/account/me')).body).toMatchObject({ user: { email: first.email } })
  })

  it('signs in with an address in any case, and not with a wrong password', async () => {
    expect((await aPerson(server, { email: first.email.toUpperCase() }).signIn()).status).toBe(200)
    const wrong = await aPerson(server, { email: first.email }).signIn('wrong password')
    const unknown = await aPerson(server).signIn()
    expect([wrong.status, wrong.body.code]).toEqual([401, 'sign-in-refused'])
    expect({ ...unknown.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' })
  })

  it('lets strangers sign up once an admin of the first company has opened it', async () => {
    const other = aPerson(server)
    expect((await first.put('/api/settings/sign-up', { signUp: 'open' })).body.code).toBe('role')
    await first.createOrg()
    expect((await aPerson(server).put('/api/settings/sign-up', { signUp: 'open' })).status).toBe(401)
    expect((await first.put('/api/settings/sign-up', { signUp: 'open' })).status).toBe(200)
    expect((await other.signUp()).status).toBe(200)
    expect((await other.get('/api/account/me')).body).toMatchObject({ signUp: 'open' })
    expect((await other.put('/api/settings/sign-up', { signUp: 'invite' })).body.code).toBe('role')
    await other.createOrg('Second')
    expect((await other.put('/api/settings/sign-up', { signUp: 'invite' })).body.code).toBe('role')
  })
})

describe('what an account may be', async () => {
  const server = await startServer()
  afterAll(() => server.close())
  const signUp = (over: object) => aPerson(server).post('/api/account/sign-up', { name: 'Ada', email: 'ada@example.com', password: 'correct horse battery', ...over })

  it.each([
    ['a password of 7 characters', { password: 'gT5%rQ2' }, 'password-short'],
    ['a password of 257 characters', { password: 'gT5%rQ2w'.repeat(33) }, 'password-long'],
    ['a common password', { password: 'Passw0rd123' }, 'password-common'],
    ['the product with a tail', { password: 'OTP!12345678' }, 'password-common'],
    ['a repeated word', { password: 'passwordpassword' }, 'password-common'],
    ['the person\'s own name', { name: 'Rumpelstilzchen', password: 'rumpelstilzchen1' }, 'password-common'],
    ['a name over 120 characters', { name: 'n'.repeat(121) }, 'invalid'],
    ['a blank name', { name: '   ' }, 'invalid'],
    ['no address', { email: 'not an address' }, 'invalid'],
    ['a field nobody asked for', { emailVerified: true }, 'invalid'],
  ])('refuses %s', async (_what, over, code) => {
    const { status, body } = await signUp(over)
    expect([status, body.code]).toEqual([422, code])
  })

  it('takes a password of 128 characters and reads every one of them', async () => {
    const password = Array.from({ length: 128 }, (_, at) => String.fromCharCode(97 + (at * 7) % 26)).join('')
    const ada = aPerson(server, { password })
    expect((await ada.signUp()).status).toBe(200)
    expect((await ada.signIn(`${password.slice(0, 127)}!`)).status).toBe(401)
    expect((await ada.signIn()).status).toBe(200)
  })
})
