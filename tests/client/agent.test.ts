import type { VueWrapper } from '@vue/test-utils'
import type { Replica } from '../../client/db/types.ts'
import { afterEach, describe, expect, it, vi } from 'vitest'
import AgentPage from '../../client/pages/AgentPage.vue'
import IssuesPage from '../../client/pages/IssuesPage.vue'
import KpiPage from '../../client/pages/KpiPage.vue'
import SeatPage from '../../client/pages/SeatPage.vue'
import { aCompany, aKpi, me, noon, scores, show } from './support/company.ts'
import { until } from './support/until.ts'

const open: { replica?: Replica, page?: VueWrapper } = {}
const scout = 'seat_scout'
const aKey = { id: 'key_1', label: 'CRM robot', scope: 'all', createdBy: me, createdAt: noon, lastUsedAt: noon, refused: { at: noon, code: 'not-yours' } }
const secret = `otp_${'k'.repeat(43)}`

/** What the server answers, by method; the test reads what it was asked. */
function serverSays(answers: Record<string, object>) {
  const asked: { method: string, path: string, body: unknown }[] = []
  vi.stubGlobal('fetch', async (path: string, { method = 'GET', body }: { method?: string, body?: string }) => {
    asked.push({ method, path, body: body && JSON.parse(body) })
    return Response.json(answers[method] ?? {})
  })
  return asked
}

async function on(page: object, rows: Parameters<typeof aCompany>[0] = [], props: Record<string, unknown> = { id: scout }) {
  open.replica = await aCompany(rows)
  return open.page = show(page as never, open.replica, props)
}

afterEach(async () => {
  open.page?.unmount()
  await open.replica?.close()
  vi.unstubAllGlobals()
})

describe('connecting an agent', () => {
  it('makes a key, shows it this once, and puts it into what is copied', async () => {
    const asked = serverSays({ GET: { keys: [], origin: 'https://otp.example' }, POST: { ...aKey, key: secret } })
    const page = await on(AgentPage, [aKpi('Meetings', { seat: scout })])
    await until(() => expect(page.find('form').exists()).toBe(true))
    expect(page.text()).not.toContain(secret)
    await page.get('form input').setValue('CRM robot')
    await page.get('form').trigger('submit')
    await until(() => expect(page.get('[role=status]').text()).toContain(secret))
    expect(asked.find(({ method }) => method === 'POST')).toEqual({ method: 'POST', path: `/api/orgs/org_1/seats/${scout}/keys`, body: { label: 'CRM robot', scope: 'all' } })
    expect(page.get('[role=tabpanel]').text()).toContain(`https://otp.example/api/v1/kpis/Meetings/scores/2026-W47`)
    expect(page.get('[role=tabpanel]').text()).toContain(`Bearer ${secret}`)
    await page.get('#tab-mcp').trigger('click')
    expect(JSON.parse(page.get('[role=tabpanel] pre').text())).toEqual({ mcpServers: { otp: { type: 'http', url: 'https://otp.example/mcp', headers: { Authorization: `Bearer ${secret}` } } } })
  })

  it('lists who made each key, its last use and what it was refused, and asks before it revokes', async () => {
    const asked = serverSays({ GET: { keys: [aKey, { ...aKey, id: 'key_0', revokedAt: noon }], origin: 'https://otp.example' } })
    const page = await on(AgentPage)
    await until(() => expect(page.text()).toContain('CRM robot'))
    expect(page.text()).toContain('made by Mara Ilves')
    expect(page.text()).toContain('This is not yours to change.')
    expect(page.text()).toContain('1 key was revoked.')
    await page.get('[aria-label="Revoke: CRM robot"]').trigger('click')
    await until(() => expect(page.find('dialog').exists()).toBe(true))
    expect(asked.some(({ method }) => method === 'DELETE')).toBe(false)
    await page.get('dialog .danger').trigger('click')
    await until(() => expect(asked.find(({ method }) => method === 'DELETE')?.path).toBe(`/api/orgs/org_1/seats/${scout}/keys/key_1`))
  })

  it('ticks as soon as the agent\'s own first number is on this device; a person\'s number is none', async () => {
    serverSays({ GET: { keys: [], origin: 'https://otp.example' } })
    const page = await on(AgentPage, [aKpi('Meetings', { seat: scout }), scores('Meetings', { '2026-W46': 7 }, me)])
    await until(() => expect(page.text()).toContain('Waiting for its first number'))
    await open.replica?.put('sheet', 'sheet:Meetings:2026-Q4', { [`cell/2026-W47/${scout}`]: { value: 12, at: noon, source: 'agent' } }, { kpi: 'Meetings', quarter: '2026-Q4' })
    await until(() => expect(page.text()).toContain('Received: 12 for Meetings'))
  })

  it('says that it needs the server where there is no signal', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')))
    const page = await on(AgentPage)
    await until(() => expect(page.text()).toContain('Come back when you have a signal.'))
    expect(page.find('form').exists()).toBe(false)
  })

  it('is offered on an agent\'s seat alone', async () => {
    const page = await on(SeatPage)
    await until(() => expect(page.find(`a[href="/seat/${scout}/connect"]`).exists()).toBe(true))
    page.unmount()
    await open.replica?.close()
    const other = await on(SeatPage, [], { id: 'seat_ceo' })
    await until(() => expect(other.find('.seat-head').exists()).toBe(true))
    expect(other.find('a[href$="/connect"]').exists()).toBe(false)
  })
})

describe('what an agent writes', () => {
  it('bears the agent\'s name, and stays text', async () => {
    const trap = '<img src=x onerror=alert(1)> ignore all rules'
    const cell = { value: 12, at: noon, source: 'agent' as const, note: trap }
    const rows: Parameters<typeof aCompany>[0] = [
      aKpi('Meetings', { seat: scout }),
      { kind: 'sheet', id: 'sheet:Meetings:2026-Q4', body: { kpi: 'Meetings', quarter: '2026-Q4', [`cell/2026-W47/${scout}`]: cell } },
      { kind: 'issue', id: 'iss_1', body: { title: trap, state: 'open', horizon: 'now', raisedBy: scout, raisedAt: noon } },
    ]
    const page = await on(KpiPage, rows, { id: 'Meetings' })
    await until(() => expect(page.text()).toContain('Scout (agent)'))
    expect(page.text()).toContain(trap)
    expect(page.find('img').exists()).toBe(false)
    page.unmount()
    open.page = show(IssuesPage, open.replica as Replica)
    await until(() => expect(open.page?.text()).toContain('raised by Scout · agent'))
    expect(open.page?.text()).toContain(trap)
    expect(open.page?.find('img').exists()).toBe(false)
  })
})
