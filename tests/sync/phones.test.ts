import type { Fields } from '../../client/db/types.ts'
import type { Phone } from '../support/replica.ts'
import type { TestServer } from '../support/server.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cellKey } from '#shared/kpi/cell.ts'
import { sheetId } from '#shared/record/ids.ts'
import { aPerson } from '../support/person.ts'
import { agree, aMomentLater, aPhone, settled, until } from '../support/replica.ts'
import { startServer } from '../support/server.ts'

describe.each(['sqlite', 'postgres'] as const)('two phones of one company, on %s', (store) => {
  let server: TestServer
  let ada: Phone
  let ben: Phone

  beforeEach(async () => {
    server = await startServer({ store })
    const founder = aPerson(server)
    await founder.signUp()
    await founder.createOrg()
    const { token } = await founder.invite('manager', 'Ben')
    const second = aPerson(server)
    await second.join(token)
    ada = await aPhone(founder)
    ben = await aPhone(second)
    await Promise.all([settled(ada), settled(ben)])
  })
  afterEach(async () => {
    await ada.close()
    await ben.close()
    await server.close()
  })

  const aSeat = { kind: 'human' as const, title: 'Head of Sales', accountability: 'Keeps the order book full', reportsTo: undefined }
  const aKpi = (seat: string) => ({ seat, title: 'Bookings', unit: 'number' as const, decimals: 0, better: 'up' as const, cadence: 'week' as const, rollUp: 'sum' as const })

  const score = (phone: Phone, kpi: string, value: number) => {
    const cell = [cellKey('2026-W47', phone.member), { value, at: 1, source: 'hand' }]
    return phone.put('sheet', sheetId(kpi, '2026-Q4'), Object.fromEntries([cell]) as Fields<'sheet'>, { kpi, quarter: '2026-Q4' })
  }

  it('a record written on one is on the other', async () => {
    const seat = await ada.add('seat', { ...aSeat, holder: ben.member })
    await until(ben.one<'seat'>(seat), rec => rec?.d.title === 'Head of Sales')
    await settled(ada)
  })

  it('edits of different fields, made apart, are both kept', async () => {
    const seat = await ada.add('seat', { ...aSeat, holder: ben.member })
    await until(ben.one<'seat'>(seat), rec => rec !== undefined)
    await settled(ada)
    ada.offline()
    ben.offline()
    await ada.set<'seat'>(seat, { title: 'Sales' })
    await ben.set<'seat'>(seat, { responsibilities: 'Pipeline' })
    ben.online()
    ada.online()
    const [agreed] = await agree([ada, ben], { kind: 'seat' }, found => found[0]?.d.responsibilities === 'Pipeline' && found[0].d.title === 'Sales')
    expect(agreed?.d).toMatchObject({ title: 'Sales', responsibilities: 'Pipeline' })
  })

  it('of two edits of the same field, made apart, the newer stands and the other is offered to its author', async () => {
    const seat = await ada.add('seat', { ...aSeat, holder: ben.member })
    await until(ben.one<'seat'>(seat), rec => rec !== undefined)
    await settled(ada)
    ada.offline()
    ben.offline()
    await ada.set<'seat'>(seat, { title: 'Older' })
    await aMomentLater(ada)
    await ben.set<'seat'>(seat, { title: 'Newer' })
    ben.online()
    await settled(ben)
    ada.online()
    await agree([ada, ben], { kind: 'seat' }, found => found[0]?.d.title === 'Newer')
    const [kept] = await until(ada.kept, list => list.length > 0)
    expect(kept).toMatchObject({ reason: 'replaced', record: seat, fields: { title: 'Older' } })
  })

  it('both scores of one week are kept, whoever comes back first', async () => {
    const seat = await ada.add('seat', { ...aSeat, holder: ben.member })
    const kpi = await ada.add('kpi', aKpi(seat))
    await until(ben.one<'kpi'>(kpi), rec => rec !== undefined)
    ada.offline()
    ben.offline()
    await score(ada, kpi, 12)
    await score(ben, kpi, 15)
    ben.online()
    ada.online()
    const [sheet] = await agree([ada, ben], { kind: 'sheet' }, found => Object.keys(found[0]?.d ?? {}).length === 4)
    expect(Object.keys(sheet?.d ?? {}).filter(key => key.startsWith('cell/'))).toHaveLength(2)
  })

  it('a KPI, its seat and its first score made offline arrive in one go', async () => {
    ada.offline()
    const seat = await ada.add('seat', { ...aSeat, holder: ada.member })
    const kpi = await ada.add('kpi', aKpi(seat))
    await score(ada, kpi, 0)
    ada.online()
    await agree([ada, ben], { kind: 'sheet' }, found => found.length === 1)
    expect(await until(ada.kept, () => true)).toEqual([])
  })

  it('what the server refuses leaves the record as it was and stays with its author', async () => {
    const seat = await ada.add('seat', { ...aSeat, holder: ben.member })
    await until(ben.one<'seat'>(seat), rec => rec !== undefined)
    const team = await ben.add('team', { name: 'Ops' })
    const [kept] = await until(ben.kept, list => list.length > 0)
    expect(kept).toMatchObject({ reason: 'refused', record: team, refusal: { code: 'not-allowed' }, fields: { name: 'Ops' } })
    await until(ben.one<'team'>(team), rec => rec === undefined)
    await settled(ben)
  })

  it('a chart of three hundred seats written offline, children first, arrives whole', async () => {
    ada.offline()
    const ids = Array.from({ length: 300 }, (_, n) => `seat_${String(300 - n).padStart(9, '0')}aaaaaaaaaaaa`)
    const chart = ids.map((id, n) => ({ kind: 'seat' as const, id, body: { ...aSeat, title: `Seat ${n}`, holder: undefined, reportsTo: n === 0 ? undefined : ids[Math.floor((n - 1) / 3)] } }))
    await ada.addAll(chart.reverse())
    ada.online()
    await agree([ada, ben], { kind: 'seat' }, found => found.length === 300)
    expect(await until(ada.kept, () => true)).toEqual([])
  })
})
