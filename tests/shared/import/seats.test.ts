import { describe, expect, it } from 'vitest'
import { planImport } from '#shared/import/plan.ts'
import { codes, fixture, options } from './builders.ts'

const titled = (titles: string) => planImport('seats', `title,reports to\n${titles}`, options)

describe('a CSV of seats', () => {
  const plan = planImport('seats', fixture('seats.csv'), options)

  it('every row becomes a seat, whatever the headings are called', () => {
    expect(plan.rows).toBe(5)
    expect(plan.seats.map(({ title, kind }) => `${title} ${kind}`)).toEqual(['Director human', 'Baker human', 'Baker human', 'Till helper agent', 'Cleaner human'])
    expect(plan.seats[0]).toMatchObject({ row: 2, key: 'seats:director', reportsToKey: null, holderKey: 'person:ada bloom', accountability: 'The shop pays its way.' })
  })

  it('seats that share a title are told apart by their holder', () => {
    expect(plan.seats.slice(1, 3).map(({ key }) => key)).toEqual(['seats:baker/bo crumb', 'seats:baker/cy dough'])
  })

  it('what cannot be placed is listed with its row and reason, and kept', () => {
    expect(codes(plan)).toEqual([
      [5, 'ambiguous-manager', 'Baker'],
      [6, 'unknown-manager', 'Nobody'],
      [1, 'unknown-column', 'Shoe size'],
    ])
    expect(plan.seats[4]).toMatchObject({ note: 'reports to: Nobody', holderKey: null })
    expect(plan.seats[4]).not.toHaveProperty('reportsToKey')
  })

  it('an agent has an owner and no holder', () => {
    expect(plan.seats[3]).toMatchObject({ kind: 'agent', ownerName: 'Ada Bloom' })
    expect(plan.seats[3]).not.toHaveProperty('holderKey')
  })

  it('teams gather their seats', () => {
    expect(plan.teams).toEqual([
      { name: 'Lead', seatKeys: ['seats:director'] },
      { name: 'Kitchen', seatKeys: ['seats:baker/bo crumb', 'seats:baker/cy dough'] },
      { name: 'Shop', seatKeys: ['seats:till helper'] },
    ])
  })

  it('a name with two addresses is two people, and no address is kept', () => {
    const { people } = planImport('seats', 'title,holder,email\na,Jo,one@x.test\nb,Jo,two@x.test\nc,Jo,one@x.test', options)
    expect(people.map(({ name }) => name)).toEqual(['Jo', 'Jo'])
    expect(JSON.stringify(people)).not.toContain('x.test')
  })

  it('every seat of a loop is listed and has no place; what hangs below keeps its manager', () => {
    const { seats, problems } = titled('a,b\nb,c\nc,a\nd,a\ne,e')
    expect(problems.map(({ row, code }) => `${row} ${code}`)).toEqual(['6 reports-to-itself', '2 in-a-cycle', '3 in-a-cycle', '4 in-a-cycle'])
    expect(seats.map(({ reportsToKey }) => reportsToKey)).toEqual([undefined, undefined, undefined, 'seats:a', undefined])
  })

  it('an id goes before a title of the same words', () => {
    const { seats } = planImport('seats', 'id,title,reports to\n1,2,\n2,Two,\n3,Three,2', options)
    expect(seats[2]?.reportsToKey).toBe('seats:2')
  })

  it('a seat without a title is kept under its row', () => {
    const plan = planImport('seats', 'title,holder\n,Jo\n', options)
    expect(plan.seats[0]).toMatchObject({ title: '(2)', holderKey: 'person:jo' })
    expect(codes(plan)).toEqual([[2, 'blank', 'title']])
  })

  it('what is cut and what cannot be printed is listed', () => {
    const plan = planImport('seats', `title,holder,accountability\n${'t'.repeat(301)},${'h'.repeat(121)},"${'a'.repeat(2001)}"\na\u0007b,,`, options)
    expect(codes(plan)).toEqual([[2, 'too-long', 'title'], [2, 'too-long', 'name'], [2, 'too-long', 'sentence'], [3, 'unprintable', 'title']])
    expect(plan.seats.map(({ title }) => title.length)).toEqual([300, 2])
    expect(plan.people[0]?.name).toHaveLength(120)
    expect(plan.seats[0]?.accountability).toHaveLength(2000)
  })

  it('a kind nobody knows is listed as a person’s seat, and an agent’s holder is listed', () => {
    const plan = planImport('seats', 'title,kind,holder\na,robot,\nb,AI,Jo', options)
    expect(codes(plan)).toEqual([[2, 'unknown-kind', 'robot'], [3, 'agent-with-holder', 'Jo']])
    expect(plan.people).toEqual([])
  })

  it('a cell that looks like a formula is text', () => {
    expect(titled('"=HYPERLINK(""x"")",').seats[0]?.title).toBe('=HYPERLINK("x")')
  })

  it('semicolons and tabs are read like commas', () => {
    const keys = (text: string) => planImport('seats', text, options).seats.map(({ key, reportsToKey }) => [key, reportsToKey])
    expect(keys('title;reports to\na;\nb;a')).toEqual(keys('title,reports to\na,\nb,a'))
    expect(keys('title\treports to\na\t\nb\ta')).toEqual(keys('title,reports to\na,\nb,a'))
  })

  it('a byte order mark is no part of the first heading', () => {
    expect(planImport('seats', '\uFEFFtitle,holder\na,Jo', options)).toMatchObject({ problems: [], seats: [{ title: 'a' }] })
  })

  it('broken quotes and cells under no heading are listed', () => {
    expect(codes(titled('a,,left over\nb,"a'))).toEqual(expect.arrayContaining([[2, 'extra-cells', 'left over'], [3, 'broken-quotes', '']]))
  })
})
