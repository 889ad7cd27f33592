import type { AgentCompany } from '../support/agent.ts'
import type { TestServer } from '../support/server.ts'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anAgentCompany } from '../support/agent.ts'
import { startServer } from '../support/server.ts'
import { callerSource } from './caller.ts'
import { inTools, run } from './tools.ts'

const compilerOptions = { strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, noEmit: true, allowImportingTsExtensions: true, module: 'nodenext', target: 'es2023', lib: ['es2023', 'dom', 'dom.iterable'], types: [] }

describe('the OpenAPI document, read by others', () => {
  const folder = mkdtempSync(join(tmpdir(), 'otp-openapi-'))
  const at = (name: string) => join(folder, name)
  let server: TestServer
  let acme: AgentCompany
  let document: string
  beforeAll(async () => {
    server = await startServer()
    await server.store.accounts.putSetting('sign-up', 'open')
    acme = await anAgentCompany(server)
    document = await (await fetch(`${server.url}/api/openapi.json`)).text()
    writeFileSync(at('openapi.json'), document)
    writeFileSync(at('package.json'), '{ "type": "module" }')
    writeFileSync(at('tsconfig.json'), JSON.stringify({ compilerOptions, files: ['caller.ts', 'schema.ts'] }))
    writeFileSync(at('caller.ts'), callerSource)
    symlinkSync(inTools('node_modules'), at('node_modules'), 'junction')
  })
  afterAll(async () => {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('passes Redocly\'s recommended rules at their strictest, with no error and no warning', async () => {
    const { said, complained } = await run(inTools('lint.mjs'), [], { input: document })
    expect([JSON.parse(said), complained]).toEqual([[], ''])
  })

  it('the linter would have noticed', async () => {
    const { said } = await run(inTools('lint.mjs'), [], { input: document.replaceAll('"operationId":"raise_issue",', '').replace('"required":true', '"required":"yes"') })
    expect(JSON.parse(said)).toEqual(expect.arrayContaining([expect.objectContaining({ ruleId: 'operation-operationId' }), expect.objectContaining({ ruleId: 'struct' })]))
  })

  it('becomes a typed client that compiles in strict TypeScript and works with a key', async () => {
    const made = await run(inTools('node_modules', 'openapi-typescript', 'bin', 'cli.js'), [at('openapi.json'), '--output', at('schema.ts')])
    expect([made.code, made.complained]).toEqual([0, expect.not.stringContaining('rror')])
    const compiled = await run(join(import.meta.dirname, '..', '..', 'node_modules', 'typescript', 'bin', 'tsc'), ['--project', folder])
    expect([compiled.code, compiled.said]).toEqual([0, ''])
    const { said, complained } = await run(at('caller.ts'), [], { cwd: folder, env: { API: `${server.url}/api/v1`, KEY: await acme.newKey() } })
    expect(complained).toBe('')
    expect(JSON.parse(said)).toMatchObject({ stage: 'pilot', says: 'Meetings are booked', untrusted: true, mine: { kpi: acme.kpi, value: 12, changed: true, counts: true }, theirs: 'not-yours', raised: true, issues: ['Late'] })
  })
})
