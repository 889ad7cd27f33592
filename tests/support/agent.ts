import type { Answer } from './browser.ts'
import type { TestPerson } from './person.ts'
import type { TestServer } from './server.ts'
import { createSync } from '../../server/sync/sync.ts'
import { writeAsServer } from '../../server/sync/writeAsServer.ts'
import { aBrowser } from './browser.ts'
import { aPerson } from './person.ts'

/** A plain program with a key and nothing else. */
export function anAgent(url: string, key: string) {
  const { headers, ...client } = aBrowser(url)
  Object.assign(headers, { authorization: `Bearer ${key}` })
  return { ...client, headers }
}

export interface AgentCompany {
  admin: TestPerson
  org: string
  member: string
  /** The agent's seat, in a team with the founder's. */
  seat: string
  kpi: string
  newKey: (more?: { label?: string, scope?: 'read' | 'all', seat?: string, by?: TestPerson }) => Promise<string>
}

export const aWeekly = (seat: string) => ({ seat, title: 'Number', unit: 'number', decimals: 0, better: 'up', cadence: 'week', rollUp: 'sum' })

/** A company with an agent's seat in a team, a weekly KPI of that seat, and one of the founder's. */
export async function anAgentCompany(server: Pick<TestServer, 'url' | 'store'>, now = Date.now): Promise<AgentCompany> {
  const admin = aPerson(server, { now })
  await admin.signUp()
  const { org, member } = await admin.createOrg()
  const seat = 'seat_scout'
  await taken(admin.write('seat', 'seat_lead', { kind: 'human', title: 'Lead', accountability: 'Sales grow', holder: member }))
  await taken(admin.write('seat', seat, { kind: 'agent', title: 'Scout', accountability: 'Meetings are booked', owner: member, stage: 'pilot', reportsTo: 'seat_lead' }))
  await asServer(server, org, seat, { authority: 'full' }, now)
  await taken(admin.write('team', 'team_sales', { 'name': 'Sales', 'seat/seat_lead': true, [`seat/${seat}`]: true }))
  await taken(admin.write('kpi', 'kpi_meetings', { ...aWeekly(seat), 'title': 'Meetings booked', 'goal/0': { kind: 'atLeast', target: 10 } }))
  await taken(admin.write('kpi', 'kpi_revenue', { ...aWeekly('seat_lead'), title: 'Revenue' }))
  const newKey: AgentCompany['newKey'] = async ({ label = 'test', scope = 'all', seat: of = seat, by = admin } = {}) =>
    String((await by.post(`/api/orgs/${org}/seats/${of}/keys`, { label, scope })).body.key)
  return { admin, org, member, seat, kpi: 'kpi_meetings', newKey }
}

/** The answer to the one row of a write that must have been taken. */
export async function taken(write: Promise<Answer>): Promise<void> {
  const { body } = await write
  const [row] = body.rows as { refused?: unknown, later?: unknown }[]
  if (!row || row.refused || row.later)
    throw new Error(`not taken: ${JSON.stringify(body)}`)
}

/** Sets fields of a seat past the rules of stages and authority, which are judged elsewhere. */
export async function asServer({ store }: Pick<TestServer, 'store'>, org: string, seat: string, set: Record<string, unknown>, now = Date.now): Promise<void> {
  await writeAsServer(createSync({ store, now }), org, seat, [{ kind: 'seat', id: seat, set }])
}
