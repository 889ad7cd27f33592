import type { Component } from 'vue'
import type { Bodies, Kind } from '#shared/record/envelope.ts'
import type { DatedGoal, Kpi } from '#shared/record/kpi.ts'
import type { Replica } from '../../../client/db/types.ts'
import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory'
import { shallowRef } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { quarterOf } from '#shared/kpi/quarter.ts'
import { sheetId } from '#shared/record/ids.ts'
import { replicaKey } from '../../../client/composables/useReplica.ts'
import { openReplica } from '../../../client/db/open.ts'

/** Wednesday of 2026-W47. */
export const noon = Date.UTC(2026, 10, 18, 12)
export const me = 'mem_mara'
type Row = { [K in Kind]: { kind: K, id: string, body: Bodies[K] } }[Kind]

/** A real replica in memory with no server to talk to, holding a company of two seats. */
export async function aCompany(more: readonly Row[] = []): Promise<Replica> {
  const replica = await openReplica({
    org: 'org_1',
    member: me,
    name: `alone-${crypto.randomUUID()}`,
    storage: getRxStorageMemory() as never,
    multiInstance: false,
    fetch: () => Promise.reject(new TypeError('offline')),
    wallClock: () => noon,
  })
  await replica.addAll([
    { kind: 'org', id: 'org_1', body: { name: 'Acme', timeZone: 'Europe/Berlin', weekStart: 1, yearStart: 1, currency: 'EUR', accountable: me } },
    { kind: 'member', id: me, body: { name: 'Mara Ilves', role: 'admin', state: 'active' } },
    { kind: 'member', id: 'mem_ana', body: { name: 'Ana Sol', role: 'member', state: 'active' } },
    { kind: 'seat', id: 'seat_ceo', body: { kind: 'human', title: 'CEO', accountability: 'The company goes well', holder: me } },
    { kind: 'seat', id: 'seat_scout', body: { kind: 'agent', title: 'Scout', accountability: 'Meetings are booked', owner: me, stage: 'production', authority: 'draft' } },
    ...more,
  ])
  return replica
}

/** A weekly KPI of the CEO's seat. */
export function aKpi(id: string, more: Partial<Kpi> = {}, goal: DatedGoal = { kind: 'atLeast', target: 30 }): Row {
  return { kind: 'kpi', id, body: { 'seat': 'seat_ceo', 'title': id, 'unit': 'number', 'decimals': 1, 'better': 'up', 'cadence': 'week', 'rollUp': 'sum', 'goal/0': goal, ...more } }
}

/** Scores of one KPI by period, all in the same quarter, by one writer. */
export function scores(kpi: string, values: Record<string, number>, writer = me): Row {
  const quarter = quarterOf(Object.keys(values)[0] ?? '')
  const cells = Object.fromEntries(Object.entries(values).map(([period, value]) => [`cell/${period}/${writer}`, { value, at: noon, source: 'hand' as const }]))
  return { kind: 'sheet', id: sheetId(kpi, quarter), body: { kpi, quarter, ...cells } }
}

/** The entry this person has in a cell. */
export async function myEntry(replica: Replica, kpi: string, period: string) {
  return (await replica.get<'sheet'>(sheetId(kpi, quarterOf(period))))?.d[`cell/${period}/${me}`]
}

/** A page or component over an open replica, with a router that knows every path. */
export function show(component: Component, replica: Replica, props: Record<string, unknown> = {}) {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)*', component: { template: '<i />' } }] })
  return mount(component, { attachTo: document.body, props, global: { plugins: [createPinia(), router], provide: { [replicaKey as symbol]: shallowRef(replica) } } })
}
