import type { ImportFile } from '#shared/import/importFile.ts'
import { describe, expect, it } from 'vitest'
import { planFiles, planImport } from '#shared/import/plan.ts'
import { recogniseFormat } from '#shared/import/recognise.ts'
import { codes, options } from './builders.ts'

const { seatId: _, ...unplaced } = options
const plan = (...files: ImportFile[]) => planFiles('agents', files, unplaced)
const agent = (path: string, head: string, body = 'You do it well.'): ImportFile => ({ path, text: `---\n${head}\n---\n\n${body}\n` })
const card = (path: string, more: object = {}): ImportFile => ({ path, text: JSON.stringify({ name: 'Baker', description: 'Bakes bread', skills: [{ id: 'rye', name: 'Rye', description: 'Bakes rye', tags: ['bread'], examples: ['One loaf'] }], ...more }) })
const bakery: ImportFile[] = [
  agent('mill/COMPANY.md', 'name: The Mill\nslug: mill\ngoals:\n  - Bread for the town\n  - No waste'),
  agent('mill/agents/boss/AGENTS.md', 'name: Boss\nreportsTo: null', '# Boss\n\nYou lead\nthe mill.\n\n- a list'),
  agent('mill/agents/oven/AGENTS.md', 'name: Oven\ntitle: Head of heat\nreportsTo: boss\nskills:\n  - heat\n  - clean'),
  agent('mill/teams/warm/TEAM.md', 'name: Warm\nmanager: ../../agents/boss/AGENTS.md\nincludes:\n  - ../../agents/oven/AGENTS.md\n  - ../../skills/heat/SKILL.md'),
]

describe('an agent in a Markdown file', () => {
  it('is a seat named after it, answering for its description; the rest becomes its responsibilities', () => {
    const [seat] = plan(agent('scout.md', 'name: scout\ndescription: Finds leads\nmodel: small\ntools: [Read, Write]\nskills: []\ncolor:')).seats
    expect(seat).toEqual({ row: 'scout.md', key: 'agents:scout', title: 'scout', kind: 'agent', accountability: 'Finds leads', responsibilities: 'model: small\ntools: Read, Write\nskills: []\n\nYou do it well.', note: 'reportsTo:' })
  })

  it('without a description answers for the first lines of its text that are prose', () => {
    expect(plan(agent('a.md', 'name: a', '# Head\n\n- list\n\nYou keep\nthe books.\n\nMore.')).seats[0]?.accountability).toBe('You keep the books.')
  })

  it('without a name is called by its file, in a folder of agents, and listed', () => {
    const { seats, problems } = plan(agent('agents/keeper.md', 'description: Keeps'))
    expect(seats.map(({ title, key }) => [title, key])).toEqual([['keeper', 'agents:keeper']])
    expect(codes({ problems })).toEqual([['agents/keeper.md', 'blank', 'name'], ['agents/keeper.md', 'no-manager', '']])
  })

  it('whose description is too long keeps it whole in its responsibilities', () => {
    const long = 'Finds leads. '.repeat(200).trim()
    const { seats, problems } = plan(agent('a.md', `name: a\ndescription: ${long}`))
    expect([seats[0]?.accountability.length, seats[0]?.responsibilities]).toEqual([2000, `${long}\n\nYou do it well.`])
    expect(problems.map(({ code, about }) => `${code} ${about}`)).toContain('too-long sentence')
  })

  it('goes on in parts cut between lines, and is cut after twelve', () => {
    const long = (lines: number) => plan(agent('a.md', 'name: a', `${'y'.repeat(4999)}\n`.repeat(lines)))
    const reasons = (of: ReturnType<typeof plan>) => of.problems.map(({ code }) => code).filter(code => code !== 'no-manager')
    expect([long(1), long(12), long(13)].map(of => [of.seats[0]?.more?.length, ...reasons(of)])).toEqual([[undefined], [11, 'continued'], [11, 'too-long']])
    expect(plan(agent('a.md', 'name: a', 'z'.repeat(20_000))).seats[0]?.more?.map(({ length }) => length)).toEqual([8000, 4000])
  })

  it('that no YAML can read is read all the same, and its file named', () => {
    const { seats, problems } = plan({ path: 'a.md', text: '---\nname: a\ndescription: Use: when cold\n---\nYou.' })
    expect(seats[0]).toMatchObject({ title: 'a', accountability: 'Use: when cold' })
    expect(problems[0]).toMatchObject({ row: 'a.md', code: 'bad-front-matter' })
  })

  it('reports to another by its file or its name; a stranger, a circle and itself are listed', () => {
    const { seats, problems } = plan(
      agent('x/lead.md', 'name: Team Lead\nreportsTo: none'),
      agent('x/one.md', 'name: one\nreportsTo: lead'),
      agent('x/two.md', 'name: two\nreports_to: team lead'),
      agent('x/three.md', 'name: three\nreportsTo: ghost'),
      agent('x/four.md', 'name: four\nreportsTo: five'),
      agent('x/five.md', 'name: five\nreportsTo: four'),
      agent('x/six.md', 'name: six\nreportsTo: six'),
    )
    expect(Object.fromEntries(seats.map(({ title, reportsToKey }) => [title, reportsToKey]))).toEqual({ 'Team Lead': null, 'one': 'agents:Team Lead', 'two': 'agents:Team Lead', 'three': undefined, 'four': undefined, 'five': undefined, 'six': undefined })
    expect(codes({ problems }).sort()).toEqual([['x/five.md', 'in-a-cycle', 'four'], ['x/four.md', 'in-a-cycle', 'five'], ['x/six.md', 'reports-to-itself', 'six'], ['x/three.md', 'unknown-manager', 'ghost']])
  })

  it('with a seat chosen for it has a place, and no note', () => {
    const chosen = planFiles('agents', [agent('a.md', 'name: a')], options)
    expect([chosen.agentsUnder, chosen.problems, chosen.seats[0]?.reportsToKey, chosen.seats[0]?.note]).toEqual(['seat_a', [], null, undefined])
  })
})

describe('a company of agents', () => {
  const mill = plan(...bakery)

  it('keeps its lines of reporting and has one top', () => {
    expect(mill.seats.map(({ key, reportsToKey }) => [key, reportsToKey])).toEqual([['agents/mill:boss', null], ['agents/mill:oven', 'agents/mill:boss']])
    expect(mill.seats[0]?.accountability).toBe('You lead the mill.')
    expect(mill.seats[1]?.responsibilities).toBe('title: Head of heat\nskills: heat, clean\n\nYou do it well.')
  })

  it('has teams named with it, led by their manager', () => {
    expect(mill.teams).toEqual([{ name: 'Warm (The Mill)', seatKeys: ['agents/mill:boss', 'agents/mill:oven'], leadKey: 'agents/mill:boss' }])
  })

  it('lists its goals and what in a team is no agent', () => {
    expect(mill.problems.map(({ code, text, about }) => [code, code === 'company-goal' ? text : about])).toEqual([['company-goal', 'Bread for the town'], ['company-goal', 'No waste'], ['unknown-in-team', 'mill/skills/heat/SKILL.md']])
  })

  it('makes no team of nobody it has', () => {
    const { teams, problems } = plan(...bakery.slice(3))
    expect([teams, codes({ problems })]).toEqual([[], [['mill/teams/warm/TEAM.md', 'unknown-in-team', ''], ...['agents/boss/AGENTS.md', 'agents/oven/AGENTS.md', 'skills/heat/SKILL.md'].map(path => ['mill/teams/warm/TEAM.md', 'unknown-in-team', `mill/${path}`])]])
  })

  it('is the same however deep the chosen folder lies, and in whatever order its files come', () => {
    const deeper = plan(...bakery.map(({ path, text }) => ({ path: `all/of/${path}`, text })).reverse())
    const bare = ({ seats }: typeof mill) => seats.map(({ row, ...seat }) => seat)
    expect([bare(deeper), deeper.teams]).toEqual([bare(mill), mill.teams])
  })

  it('does not share its slugs with another', () => {
    const two = plan(...bakery, ...bakery.map(({ path, text = '' }) => ({ path: path.replace('mill', 'dam'), text: text.replace('slug: mill', 'slug: dam') })))
    expect(two.seats.map(({ key, reportsToKey }) => `${key} < ${reportsToKey}`)).toEqual(['agents/dam:boss < null', 'agents/dam:oven < agents/dam:boss', 'agents/mill:boss < null', 'agents/mill:oven < agents/mill:boss'])
    expect(two.problems.filter(({ code }) => code === 'same-title').map(({ about }) => about)).toEqual(['Boss', 'Boss', 'Oven', 'Oven'])
  })
})

describe('an AgentCard', () => {
  it('is a seat whose skills, and what else it says, are its responsibilities', () => {
    const [seat] = plan(card('card.json', { url: 'http://baker.example', protocolVersion: '0.3.0' })).seats
    expect(seat).toMatchObject({ key: 'a2a:Baker', title: 'Baker', kind: 'agent', accountability: 'Bakes bread' })
    expect(seat?.responsibilities).toBe('- Rye: Bakes rye\n  tags: bread\n  examples: One loaf\n\nurl: http://baker.example\nprotocolVersion: 0.3.0')
  })

  it('of a name that another has is another seat, and listed once', () => {
    const { seats, problems } = plan({ ...card('a.json'), text: `\uFEFF${card('a.json').text}` }, card('b.json', { description: 'Bakes cake' }))
    expect(seats.map(({ key }) => key)).toEqual(['a2a:Baker', 'a2a:Baker#2'])
    expect(problems.filter(({ code }) => code !== 'no-manager')).toMatchObject([{ row: 'b.json', code: 'repeated-id' }])
  })
})

describe('several files at once', () => {
  it('every file is a seat or a problem that names it', () => {
    const files = [agent('a.md', 'name: a'), { path: 'LICENSE', text: 'Free' }, { path: 'logo.png' }, { path: 'seats.csv', text: 'title\nClerk' }, agent('skills/x/SKILL.md', 'name: x'), agent('t/TASK.md', 'name: t'), { path: 'broken.json', text: '{"name":' }, { path: 'README.md', text: '# Hello' }, { path: 'empty.md', text: '' }]
    const { seats, problems, rows } = plan(...files)
    expect(seats.map(({ row }) => row)).toEqual(['a.md'])
    expect(rows).toBe(files.length)
    expect(codes({ problems }).filter(([, code]) => code !== 'no-manager')).toEqual([['LICENSE', 'not-an-agent', ''], ['README.md', 'not-an-agent', ''], ['broken.json', 'not-an-agent', ''], ['empty.md', 'not-an-agent', ''], ['logo.png', 'not-read', ''], ['seats.csv', 'on-its-own', 'seats'], ['skills/x/SKILL.md', 'not-an-agent', ''], ['t/TASK.md', 'not-an-agent', '']])
  })

  it('the same agent word for word is one seat; in other words it is two, and both files are named', () => {
    const { seats, problems } = plan(agent('a/x.md', 'name: x'), agent('b/x.md', 'name: x'), agent('c/x.md', 'name: x', 'Otherwise.'))
    expect(seats.map(({ row, key }) => [row, key])).toEqual([['a/x.md', 'agents:x'], ['c/x.md', 'agents:x#2']])
    expect(codes({ problems }).filter(([, code]) => code !== 'no-manager')).toEqual([['b/x.md', 'same-file', 'a/x.md'], ['c/x.md', 'repeated-id', 'x']])
  })

  it('more than 5 MB of text, more files than rows, and nothing at all are refused', () => {
    expect(() => plan(...Array.from({ length: 6 }, (_, n) => agent(`${n}.md`, 'name: a', 'x'.repeat(1024 * 1024))))).toThrow('too-big')
    expect(() => plan(...Array.from({ length: 20_001 }, () => ({ path: 'a' })))).toThrow('too-many-rows')
    expect(() => plan({ path: 'a.md', text: ' \n' })).toThrow('empty')
  })

  it('a single one that is no agent is read as what it is', () => {
    expect(planFiles('seats', [{ path: 'seats.csv', text: 'title\nClerk' }], options).format).toBe('seats')
    expect(planImport('agents', '---\nname: pasted\n---\nYou.', options).seats[0]?.title).toBe('pasted')
  })
})

describe('by sight', () => {
  it.each([
    ['a.md', 'anything', 'agents'],
    ['pasted', '---\nname: a\n---\nYou.', 'agents'],
    ['card.json', card('').text ?? '', 'agents'],
    ['pasted', card('').text ?? '', 'agents'],
    ['chart.json', '{"a":{"role":"One","reports_to":"none"}}', 'role-map'],
    ['chart.yml', '---\na:\n  role: One\n  reports_to: none', 'role-map'],
    ['package.json', '{"name":"x","version":"1"}', undefined],
  ])('%s: %s', (name, text, format) => expect(recogniseFormat(name, text)).toBe(format))
})
