import type { TestServer } from '../support/server.ts'
import type { Door } from './withKey.ts'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anAgentCompany } from '../support/agent.ts'
import { startServer } from '../support/server.ts'
import { notOurs, onlyRecommended } from './notOurs.ts'
import { inTools, run } from './tools.ts'
import { withKey } from './withKey.ts'

interface Check { scenario: string, id: string, status: 'SUCCESS' | 'FAILURE' | 'WARNING' | 'SKIPPED' | 'INFO', errorMessage?: string }

/** Scenarios that ask for nothing beyond the protocol, by version. */
const everyServers = {
  '2025-06-18': ['server-initialize', 'ping', 'tools-list'],
  '2025-11-25': ['server-initialize', 'ping', 'tools-list', 'dns-rebinding-protection'],
  '2026-07-28': ['server-stateless', 'tools-list', 'caching', 'http-header-validation', 'dns-rebinding-protection'],
}

describe('the MCP server under the protocol\'s own conformance suite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'otp-conformance-'))
  const found = new Map<string, Check[]>()
  let server: TestServer
  let door: Door
  beforeAll(async () => {
    server = await startServer({ limits: { key: [10_000, 60] } })
    await server.store.accounts.putSetting('sign-up', 'open')
    door = await withKey(server.url, await (await anAgentCompany(server)).newKey())
    for (const version of Object.keys(everyServers))
      found.set(version, await checksOf(version))
  })
  afterAll(async () => {
    await door.close()
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Every scenario there is for servers of a version, also those the suite would leave out. */
  async function checksOf(version: string): Promise<Check[]> {
    const results = join(folder, version)
    await run(inTools('node_modules', '@modelcontextprotocol', 'conformance', 'dist', 'index.js'), ['server', '--url', `${door.url}/mcp`, '--suite', 'all', '--spec-version', version, '--output-dir', results])
    return readdirSync(results).flatMap((name) => {
      const scenario = name.replace(/^server-/, '').replace(/-\d{4}-\d{2}-\d{2}T.*$/, '')
      return (JSON.parse(readFileSync(join(results, name, 'checks.json'), 'utf8')) as Check[]).map(check => ({ ...check, scenario }))
    })
  }

  describe.each(Object.entries(everyServers))('of %s', (version, scenarios) => {
    const checks = (status: Check['status']) => found.get(version)?.filter(check => check.status === status) ?? []

    it('passes what is asked of every server', () => {
      for (const scenario of scenarios)
        expect([scenario, checks('SUCCESS').some(check => check.scenario === scenario)]).toEqual([scenario, true])
      expect(new Set([...found.get(version) ?? []].map(check => check.scenario)).size).toBeGreaterThan(25)
    })

    it('fails nothing but what asks for features it does not declare', () => {
      const unexplained = checks('FAILURE').filter(({ id, errorMessage = '' }) => !notOurs.some(group => group.checks.includes(id) && group.says.test(errorMessage)))
      expect(unexplained.map(({ scenario, id, errorMessage }) => [scenario, id, errorMessage])).toEqual([])
    })

    it('is recommended nothing but what goes with sessions, streams and resources', () => {
      expect(checks('WARNING').map(({ id }) => id).filter(id => !onlyRecommended.includes(id))).toEqual([])
    })
  })

  const all = () => [...found.values()].flat()
  const idsOf = (checks: readonly Check[]) => [...new Set(checks.map(({ id }) => id))].sort()

  it.each(notOurs)('what is excused still fails: $why', ({ checks, says }) => {
    expect(idsOf(all().filter(({ id, status, errorMessage = '' }) => status === 'FAILURE' && checks.includes(id) && says.test(errorMessage)))).toEqual(checks)
  })

  it('what is left though recommended still is', () => {
    expect(idsOf(all().filter(({ status }) => status === 'WARNING'))).toEqual(onlyRecommended)
  })
})
