import type { Existing } from '#shared/import/apply.ts'
import { describe, expect, it } from 'vitest'
import { refuseSeat } from '#shared/chart/refuse.ts'
import { applyPlan } from '#shared/import/apply.ts'
import { planImport } from '#shared/import/plan.ts'
import { aContext, aDoc, after, aSeatDoc, codes, fixture, me, newIds, nothing, options } from './builders.ts'

const seats = (text: string) => planImport('seats', text, options)
const company: Existing = { ...nothing, members: [me] }
const run = (text: string, existing: Existing = company) => applyPlan(seats(text), existing, aContext({ newId: newIds(`${Object.values(existing).flat().length}`) }))
const imported = (text: string, existing: Existing = company) => after(existing, run(text, existing))

describe('applying a plan of seats', () => {
  it('the same file again writes nothing', () => {
    for (const format of ['seats', 'role-map', 'organogram'] as const) {
      const plan = planImport(format, fixture({ 'seats': 'seats.csv', 'role-map': 'team.yml', 'organogram': 'posts.csv' }[format]), options)
      const existing = after(company, applyPlan(plan, company, aContext()))
      expect(applyPlan(plan, existing, aContext())).toMatchObject({ add: [], set: [], missing: [] })
    }
  })

  it('people come before seats, managers before their reports, seats before teams', () => {
    const { add } = run('title,holder,reports to,team\nc,Jo,b,T\nb,,a,\na,,,')
    expect(add.map(({ kind, body }) => `${kind} ${'title' in body ? body.title : ''}`)).toEqual(['member ', 'seat a', 'seat b', 'seat c', 'team '])
  })

  it('every new seat is one the chart accepts', () => {
    const existing = imported(fixture('seats.csv'))
    const lookup = {
      seat: (id: string) => existing.seats.find(seat => seat.id === id)?.d,
      member: (id: string) => existing.members.find(member => member.id === id)?.d,
    }
    expect(existing.seats.map(({ id, d }) => refuseSeat({ id, seat: d, lookup }))).toEqual(existing.seats.map(() => undefined))
  })

  it('an imported person is a member without an account', () => {
    expect(run('title,holder\na,Jo').add[0]).toMatchObject({ kind: 'member', body: { name: 'Jo', role: 'member', state: 'invited', importKey: 'person:jo' } })
  })

  it('somebody here by that name is taken for the person, once', () => {
    const { add, set } = run('title,holder\na,ADA BLOOM')
    expect(add.map(({ kind }) => kind)).toEqual(['seat'])
    expect(set).toEqual([{ kind: 'member', id: 'mem_me', fields: { importKey: 'person:ada bloom' } }])
  })

  it('of two members by that name neither is taken', () => {
    const existing = { ...company, members: [me, { ...me, id: 'mem_two' }] }
    expect(run('title,holder\na,Ada Bloom', existing).add.map(({ kind }) => kind)).toEqual(['member', 'seat'])
  })

  it('nobody and no team of the demo is taken for the file’s', () => {
    const demo = { ...company, members: [{ ...me, d: { ...me.d, demo: true } }], teams: [aDoc('team', 'team_a', { name: 'Kitchen', demo: true })] }
    expect(run('title,holder,team\na,Ada Bloom,Kitchen', demo).add.map(({ kind }) => kind)).toEqual(['member', 'seat', 'team'])
  })

  it('of two seats imported twice at once, the first by id is the file’s, in whatever order they come', () => {
    const twice = ['seat_1', 'seat_2'].map(id => aSeatDoc(id, { title: 'old', importKey: 'seats:1' }))
    for (const seats of [twice, [...twice].reverse()])
      expect(run('id,title\n1,new', { ...company, seats }).set.map(({ id }) => id)).toEqual(['seat_1'])
  })

  it('somebody who left, or only looks on, holds nothing: the seat stays vacant and is listed', () => {
    const left = aDoc('member', 'mem_jo', { name: 'Jo', role: 'viewer', state: 'active', importKey: 'person:jo' })
    const { add, problems } = run('title,holder\na,Jo', { ...company, members: [me, left] })
    expect(add[0]?.body).not.toHaveProperty('holder')
    expect(codes({ problems })).toEqual([[2, 'cannot-hold', 'person:jo']])
  })

  it('a changed file changes what has changed and lists the seats it no longer has', () => {
    const existing = imported('id,title,holder,reports to\n1,Top,Jo,\n2,Two,Di,1\n3,Three,,1')
    const { add, set, missing } = run('id,title,holder,reports to\n1,Top,,\n2,Second,Di,\n4,Four,,2', existing)
    const idOf = (title: string) => existing.seats.find(({ d }) => d.title === title)?.id
    expect(add).toMatchObject([{ kind: 'seat', body: { title: 'Four', reportsTo: idOf('Two') } }])
    expect(set).toEqual([
      { kind: 'seat', id: idOf('Top'), fields: { holder: null } },
      { kind: 'seat', id: idOf('Two'), fields: { title: 'Second', reportsTo: null } },
    ])
    expect(missing).toEqual([{ id: idOf('Three'), title: 'Three' }])
  })

  it('seats of other files, made by hand or archived are neither touched nor missing', () => {
    const others = [aSeatDoc('hand'), aSeatDoc('other', { importKey: 'posts:1' }), aSeatDoc('gone', { importKey: 'seats:gone', archived: true })]
    expect(run('title\na', { ...company, seats: others })).toMatchObject({ set: [], missing: [] })
  })

  it('a blank in the file empties no sentence and a seat placed by hand stays placed', () => {
    const existing = imported('title,reports to\na,\nb,nobody')
    const [a] = existing.seats
    const placed = { ...existing, seats: existing.seats.map(seat => ({ ...seat, d: { ...seat.d, accountability: 'Mine.', ...seat !== a && { reportsTo: a?.id, importNote: undefined } } })) }
    expect(run('title,reports to\na,\nb,nobody', placed).set).toEqual([])
  })

  it('a mended file places the seat and takes the note away', () => {
    const existing = imported('title,reports to\na,\nb,nobody')
    expect(run('title,reports to\na,\nb,a', existing).set).toMatchObject([{ fields: { reportsTo: existing.seats.find(({ d }) => d.title === 'a')?.id, importNote: null } }])
  })

  it('a move that would close a circle with seats moved by hand is left out and listed', () => {
    const existing = imported('title,reports to\nroot,\na,root\nu,nobody')
    const idOf = (title: string) => existing.seats.find(({ d }) => d.title === title)?.id
    const moved = { ...existing, seats: existing.seats.map(seat => seat.d.title === 'u' ? { ...seat, d: { ...seat.d, reportsTo: idOf('a') } } : seat) }
    const { set, problems } = run('title,reports to\nroot,\na,u\nu,nobody', moved)
    expect(set).toEqual([])
    expect(codes({ problems })).toEqual([[3, 'in-a-cycle', 'seats:u']])
  })

  it('two seats that swap places are written from the top', () => {
    const existing = imported('id,title,reports to\n0,r,\n1,a,0\n2,b,1')
    const { set } = run('id,title,reports to\n0,r,\n1,a,2\n2,b,0', existing)
    const idOf = (title: string) => existing.seats.find(({ d }) => d.title === title)?.id
    expect(set.map(({ id }) => id)).toEqual([idOf('b'), idOf('a')])
  })

  it('an agent starts planned, drafting, owned by the active person named, else by the one asked for', () => {
    const { add, problems } = applyPlan(seats('title,kind,owner\na,agent,Ada Bloom\nb,agent,Jo\nc,agent,'), company, aContext({ agentOwner: 'mem_x' }))
    expect(add.map(({ body }) => body)).toMatchObject(['mem_me', 'mem_x', 'mem_x'].map(owner => ({ owner, stage: 'planned', authority: 'draft' })))
    expect(codes({ problems })).toEqual([[3, 'unknown-owner', 'Jo']])
  })

  it('somebody without an account, or who only looks on, owns no agent', () => {
    for (const d of [{ state: 'invited', role: 'member' }, { state: 'active', role: 'viewer' }] as const) {
      const existing = { ...company, members: [me, aDoc('member', 'mem_jo', { name: 'Jo', ...d })] }
      expect(run('title,kind,owner\na,agent,Jo', existing)).toMatchObject({ add: [{ body: { owner: 'mem_me' } }], problems: [{ code: 'unknown-owner' }] })
    }
  })

  it('a person’s seat never becomes an agent’s: it is listed', () => {
    const { set, problems } = run('title,kind\na,agent', imported('title\na'))
    expect([set, codes({ problems })]).toEqual([[], [[2, 'other-kind', 'agent']]])
  })

  it('an eliminated post is archived and one archived by hand is not revived', () => {
    const posts = (name: string) => planImport('posts', `id,parentId,name,jobTitle\n1,,${name},a`, options)
    const existing = after(company, applyPlan(posts('Jo'), company, aContext()))
    const { set } = applyPlan(posts('Eliminated'), existing, aContext())
    expect(set).toMatchObject([{ fields: { archived: true, holder: null } }])
    expect(applyPlan(posts('Jo'), after(existing, { add: [], set, unchanged: 0, problems: [] }), aContext()).set[0]?.fields).not.toHaveProperty('archived')
  })

  it('teams are found by name and lose nobody', () => {
    const team = aDoc('team', 'team_a', { 'name': 'kitchen', 'seat/x': true })
    const { set } = run('title,team\na,Kitchen', { ...company, teams: [team] })
    expect(set).toMatchObject([{ kind: 'team', id: 'team_a', fields: { [`seat/seat_2_1`]: true } }])
  })
})
