import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { specs } from '#shared/record/specs.ts'
import { pullSchema, pushSchema } from '#shared/sync/protocol.ts'
import { protocol } from '#shared/sync/version.ts'

const root = join(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const spec = read('shared/sync/SPEC.md')
const ids = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, id]) => id ?? '')
const testsIn = (folder: string) => readdirSync(join(root, folder)).filter(name => name.endsWith('.test.ts')).map(name => `${folder}/${name}`)

describe('the rules of the sync', () => {
  const rules = ids(spec, /^- \*\*\[([A-Z]\d+)\]\*\*/gm)
  const titled = ['tests/sync', 'tests/server', 'tests/shared/sync'].flatMap(testsIn).flatMap(file => ids(read(file), /\('\[([A-Z]\d+)\] /g))

  it('[W1] each has a test, and each id in a test\'s title is a rule', () => {
    expect(rules.length).toBeGreaterThan(60)
    expect(new Set(rules).size).toBe(rules.length)
    expect(rules.filter(id => !titled.includes(id))).toEqual([])
    expect(titled.filter(id => !rules.includes(id))).toEqual([])
  })

  it('[W2] a changed shape of a record or a message has a new version, with a line in the history', () => {
    const known = JSON.parse(read('tests/fixtures/wire.json')) as Record<string, string>
    expect(known).toMatchObject({ [protocol]: shapeOfWire() })
    expect(spec).toMatch(new RegExp(`^- ${protocol}: \\S`, 'm'))
    expect(Math.max(...Object.keys(known).map(Number))).toBe(protocol)
  })
})

function shapeOfWire(): string {
  const shape = (schema: z.ZodType) => z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' })
  const records = Object.entries(specs).map(([kind, { fields, families }]) => [
    kind,
    Object.entries(fields).map(([field, schema]) => [field, shape(schema as z.ZodType)]),
    Object.entries(families).map(([family, schema]) => [family, shape(schema)]),
  ])
  return createHash('sha256').update(JSON.stringify([records, shape(pushSchema), shape(pullSchema)])).digest('hex').slice(0, 16)
}
