import type { Collection } from '#shared/record/envelope.ts'
import type { Page, WireDoc } from '#shared/sync/wire.ts'
import type { Bench, Company } from './commitBench.ts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellKey } from '#shared/kpi/cell.ts'
import { recentQuarters } from '#shared/kpi/quarter.ts'
import { sheetId } from '#shared/record/ids.ts'
import { addToDigest, emptyDigest } from '#shared/sync/digest.ts'
import { digest, pull } from '../../server/sync/pull.ts'
import { aKpi, anIssue, aSeat, eachCompany, stores } from './commitBench.ts'

const quarters = ['2024-Q3', '2025-Q4', '2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4'] as const
const weeks: Record<string, string> = { '2024-Q3': '2024-W30', '2025-Q4': '2025-W44', '2026-Q1': '2026-W02', '2026-Q2': '2026-W20', '2026-Q3': '2026-W30', '2026-Q4': '2026-W45' }

describe.each(stores)('filling a new replica, on %s', (kind) => {
  let bench: Bench
  let acme: Company
  eachCompany(kind, (company, on) => {
    acme = company
    bench = on
  })

  const score = (kpi: string, quarter: string, value: number) => acme.ada.write('sheet', sheetId(kpi, quarter), { kpi, quarter, [cellKey(weeks[quarter] ?? '', 'ada')]: { value, at: 1, source: 'hand' } })
  /** Four seats, cleo's own among them, a KPI each, with a score in every quarter. */
  async function aHistory() {
    for (const seat of ['s1', 's2', 's3', 's4']) {
      await acme.ada.write('seat', seat, aSeat(seat === 's3' ? { holder: 'cleo' } : {}))
      await acme.ada.write('kpi', `k-${seat}`, aKpi(seat))
      for (const quarter of quarters)
        await score(`k-${seat}`, quarter, 1)
    }
    await acme.ada.write('team', 't1', { 'name': 'Field', 'seat/s3': true, 'seat/s1': true })
  }

  interface State { seq: number, fill?: string | undefined, later?: boolean | undefined }
  async function step(collection: Collection, state: State, limit: number): Promise<{ page: Page, next: State }> {
    const answer = await pull(bench.deps, acme.cleo.actor, { epoch: '', limit, since: { [collection]: state.seq }, ...state.fill !== undefined && { fill: { [collection]: state.fill } } })
    const page = answer.reset ? undefined : answer.pages[collection]
    if (!page)
      throw new Error('no page')
    return { page, next: { seq: page.seq, fill: page.fill?.at, later: page.fill?.later } }
  }

  /** Everything in the order it comes, and what `between` does while it comes. */
  async function fillAll(collection: Collection, limit: number, between: () => Promise<unknown> = async () => {}) {
    const docs: WireDoc[] = []
    let state: State = { seq: 0, fill: '' }
    const usableAfter: number[] = []
    for (let page: Page | undefined; !page || page.full || state.fill !== undefined;) {
      await between()
      const taken = await step(collection, state, limit)
      ;({ page, next: state } = taken)
      docs.push(...page.docs)
      if (state.later)
        usableAfter.push(docs.length)
    }
    return { docs, usableAfter: usableAfter[0] }
  }

  const newest = (docs: readonly WireDoc[]) => Object.fromEntries(docs.map(doc => [doc.id, doc]))
  const whole = async (collection: Collection) => newest((await acme.cleo.pull()).filter(doc => (doc.kind === 'sheet') === (collection === 'scores')))

  it('[L10] the first page of records holds the person\'s own seats, their teams\' and the KPIs of both', async () => {
    await aHistory()
    const { page } = await step('records', { seq: 0, fill: '' }, 500)
    expect(page.docs.map(doc => doc.id).sort()).toEqual([acme.org, 'cleo', 's1', 's3', 't1', 'k-s1', 'k-s3'].sort())
  })

  it('[L10] scores come as the team\'s newest, then the newest 26 weeks, then the rest, newest first', async () => {
    await aHistory()
    const { docs, usableAfter } = await fillAll('scores', 5)
    const recent = new Set(recentQuarters('2026-11-18'))
    const first = docs.slice(0, 6).map(doc => doc.id)
    expect(new Set(first)).toEqual(new Set(['k-s1', 'k-s3'].flatMap(kpi => ['2026-Q4', '2026-Q3', '2026-Q2'].map(quarter => sheetId(kpi, quarter)))))
    const rest = docs.slice(6).map(doc => String(doc.d.quarter))
    const order = ['2026-Q4', '2026-Q3', '2026-Q2', '2026-Q1', '2025-Q4', '2024-Q3']
    expect(rest).toEqual(order.flatMap(quarter => Array.from({ length: 4 }).fill(quarter)))
    expect(docs.slice(0, usableAfter).filter(doc => !recent.has(String(doc.d.quarter)))).toEqual([])
    expect(usableAfter).toBe(18)
  })

  it('[L10] whatever changes while it is filled, a replica ends with everything in its newest form and nothing goes back', async () => {
    await aHistory()
    let value = 1
    const { docs } = await fillAll('scores', 3, async () => {
      value++
      await score(`k-s${(value % 4) + 1}`, quarters[value % quarters.length] ?? '', value)
      if (value < 6)
        await score('k-s2', quarters[value] ?? '', value)
    })
    expect(newest(docs)).toEqual(await whole('scores'))
    const versions = new Map<string, string>()
    for (const doc of docs) {
      expect(doc.v >= (versions.get(doc.id) ?? '')).toBe(true)
      versions.set(doc.id, doc.v)
    }
    expect(newest((await fillAll('records', 4)).docs)).toEqual(await whole('records'))
  })

  it('[L9] the digest that is kept is the digest of what a member holds, whatever is written', async () => {
    const device = () => [acme.ada, acme.ben, acme.cleo]
    await aHistory()
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.nat(2), fc.nat(5), fc.nat(3)), { minLength: 1, maxLength: 8 }), async (writes) => {
      for (const [who, what, which] of writes) {
        const writer = device()[who] ?? acme.ada
        await [
          () => writer.write('issue', `i-${which}`, anIssue(writer.actor.member, { title: `${who}${what}` })),
          () => score(`k-s${which + 1}`, '2026-Q4', who * 10 + what),
          () => writer.write('kpi', `k-s${which + 1}`, { title: `${who}` }),
          () => writer.write('seat', 's3', { accountability: `${which}` }),
          () => acme.asServer('member', 'vera', { name: `Vera ${which}` }),
          () => writer.sendAll([0, 1, 2].map(n => writer.patch('issue', `i-${n}`, anIssue(writer.actor.member, { detail: `${which}` })))),
        ][what]?.()
      }
      for (const { actor, pull: all } of device()) {
        const held = { records: emptyDigest(), scores: emptyDigest() }
        for (const doc of await all())
          doc.deleted || addToDigest(held[doc.kind === 'sheet' ? 'scores' : 'records'], doc.id, doc.v)
        expect((await digest(bench.deps, actor)).digests).toEqual(held)
      }
    }), { numRuns: 12 })
  })
})
