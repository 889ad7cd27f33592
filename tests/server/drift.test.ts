import type { Bench, Company } from './commitBench.ts'
import { describe, expect, it } from 'vitest'
import { driftId } from '#shared/record/ids.ts'
import { aKpi, anIssue, aSeat, codes, eachCompany, stores } from './commitBench.ts'

const id = driftId('kpi_1', '2026-W47')
const aDraft = (more: object = {}) => anIssue('kpi_1', { kpi: 'kpi_1', seat: 's1', draft: true, ...more })

describe.each(stores)('the draft of a drift, on %s', (kind) => {
  let bench: Bench
  let acme: Company
  eachCompany(kind, async (company, on) => {
    acme = company
    bench = on
    await acme.ada.write('seat', 's0', aSeat({ holder: 'ben' }))
    await acme.ada.write('seat', 's1', aSeat({ holder: 'cleo', reportsTo: 's0' }))
    await acme.ada.write('kpi', 'kpi_1', aKpi('s1'))
  })

  it('is written by who holds its seat, by a manager above it, by an admin, and by nobody else', async () => {
    const other = acme.device('dora', 'member')
    const at = (week: number) => driftId('kpi_1', `2026-W${week}`)
    expect(codes([
      await acme.cleo.write('issue', at(41), aDraft()),
      await acme.ben.write('issue', at(42), aDraft()),
      await acme.ada.write('issue', at(43), aDraft()),
      await other.write('issue', at(44), aDraft()),
      await acme.vera.write('issue', at(45), aDraft()),
      await acme.cleo.write('kpi', 'kpi_2', aKpi('s0')),
    ])).toEqual([undefined, undefined, undefined, 'not-allowed', 'not-allowed', 'not-allowed'])
  })

  it('[R7] has the id of its own KPI and a period, which no other record has', async () => {
    expect(codes([
      await acme.cleo.write('issue', driftId('kpi_2', '2026-W47'), aDraft()),
      await acme.cleo.write('issue', driftId('kpi_1', '2026-W60'), aDraft()),
      await acme.cleo.write('issue', id, aDraft({ raisedBy: 'cleo' })),
      await acme.cleo.write('issue', 'issue:other:kpi_1:2026-W47', anIssue('cleo')),
      await acme.cleo.write('issue', `${id}:more`, aDraft()),
      await acme.cleo.write('todo', id, { title: 'Mine', owner: 'cleo', asker: 'cleo', askedAt: 1, due: '2026-11-29', state: 'open' }),
      await acme.cleo.write('issue', 'iss_1', anIssue('cleo', { draft: true })),
    ])).toEqual(['wrong-id', 'wrong-id', 'wrong-id', 'wrong-id', 'wrong-id', 'wrong-id', 'bad-value'])
  })

  it('waits for its KPI like any child', async () => {
    expect(await acme.ada.write('issue', driftId('kpi_9', '2026-W47'), aDraft({ kpi: 'kpi_9', raisedBy: 'kpi_9' }))).toMatchObject({ later: true })
  })

  it('[M12] is noticed by several and is one: the first stands whole, and nobody hears of a loss', async () => {
    await acme.cleo.write('issue', id, aDraft())
    const head = await acme.head()
    bench.time.now += 1000
    const again = await acme.ben.write('issue', id, aDraft({ title: 'Sale', raisedAt: 2, detail: '▼' }))
    expect(again).toMatchObject({ id, doc: { d: { title: 'Late parts', raisedAt: 1 } } })
    expect(again).not.toHaveProperty('refused')
    expect(again).not.toHaveProperty('replaced')
    expect(await acme.head()).toBe(head)
    expect(await acme.changes(id)).toHaveLength(1)
  })

  it.each(['before', 'after'])('[M12] what a person did with theirs %s another noticed it stands, in either order of arrival', async (order) => {
    for (const confirmedFirst of [true, false]) {
      const here = driftId('kpi_1', confirmedFirst ? '2026-W10' : '2026-W11')
      const draft = (by: Company['ada']) => {
        bench.time.now += 1000
        return by.patch('issue', here, aDraft())
      }
      const early = draft(acme.ben)
      const mine = draft(acme.cleo)
      bench.time.now += 1000
      const v = acme.cleo.clock.next(mine.v)
      const confirmed: typeof mine = { ...mine, v, set: { ...mine.set, draft: [null, v], title: ['Orders are late', v] } }
      const theirs = order === 'before' ? draft(acme.ben) : early
      await (confirmedFirst ? acme.cleo.send(confirmed) : acme.ben.send(theirs))
      const last = await (confirmedFirst ? acme.ben.send(theirs) : acme.cleo.send(confirmed))
      expect(last.refused).toBeUndefined()
      const body = (await acme.doc(here))?.body
      expect(body).toEqual(anIssue('kpi_1', { kpi: 'kpi_1', seat: 's1', title: 'Orders are late' }))
    }
  })

  it('is confirmed, or dismissed with a reason, by whoever may keep issues', async () => {
    await acme.cleo.write('issue', id, aDraft())
    const base = async () => (await acme.doc(id))?.v ?? ''
    expect(codes([
      await acme.vera.write('issue', id, { dismissed: 'Known' }, { base: await base() }),
      await acme.ben.write('issue', id, { dismissed: ' ' }, { base: await base() }),
      await acme.ben.write('issue', id, { dismissed: 'A holiday week' }, { base: await base() }),
    ])).toEqual(['not-allowed', 'bad-value', undefined])
    await acme.cleo.write('issue', id, { draft: null, dismissed: null }, { base: await base() })
    expect((await acme.doc(id))?.body).toEqual(anIssue('kpi_1', { kpi: 'kpi_1', seat: 's1' }))
  })
})
