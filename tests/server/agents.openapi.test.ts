import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operations } from '../../server/agents/operations.ts'
import { anAgent, anAgentCompany } from '../support/agent.ts'
import { startServer } from '../support/server.ts'

interface Schema { $ref?: string, type?: string | string[], required?: string[], properties?: Record<string, Schema>, items?: Schema, const?: unknown, enum?: unknown[], additionalProperties?: unknown }
interface Described { operationId: string, security?: object, parameters?: { name: string, in: string, required: boolean, schema: Schema }[], requestBody?: { content: Record<string, { schema: Schema }> }, responses: Record<string, { content: Record<string, { schema: Schema }> }> }
interface Document { openapi: string, paths: Record<string, Record<string, Described>>, components: { schemas: Record<string, Schema> }, servers: { url: string }[] }

describe('the OpenAPI document', async () => {
  const server = await startServer()
  const document = await (await fetch(`${server.url}/api/openapi.json`)).json() as Document
  beforeAll(() => server.store.accounts.putSetting('sign-up', 'open'))
  afterAll(() => server.close())

  it('names every operation once, with all its parts of the path', () => {
    expect(document.openapi).toBe('3.1.0')
    const described = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, { operationId, parameters = [] }]) => [operationId, method, path, parameters.filter(one => one.in === 'path' && one.required).map(({ name }) => `{${name}}`)]))
    expect(described.map(([id, method, path]) => [id, method, path]).sort()).toEqual(operations.map(({ name, method, path }) => [name, method, path]).sort())
    for (const [, , path, parts] of described)
      expect(String(path).match(/\{\w+\}/g) ?? []).toEqual(parts)
  })

  it('refers to nothing that is not in it, and leaves no trace of how it was made', () => {
    const text = JSON.stringify(document)
    for (const [, name = ''] of text.matchAll(/"\$ref":"([^"]+)"/g))
      expect(Object.keys(document.components.schemas).map(key => `#/components/schemas/${key}`)).toContain(name)
    expect(text).not.toMatch(/\$schema|\$defs|"\$id"/)
  })

  it('says of every operation how it is refused', () => {
    for (const { responses } of Object.values(document.paths).flatMap(methods => Object.values(methods))) {
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['200', '401', '403', '429']))
      expect(responses['403']?.content['application/problem+json']?.schema.$ref).toBe('#/components/schemas/Problem')
    }
  })

  it('describes the answers as they are', async () => {
    const acme = await anAgentCompany(server)
    const agent = anAgent(server.url, await acme.newKey())
    const year = new Date().getFullYear()
    const answers = {
      read_my_seat: await agent.get('/api/v1/seat'),
      report_score: await agent.put(`/api/v1/kpis/${acme.kpi}/scores/${year - 1}-W20`, { value: 3, evidence: 'CRM' }),
      raise_issue: await agent.post('/api/v1/issues', { title: 'Late' }),
      list_team_issues: await agent.get('/api/v1/issues'),
    }
    for (const [name, { status, body }] of Object.entries(answers)) {
      const schema = Object.values(document.paths).flatMap(methods => Object.values(methods)).find(({ operationId }) => operationId === name)?.responses['200']?.content['application/json']?.schema
      expect([name, status, misfits(body, schema ?? {}, name)]).toEqual([name, 200, []])
    }
    const { body } = await agent.get('/api/v1/nowhere')
    expect(misfits(body, { $ref: '#/components/schemas/Problem' }, 'problem')).toEqual([])
  })

  /** Where a value is not as the schema has it, as far as names, types and what is needed go. */
  function misfits(value: unknown, schema: Schema, at: string): string[] {
    if (schema.$ref)
      return misfits(value, document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, at)
    if (schema.enum && !schema.enum.includes(value))
      return [`${at} is ${String(value)}`]
    if (schema.type === 'array')
      return Array.isArray(value) ? value.flatMap((one, n) => misfits(one, schema.items ?? {}, `${at}[${n}]`)) : [`${at} is no list`]
    if (schema.type !== 'object')
      return fits(value, [schema.type ?? []].flat()) ? [] : [`${at} is ${typeof value}`]
    const held = value as Record<string, unknown>
    const missing = (schema.required ?? []).filter(field => held[field] === undefined)
    const unknown = Object.keys(held).filter(field => !schema.properties?.[field])
    return [...missing.map(field => `${at}.${field} is missing`), ...unknown.map(field => `${at}.${field} is unknown`), ...Object.entries(held).flatMap(([field, inner]) => misfits(inner, schema.properties?.[field] ?? {}, `${at}.${field}`))]
  }

  function fits(value: unknown, types: string[]): boolean {
    const is = value === null ? 'null' : typeof value
    return types.length === 0 || types.includes(is) || (types.includes('integer') && Number.isInteger(value))
  }
})
