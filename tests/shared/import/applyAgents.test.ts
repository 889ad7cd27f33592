import type { Existing } from '#shared/import/apply.ts'
import type { ImportFile } from '#shared/import/importFile.ts'
import type { ImportOptions } from '#shared/import/plan.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyPlan } from '#shared/import/apply.ts'
import { planFiles } from '#shared/import/plan.ts'
import { missingField, refuseField } from '#shared/record/specs.ts'
import { aContext, aDoc, after, aSeatDoc, me, newIds, nothing, options } from './builders.ts'

const { seatId: _, ...alone } = options
const agent = (path: string, head: string, body = 'You do it well.'): ImportFile => ({ path, text: `---\n${head}\n---\n${body}` })
const company = [
  agent('mill/COMPANY.md', 'name: The Mill\nslug: mill'),
  agent('mill/agents/boss/AGENTS.md', 'name: Boss\nreportsTo: null'),
  agent('mill/agents/oven/AGENTS.md', 'name: Oven\nreportsTo: boss'),
  agent('mill/teams/warm/TEAM.md', 'name: Warm\nmanager: ../../agents/boss/AGENTS.md\nincludes: []'),
]
const here: Existing = { ...nothing, members: [me], seats: [aSeatDoc('seat_a')] }

function run(files: readonly ImportFile[], existing: Existing = here, chosen: ImportOptions = alone, name = 'first') {
  return applyPlan(planFiles('agents', files, chosen), existing, aContext({ agentOwner: 'mem_owner', newId: newIds(name) }))
}

/** The seat of a title, as it is. */
const seatOf = ({ seats }: Existing, title: string) => seats.find(({ d }) => d.title === title)
const edited = (existing: Existing, title: string, d: object): Existing => ({ ...existing, seats: existing.seats.map(seat => seat.d.title === title ? aSeatDoc(seat.id, { ...seat.d, ...d }) : seat) })

describe('agents that are imported', () => {
  it('are planned, draft only, and owned by the one person chosen for all', () => {
    const { seats } = after(here, run(company))
    expect(seats.filter(({ d }) => d.kind === 'agent').map(({ d }) => [d.title, d.stage, d.authority, d.owner, d.holder])).toEqual([['Boss', 'planned', 'draft', 'mem_owner', undefined], ['Oven', 'planned', 'draft', 'mem_owner', undefined]])
  })

  it('are owned by the person their file names, where that is somebody active', () => {
    const writes = run([agent('a.md', 'name: a\nowner: ada bloom'), agent('b.md', 'name: b\nowner: Nobody')])
    const existing = after(here, writes)
    expect([seatOf(existing, 'a')?.d.owner, seatOf(existing, 'b')?.d.owner]).toEqual(['mem_me', 'mem_owner'])
    expect(writes.problems).toMatchObject([{ row: 'b.md', code: 'unknown-owner', about: 'Nobody' }])
  })

  it('make teams with their lead', () => {
    const existing = after(here, run(company))
    expect(existing.teams?.map(({ d }) => d)).toEqual([{ name: 'Warm (The Mill)', lead: seatOf(existing, 'Boss')?.id, [`seat/${seatOf(existing, 'Boss')?.id}`]: true }])
  })

  it('write nothing when they come again, and only what changed when they changed', () => {
    const existing = after(here, run(company))
    expect(run(company, existing)).toMatchObject({ add: [], set: [], missing: [], unchanged: 3 })
    const later = [...company.slice(0, 2), agent('mill/agents/oven/AGENTS.md', 'name: Oven\nreportsTo: boss', 'You bake.'), ...company.slice(3)]
    expect(run(later, existing)).toMatchObject({ add: [], set: [{ id: seatOf(existing, 'Oven')?.id, fields: { accountability: 'You bake.', responsibilities: 'You bake.' } }] })
  })

  it('keep what people decided since: stage, authority, owner and the seat they were hung under', () => {
    const moved = edited(after(here, run(company)), 'Boss', { stage: 'production', authority: 'full', owner: 'mem_me', reportsTo: 'seat_a' })
    expect(run(company, moved)).toMatchObject({ add: [], set: [] })
    expect(run(company, moved, { ...alone, seatId: 'seat_b' })).toMatchObject({ add: [], set: [] })
  })

  it('hang under the seat chosen for them; one that had no place yet gets it on a second import', () => {
    expect(seatOf(after(here, run(company, here, options)), 'Boss')?.d.reportsTo).toBe('seat_a')
    const loose = [agent('a.md', 'name: a')]
    const before = after(here, run(loose))
    expect(seatOf(before, 'a')?.d).toMatchObject({ importNote: 'reportsTo:' })
    const placed = after(before, run(loose, before, options))
    expect(seatOf(placed, 'a')?.d).toMatchObject({ reportsTo: 'seat_a' })
    expect(seatOf(placed, 'a')?.d).not.toHaveProperty('importNote')
    expect(run(loose, placed)).toMatchObject({ add: [], set: [] })
  })

  it('do not hang under a seat that was archived meanwhile', () => {
    const gone = edited(here, 'seat_a', { archived: true })
    expect(seatOf(after(gone, run(company, gone, options)), 'Boss')?.d).not.toHaveProperty('reportsTo')
  })

  it('too long for their responsibilities go on in procedures, which change and go with the file', () => {
    const long = (parts: number) => [agent('a.md', 'name: a\ndescription: Does much', Array.from({ length: parts }, (_, n) => `${n}${'x'.repeat(7000)}`).join('\n'))]
    const parts = ({ procedures = [] }: Existing) => procedures.map(({ d }) => [d.title, d.trigger, d.steps.slice(0, 2), d.archived])
    const first = after(here, run(long(3)))
    expect(seatOf(first, 'a')?.d.responsibilities).toHaveLength(7001)
    expect(parts(first)).toEqual([['a, 2', 'Does much', '1x', undefined], ['a, 3', 'Does much', '2x', undefined]])
    expect(first.procedures?.every(({ d }) => d.seat === seatOf(first, 'a')?.id)).toBe(true)
    expect(run(long(3), first)).toMatchObject({ add: [], set: [] })
    const shorter = after(first, run(long(2), first))
    expect(parts(shorter)).toEqual([['a, 2', 'Does much', '1x', undefined], ['a, 3', 'Does much', '', true]])
    expect(run(long(2), shorter)).toMatchObject({ add: [], set: [] })
    expect(parts(after(shorter, run(long(3), shorter)))).toEqual(parts(first))
  })

  it('never hang under themselves', () => {
    const existing = after(here, run(company))
    const oven = seatOf(existing, 'Oven')?.id
    const writes = run(company, existing, { ...alone, seatId: oven })
    expect([writes.set, writes.problems.map(({ code }) => code)]).toEqual([[], ['in-a-cycle']])
  })

  it('under a name a seat has here are other seats, and listed', () => {
    const writes = run(company, { ...here, seats: [aSeatDoc('seat_x', { title: 'boss' })] })
    expect(writes.add.filter(({ kind }) => kind === 'seat')).toHaveLength(2)
    expect(writes.problems).toMatchObject([{ row: 'mill/agents/boss/AGENTS.md', code: 'title-taken', about: 'Boss' }])
  })

  it('that a whole company no longer has are listed, never archived; those not chosen this time are not missed', () => {
    const existing = after(here, run([...company, agent('a.md', 'name: a')]))
    expect(run(company.filter(({ path }) => !path.includes('oven')), existing).missing.map(({ title }) => title)).toEqual(['Oven'])
    expect(run([agent('b.md', 'name: b')], existing).missing).toEqual([])
  })
})

it('any files at all end in records every device accepts, and a second time in none', () => {
  const word = fc.constantFrom('boss', 'oven', '__proto__', 'constructor', '', ' ', 'ghost', '"', 'a: b', '[', '🥖', '\u0000x', 'x'.repeat(400))
  const path = fc.constantFrom('a.md', 'b.md', 'c/agents/boss/AGENTS.md', 'c/agents/oven/AGENTS.md', 'c/agents/__proto__/AGENTS.md', 'c/COMPANY.md', 'c/teams/t/TEAM.md', 'd.json', '', '/', '..//x.md')
  const head = fc.tuple(word, word, word).map(([name, manager, more]) => `name: ${name}\nreportsTo: ${manager}\nmanager: ../../agents/${manager}/AGENTS.md\nincludes: ${more}\n${more}`)
  const text = fc.oneof(fc.tuple(head, word).map(([top, body]) => `---\n${top}\n---\n${body}`), fc.tuple(word, word).map(([name, skill]) => JSON.stringify({ name, skills: [skill, { id: skill }, null] })), word)
  const files = fc.array(fc.record({ path, text }), { minLength: 1, maxLength: 12 }).filter(some => some.some(file => file.text.trim()))
  fc.assert(fc.property(files, (some) => {
    const plan = planFiles('agents', some, alone)
    const named = new Set([...plan.seats.map(({ row }) => row), ...plan.problems.map(({ row }) => row)])
    expect(some.filter(file => !named.has(file.path) && !/(?:COMPANY|TEAM)\.md$/.test(file.path))).toEqual([])
    const first = run(some)
    for (const { kind, body } of first.add)
      expect([missingField(kind, { ...body }), ...Object.entries(body).filter(([field, value]) => refuseField(kind, field, value))]).toEqual([undefined])
    expect(run(some, after(here, first), alone, 'second')).toMatchObject({ add: [], set: [], missing: [] })
  }), { numRuns: 150 })
})

it('somebody who left owns no agent', () => {
  const left = { ...here, members: [aDoc('member', 'mem_me', { name: 'Ada Bloom', role: 'admin', state: 'left' })] }
  expect(run([agent('a.md', 'name: a\nowner: Ada Bloom')], left).problems).toMatchObject([{ code: 'unknown-owner' }])
})
