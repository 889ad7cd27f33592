import type { Format, ImportPlan } from '#shared/import/plan.ts'
import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { applyPlan } from '#shared/import/apply.ts'
import { planImport } from '#shared/import/plan.ts'
import { recogniseFormat } from '#shared/import/recognise.ts'
import { ImportRefused, maxFileSize, maxRows } from '#shared/import/refused.ts'
import { readTable } from '#shared/import/table.ts'
import { missingField, refuseField } from '#shared/record/specs.ts'
import { describeWithRealData, realData, realFiles } from '../../support/realData.ts'
import { aContext, aSeatDoc, nothing, options } from './builders.ts'

const formats: Format[] = ['role-map', 'organogram', 'posts', 'seats', 'kpi-long', 'kpi-wide']

/** The plan, or the code it was refused with; anything else thrown fails the test. */
function attempt(format: Format, text: string): ImportPlan | string {
  try {
    return planImport(format, text, options)
  }
  catch (error) {
    if (error instanceof ImportRefused)
      return error.code
    throw error
  }
}

/** Whatever a plan makes can be stored. */
function expectStorable(plan: ImportPlan) {
  const { add } = applyPlan(plan, { ...nothing, seats: [aSeatDoc('seat_a')] }, aContext())
  const refused = add.flatMap(({ kind, body }) => [
    ...missingField(kind, { ...body }) ?? [],
    ...Object.entries(body).filter(([field, value]) => refuseField(kind, field, value)),
  ])
  expect(refused).toEqual([])
}

/** Every row is in a seat, a score or a problem. */
function expectEveryRow(plan: ImportPlan) {
  const rows = new Set([...plan.seats, ...plan.scores, ...plan.problems].map(({ row }) => row))
  rows.delete(1)
  expect(rows.size).toBeGreaterThanOrEqual(plan.rows)
}

describe('files nobody meant well', () => {
  it('is refused with a code: too big, too long, empty, not readable', () => {
    expect(formats.map(format => attempt(format, 'x'.repeat(maxFileSize + 1)))).toEqual(formats.map(() => 'too-big'))
    expect(attempt('seats', `title\n${'a\n'.repeat(maxRows + 1)}`)).toBe('too-many-rows')
    expect(formats.map(format => attempt(format, ' \n '))).toEqual(['unreadable', 'empty', 'empty', 'empty', 'empty', 'empty'])
    expect(attempt('role-map', '{}')).toBe('empty')
    expect(attempt('role-map', 'a: [')).toBe('unreadable')
  })

  it('as many rows as allowed are taken', () => {
    expect(attempt('seats', `title\n${'a\n'.repeat(maxRows)}`)).toMatchObject({ rows: maxRows })
  })

  it('aliases that multiply are refused, a few are not', () => {
    const levels = Array.from({ length: 9 }, (_, level) => `a${level}: &a${level} [${Array.from({ length: 9 }).fill(level ? `*a${level - 1}` : 'lol').join(',')}]`)
    expect(attempt('role-map', `${levels.join('\n')}\nbomb: { role: *a8 }`)).toBe('too-many-aliases')
    expect(attempt('role-map', 'a: &a { role: One, reports_to: none }\nb: *a')).toMatchObject({ rows: 2 })
  })

  it.each(['[', '{a: ', '[{"":', '- ', '? ', '- ? '])('nesting that has no end is refused before it is parsed: %s', (opening) => {
    expect(attempt('role-map', opening.repeat(Math.floor(maxFileSize / opening.length)))).toBe('unreadable')
  })

  it('indentation that has no end is refused', () => {
    expect(attempt('role-map', Array.from({ length: 3000 }, (_, level) => `${' '.repeat(level)}a:`).join('\n'))).toBe('unreadable')
  })

  it('brackets that close again are no nesting', () => {
    const map = Array.from({ length: 500 }, (_, seat) => `s${seat}: { role: "[Chief](x)", reports_to: none }`).join('\n')
    expect(attempt('role-map', map)).toMatchObject({ rows: 500 })
  })

  it('names that objects have by birth are only names', () => {
    const plan = attempt('role-map', '__proto__: { name: a, role: b, reports_to: none }\nconstructor: { role: c, reports_to: toString }')
    expect(plan).toMatchObject({ rows: 2, seats: [{ title: 'b' }, { title: 'c' }] })
    expect(attempt('seats', 'title,reports to\n__proto__,\nconstructor,__proto__')).toMatchObject({ problems: [], rows: 2 })
  })

  it('every row of any table is in a seat, a score or a problem, and all of it can be stored', () => {
    const cell = fc.oneof(fc.constantFrom('a', 'b', 'c', '', 'N/D', 'XX', '2026-11-09', '2026-W47', '1', '-', '=1', '\u0000', '\uD800', '"'), fc.string({ unit: 'binary', maxLength: 4 }))
    const headings = {
      'organogram': ['Post Unique Reference', 'Name', 'Job Title', 'Reports to Senior Post'],
      'posts': ['id', 'parentId', 'name', 'jobTitle'],
      'seats': ['title', 'reports to', 'holder', 'kind'],
      'kpi-long': ['kpi', 'period', 'value', 'seat'],
      'kpi-wide': ['Date', 'A', 'B', ''],
    }
    fc.assert(fc.property(fc.constantFrom(...Object.keys(headings) as (keyof typeof headings)[]), fc.array(fc.tuple(cell, cell, cell, cell), { minLength: 1, maxLength: 8 }), (format, rows) => {
      const plan = attempt(format, Papa.unparse([headings[format], ...rows]))
      if (typeof plan === 'string')
        return
      expectEveryRow(plan)
      expectStorable(plan)
    }))
  })

  it('any text at all is planned or refused', () => {
    fc.assert(fc.property(fc.constantFrom(...formats), fc.string({ unit: 'binary' }), fc.constantFrom('a.csv', 'a.yml', 'a.json'), (format, text, name) => {
      recogniseFormat(name, text)
      attempt(format, text)
    }))
  })
})

describeWithRealData('naughty strings', () => {
  const strings = JSON.parse(realData('nasty-blns', 'blns.json')) as string[]

  it('as titles, holders and sentences they become seats and can be stored', () => {
    const plan = attempt('seats', Papa.unparse([['title', 'holder', 'accountability'], ...strings.map(text => [text, text, text])]))
    expect(typeof plan).toBe('object')
    if (typeof plan === 'string')
      return
    expectEveryRow(plan)
    expectStorable(plan)
    expect(plan.seats.map(({ title }) => title)).toContain('<script>alert(123)</script>')
  })
})

describeWithRealData('every kind of CSV', () => {
  /** Its author's answer has another number than its author's file. */
  const disagrees = 'location_coordinates.csv'
  const unix = (text = '') => text.replaceAll('\r\n', '\n')

  it.each(realFiles('nasty-csv-spectrum', 'csvs').filter(name => name !== disagrees))('%s is read as its author says', (name) => {
    const expected = JSON.parse(realData('nasty-csv-spectrum', 'json', name.replace('.csv', '.json'))) as Record<string, string>[]
    const { header, rows } = readTable(realData('nasty-csv-spectrum', 'csvs', name))
    const read = rows.map(({ cells }) => Object.fromEntries(header.map((heading, index) => [heading, unix(cells[index])])))
    expect(read).toEqual(expected.map(row => Object.fromEntries(Object.entries(row).map(([heading, text]) => [heading, unix(text)]))))
  })

  it('bytes that are not UTF-8 leave the rest of the row as it is', () => {
    const { header, rows } = readTable(realData('nasty-csv-spectrum', 'csvs', disagrees))
    expect([header.length, rows.length, rows[0]?.cells[3]]).toEqual([4, 1, 'Stanislaus'])
  })
})

describeWithRealData('broken JSON', () => {
  it.each(realFiles('nasty-json', 'test_parsing'))('%s as a file is planned or refused', (name) => {
    const text = realData('nasty-json', 'test_parsing', name)
    recogniseFormat(name, text)
    for (const format of formats)
      expect(['object', 'string']).toContain(typeof attempt(format, text))
  })
})
