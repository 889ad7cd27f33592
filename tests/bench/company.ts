import type { Kind } from '#shared/record/envelope.ts'
import type { TestPerson } from '../support/person.ts'
import { cellKey } from '#shared/kpi/cell.ts'
import { isoCalendar, lastPeriods } from '#shared/kpi/period.ts'
import { quarterOf } from '#shared/kpi/quarter.ts'
import { sheetId } from '#shared/record/ids.ts'
import { makeStamp } from '#shared/sync/stamp.ts'

export interface Row { kind: Kind, id: string, set: Record<string, unknown> }
export interface CompanySize { seats: number, kpisPerSeat: number, weeks: number }

/** A company's year: 250 seats, 1,250 KPIs, 52 weeks of scores. */
export const aYear: CompanySize = { seats: 250, kpisPerSeat: 5, weeks: 52 }

/** The rows of a company of this size, parents first; every score by `writer`. */
export function companyRows({ seats, kpisPerSeat, weeks }: CompanySize, writer: string, thisWeek: string): Row[] {
  const periods = lastPeriods(thisWeek, weeks, isoCalendar)
  const quarters = Map.groupBy(periods, quarterOf)
  return Array.from({ length: seats }, (_, n) => n).flatMap((n) => {
    const seat = `seat_${n}`
    const kpis = Array.from({ length: kpisPerSeat }, (_, k) => `kpi_${n}_${k}`)
    return [
      { kind: 'seat' as const, id: seat, set: { kind: 'human', title: `Seat ${n}`, accountability: `Answers for part ${n}`, ...n > 0 && { reportsTo: `seat_${Math.floor((n - 1) / 6)}` }, ...n < 3 && { holder: writer } } },
      ...kpis.map(id => ({ kind: 'kpi' as const, id, set: { 'seat': seat, 'title': `Number ${id}`, 'unit': 'number', 'decimals': 0, 'better': 'up', 'cadence': 'week', 'rollUp': 'sum', 'goal/0': { kind: 'atLeast', target: 50 } } })),
      ...kpis.flatMap(kpi => [...quarters].map(([quarter, some]) => ({
        kind: 'sheet' as const,
        id: sheetId(kpi, quarter),
        set: { kpi, quarter, ...Object.fromEntries(some.map((period, at) => [cellKey(period, writer), { value: (n * 7 + at * 13) % 100, at: 1, source: 'hand' }])) },
      }))),
    ]
  })
}

/** Whoever can push: a person in the company they act in, or {@link inOrg}. */
export type Pusher = Pick<TestPerson, 'post'>

/** A person in one of several companies, whichever they act in otherwise. */
export function inOrg(person: TestPerson, { org, member }: { org: string, member: string }): Pusher {
  const headers = { 'x-org': org, 'x-member': member, 'content-type': 'application/json' }
  return {
    post: async (path, body) => {
      const response = await person.fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })
      return { status: response.status, body: await response.json() as Record<string, unknown>, headers: response.headers }
    },
  }
}

/** Pushes rows in batches; answers how many rows a second were durable. */
export async function pushAll(person: Pusher, rows: readonly Row[], batch = 100): Promise<number> {
  const started = performance.now()
  for (let at = 0; at < rows.length; at += batch)
    await pushRows(person, rows.slice(at, at + batch))
  return rows.length / (performance.now() - started) * 1000
}

export async function pushRows(person: Pusher, rows: readonly Row[]): Promise<void> {
  const stamped = rows.map(({ kind, id, set }) => {
    const v = makeStamp(Date.now(), Math.floor(Math.random() * 46_000), 'bench0')
    return { kind, id, v, base: '', set: Object.fromEntries(Object.entries(set).map(([field, value]) => [field, [value, v]])) }
  })
  const { status, body } = await person.post('/api/sync/push', { rows: stamped })
  const refused = status === 200 ? (body.rows as { refused?: unknown, later?: true }[]).find(row => row.refused || row.later) : body
  if (refused)
    throw new Error(`push was not taken: ${status} ${JSON.stringify(refused)}`)
}

export function anIssue(raisedBy: string): Row {
  return { kind: 'issue', id: `iss_${crypto.randomUUID()}`, set: { title: 'An issue of the usual length', state: 'open', horizon: 'now', raisedBy, raisedAt: 1 } }
}
