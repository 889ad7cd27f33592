import { describe, expect, it } from 'vitest'
import { planImport } from '#shared/import/plan.ts'
import { codes, fixture, options } from './builders.ts'

describe('a map of roles', () => {
  const plan = planImport('role-map', fixture('team.yml'), options)

  it('managers are found by their role, not by their name', () => {
    expect(plan.seats.map(({ key, reportsToKey }) => [key, reportsToKey])).toEqual([
      ['role-map:ada', null],
      ['role-map:bo', 'role-map:ada'],
      ['role-map:bo_nights', 'role-map:bo'],
      ['role-map:cy', undefined],
      ['role-map:di', undefined],
    ])
  })

  it('one person may hold several seats', () => {
    expect(plan.people.map(({ name }) => name)).toEqual(['Ada Bloom', 'Bo Crumb', 'Cy Dough', 'Di Ember'])
  })

  it('links become words and emoji stay', () => expect(plan.seats[0]?.title).toBe('Director, founder 🥐'))

  it('an unknown role, no role and no seat are listed; the seats are kept with the file’s words', () => {
    expect(plan.rows).toBe(6)
    expect(codes(plan)).toEqual([['cy', 'unknown-manager', 'pastry_chef'], ['di', 'no-manager', ''], ['just_words', 'not-a-seat', 'just_words']])
    expect(plan.seats[3]?.note).toBe('reports_to: pastry_chef')
    expect(plan.seats[4]?.note).toBe('reports_to:')
  })

  it('a key that comes twice is kept twice', () => {
    const twice = planImport('role-map', 'a: { role: One, reports_to: none }\na: { role: Two, reports_to: none }', options)
    expect(twice.seats.map(({ key, title }) => `${key} ${title}`)).toEqual(['role-map:a One', 'role-map:a#2 Two'])
    expect(codes(twice)).toEqual([['a', 'repeated-id', 'a']])
  })

  it('jSON is read the same', () => {
    expect(planImport('role-map', '{"a":{"role":"One","reports_to":"none"}}', options).seats).toHaveLength(1)
  })
})

describe('a government organogram', () => {
  const plan = planImport('organogram', fixture('posts.csv'), options)
  const seat = (row: number) => plan.seats.find(planned => planned.row === row)

  it('ids are text and keep their zeros', () => expect(seat(2)?.key).toBe('organogram/lights:0001'))

  it('the top reports to XX', () => expect(seat(2)).toMatchObject({ reportsToKey: null, holderKey: 'person:ada bloom' }))

  it('somebody not named leaves the holder open and says so', () => {
    expect(seat(3)).toMatchObject({ note: 'N/D', reportsToKey: 'organogram/lights:0001', accountability: '' })
    expect(seat(3)).not.toHaveProperty('holderKey')
  })

  it('a vacancy is a vacancy; an eliminated post is archived', () => {
    expect(seat(4)).toMatchObject({ holderKey: null })
    expect(seat(4)).not.toHaveProperty('archived')
    expect(seat(5)).toMatchObject({ holderKey: null, archived: true })
  })

  it('repeated ids, unknown managers, loops and posts reporting to themselves are kept and listed', () => {
    expect(plan.seats).toHaveLength(plan.rows)
    expect(codes(plan)).toEqual([
      [6, 'reports-to-itself', '0005'],
      [7, 'unknown-manager', '9999'],
      [9, 'ambiguous-manager', '0003'],
      [10, 'in-a-cycle', '0010'],
      [11, 'in-a-cycle', '0009'],
      [8, 'repeated-id', '0003'],
    ])
    expect(seat(7)?.note).toBe('Reports to Senior Post: 9999')
    expect(seat(8)?.key).toBe('organogram/lights:0003#2')
  })

  it('a top post held by somebody not named has no note: it has its place', () => {
    const { seats } = planImport('posts', 'id,parentId,name,jobTitle\n1,,N/D,Top', options)
    expect(seats[0]).toMatchObject({ reportsToKey: null })
    expect(seats[0]).not.toHaveProperty('note')
  })
})
