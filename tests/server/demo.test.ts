import { afterAll, describe, expect, it } from 'vitest'
import { aPerson } from '../support/person.ts'
import { startServer } from '../support/server.ts'

interface PulledDoc { id: string, kind: string, d: Record<string, unknown> }

describe.each(['sqlite', 'postgres'] as const)('the demo company on %s', async (store) => {
  const server = await startServer({ store })
  await server.store.accounts.putSetting('sign-up', 'open')
  afterAll(() => server.close())

  async function aCompany() {
    const admin = aPerson(server)
    await admin.signUp()
    const { org, member } = await admin.createOrg()
    const docs = async () => (await server.store.read(async tx => [...await tx.docsSince(org, 'records', 0, 1000), ...await tx.docsSince(org, 'scores', 0, 1000)]))
      .map(({ id, kind, body }): PulledDoc => ({ id, kind, d: body }))
    return { admin, org, member, docs, path: `/api/orgs/${org}/demo` }
  }

  it('comes in whole, every record marked, and marks the company', async () => {
    const { admin, org, member, docs, path } = await aCompany()
    expect((await admin.post(path, {})).status).toBe(201)
    const all = await docs()
    expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(['org', 'member', 'seat', 'team', 'kpi', 'sheet', 'issue', 'todo', 'headline', 'priority', 'contract', 'delivery', 'procedure', 'review']))
    expect(all.filter(({ d }) => d.demo !== true).map(({ id }) => id)).toEqual([member])
    expect(all.find(({ id }) => id === org)?.d.demo).toBe(true)
  })

  it('comes in once, however often it is asked for', async () => {
    const { admin, docs, path } = await aCompany()
    await admin.post(path, {})
    const before = await docs()
    expect((await admin.post(path, {})).status).toBe(201)
    expect(await docs()).toEqual(before)
  })

  it('comes in once, also when it is asked for twice at once', async () => {
    const { admin, docs, path } = await aCompany()
    await Promise.all([admin.post(path, {}), admin.post(path, {})])
    const titles = (await docs()).filter(({ kind }) => kind === 'kpi').map(({ d }) => d.title)
    expect(titles).toHaveLength(new Set(titles).size)
  })

  it('goes again, and leaves what people wrote', async () => {
    const { admin, member, docs, path } = await aCompany()
    await admin.post(path, {})
    await admin.write('seat', 'seat_mine', { kind: 'human', title: 'Mine', accountability: 'Stays', holder: member })
    expect((await admin.delete(path)).status).toBe(200)
    const all = await docs()
    const demo = all.filter(({ d, kind }) => d.demo === true && kind !== 'sheet' && kind !== 'review')
    expect(demo.every(({ d }) => d.archived === true || d.state === 'left')).toBe(true)
    expect(all.find(({ id }) => id === 'seat_mine')?.d).not.toHaveProperty('archived')
    expect(all.find(({ id }) => id === member)?.d.state).toBe('active')
    expect(all.some(({ kind, d }) => kind === 'org' && d.demo === true)).toBe(false)
  })

  it('is for admins of that company alone', async () => {
    const { admin, path } = await aCompany()
    const { admin: outsider } = await aCompany()
    delete outsider.headers['x-member']
    const { token } = await admin.invite('manager')
    const manager = aPerson(server)
    await manager.join(token)
    for (const [person, code] of [[aPerson(server), 'sign-in'], [outsider, 'org-unknown'], [manager, 'role']] as const) {
      expect((await person.post(path, {})).body.code).toBe(code)
      expect((await person.delete(path)).body.code).toBe(code)
    }
  })
})
