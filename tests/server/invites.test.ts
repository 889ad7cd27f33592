import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { aPerson } from '../support/person.ts'
import { startServer } from '../support/server.ts'

describe.each(['sqlite', 'postgres'] as const)('invites on %s', async (store) => {
  const clock = { ahead: 0 }
  const server = await startServer({ store, now: () => Date.now() + clock.ahead })
  await server.store.accounts.putSetting('sign-up', 'open')
  afterAll(() => server.close())

  async function aCompany() {
    const admin = aPerson(server)
    await admin.signUp()
    const made = await admin.createOrg()
    return { admin, ...made, path: `/api/orgs/${made.org}/invites` }
  }

  it('makes a link of a token of 256 bits, of which only a hash is kept', async () => {
    const { admin, path } = await aCompany()
    const { body } = await admin.post(path, { name: 'Ben', role: 'manager' })
    expect(body).toMatchObject({ role: 'manager', installable: true })
    const [, token = ''] = /^http:\/\/127\.0\.0\.1:\d+\/join\/([\w-]{43})$/.exec(String(body.url)) ?? []
    expect(token).not.toBe('')
    const { rows } = await sql`select * from invite`.execute(server.store.accounts.database.db)
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(JSON.stringify((await admin.get(path)).body)).not.toContain(token)
  })

  it('shows the link\'s company and person, and brings a newcomer in under that member', async () => {
    const { admin, org } = await aCompany()
    const { member, token } = await admin.invite('manager', 'Ben Newcomer')
    expect((await aPerson(server).get(`/api/invites/${token}`)).body).toMatchObject({ org: { id: org, name: 'Acme' }, member: { id: member, name: 'Ben Newcomer' } })
    const ben = aPerson(server)
    expect(await ben.join(token)).toMatchObject({ org, member })
    expect((await ben.get('/api/account/me')).body).toMatchObject({ user: { name: 'Ben Newcomer' }, orgs: [{ org, member, role: 'manager', name: 'Acme' }] })
    expect((await ben.get('/api/sync/digest')).status).toBe(200)
  })

  it('brings in somebody signed in, with no account data asked', async () => {
    const { admin, org } = await aCompany()
    const { token, member } = await admin.invite()
    const ben = aPerson(server)
    await ben.signUp()
    expect((await ben.post(`/api/invites/${token}/accept`, {})).body).toEqual({ org, member })
  })

  it('answers unknown, used, expired and withdrawn alike', async () => {
    const { admin, path } = await aCompany()
    const used = await admin.invite()
    await aPerson(server).join(used.token)
    const withdrawn = await admin.invite()
    const { invites } = (await admin.get(path)).body as { invites: { id: string, member: string }[] }
    expect(invites.map(invite => invite.member)).toEqual([withdrawn.member])
    expect((await admin.delete(`${path}/${invites[0]?.id}`)).status).toBe(200)
    const expired = await admin.invite()
    clock.ahead = 8 * 24 * 60 * 60 * 1000
    for (const token of ['never-was', used.token, withdrawn.token, expired.token]) {
      const look = await aPerson(server).get(`/api/invites/${token}`)
      expect([look.status, look.body.code]).toEqual([404, 'invite-gone'])
      const { status, body } = await aPerson(server).post(`/api/invites/${token}/accept`, { email: 'late@example.com', password: 'correct horse battery' })
      expect([status, body.code]).toEqual([404, 'invite-gone'])
    }
    clock.ahead = 0
  })

  it('lets one of two at once in, and the same person repeat a lost answer', async () => {
    const { admin, org, member: founder } = await aCompany()
    const { token, member } = await admin.invite()
    const people = [aPerson(server), aPerson(server)]
    for (const person of people)
      await person.signUp()
    const answers = await Promise.all(people.map(person => person.post(`/api/invites/${token}/accept`, {})))
    expect(answers.map(answer => answer.status).sort()).toEqual([200, 404])
    const winner = people[answers.findIndex(answer => answer.status === 200)]
    expect((await winner?.post(`/api/invites/${token}/accept`, {}))?.body).toEqual({ org, member })
    const { rows } = await sql<{ member: string }>`select member from membership where org = ${org} order by created_at`.execute(server.store.accounts.database.db)
    expect(rows.map(row => row.member)).toEqual([founder, member])
  })

  it('leaves the invite open when somebody who is in already follows it', async () => {
    const { admin } = await aCompany()
    const { token } = await admin.invite()
    expect((await admin.post(`/api/invites/${token}/accept`, {})).body.code).toBe('already-member')
    await expect(aPerson(server).join(token)).resolves.toBeDefined()
  })

  it('invites nobody twice, nobody unknown, and nobody who has left', async () => {
    const { admin, org, member, path } = await aCompany()
    expect((await admin.post(path, { member })).body.code).toBe('member-taken')
    expect((await admin.post(path, { member: 'mem_nobody' })).body.code).toBe('member-unknown')
    expect((await admin.post(path, { member: org })).body.code).toBe('member-unknown')
    const ben = await admin.invite()
    await admin.delete(`/api/orgs/${org}/members/${ben.member}`)
    expect((await admin.post(path, { member: ben.member })).body.code).toBe('member-unknown')
    expect((await aPerson(server).get(`/api/invites/${ben.token}`)).body.code).toBe('invite-gone')
  })

  it('is for admins of that company alone', async () => {
    const { admin, path } = await aCompany()
    const { admin: outsider } = await aCompany()
    const { token, member } = await admin.invite('manager')
    const manager = aPerson(server)
    await manager.join(token)
    delete outsider.headers['x-member']
    const wanted = { stranger: 'sign-in', outsider: 'org-unknown', manager: 'role' }
    for (const [who, person] of Object.entries({ stranger: aPerson(server), outsider, manager })) {
      const answers = [await person.get(path), await person.post(path, { member }), await person.delete(`${path}/x`)]
      expect(answers.map(answer => answer.body.code)).toEqual(Array.from({ length: 3 }, () => wanted[who as keyof typeof wanted]))
    }
  })

  it('withdraws no other company\'s invite', async () => {
    const [mine, theirs] = [await aCompany(), await aCompany()]
    const { token } = await theirs.admin.invite()
    const { invites } = (await theirs.admin.get(theirs.path)).body as { invites: { id: string }[] }
    expect((await mine.admin.delete(`${mine.path}/${invites[0]?.id}`)).body.code).toBe('invite-gone')
    expect((await aPerson(server).get(`/api/invites/${token}`)).status).toBe(200)
  })
})

describe('the link', async () => {
  const server = await startServer({ publicUrl: 'http://192.168.1.20:8787' })
  afterAll(() => server.close())

  it('starts with PUBLIC_URL, and says when a phone could not install from it', async () => {
    const admin = aPerson(server)
    await admin.signUp()
    const { org } = await admin.createOrg()
    const { body } = await admin.post(`/api/orgs/${org}/invites`, { name: 'Ben', role: 'member' })
    expect(body.url).toMatch(/^http:\/\/192\.168\.1\.20:8787\/join\//)
    expect(body.installable).toBe(false)
  })
})
