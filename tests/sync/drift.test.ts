import type { Fields, Rec } from '../../client/db/types.ts'
import type { Phone } from '../support/replica.ts'
import type { TestServer } from '../support/server.ts'
import { firstValueFrom } from 'rxjs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { draftOf } from '#shared/drift/draft.ts'
import { driftsOf } from '#shared/drift/runs.ts'
import { watchedCells } from '#shared/drift/watch.ts'
import { cellKey } from '#shared/kpi/cell.ts'
import { dueTimes } from '#shared/kpi/due.ts'
import { isoCalendar } from '#shared/kpi/period.ts'
import { driftId, sheetId } from '#shared/record/ids.ts'
import { noticeDrift } from '../../client/composables/noticeDrift.ts'
import { aPerson } from '../support/person.ts'
import { agree, aPhone, settled, until } from '../support/replica.ts'
import { startServer } from '../support/server.ts'

const quarter = '2026-Q4'
const weeks = ['2026-W42', '2026-W43', '2026-W44', '2026-W45', '2026-W46']

describe('a drift that two phones notice apart', () => {
  let server: TestServer
  let ada: Phone
  let ben: Phone
  let kpi: string

  beforeEach(async () => {
    server = await startServer({ store: 'sqlite' })
    const founder = aPerson(server)
    await founder.signUp()
    await founder.createOrg()
    const { token } = await founder.invite('manager', 'Ben')
    const second = aPerson(server)
    await second.join(token)
    ada = await aPhone(founder)
    ben = await aPhone(second)
    await Promise.all([settled(ada), settled(ben)])
    const seat = await ada.add('seat', { kind: 'human', title: 'Sales', accountability: 'Orders come in', holder: ben.member })
    kpi = await ada.add('kpi', { seat, 'title': 'Bookings', 'unit': 'number', 'decimals': 0, 'better': 'up', 'cadence': 'week', 'rollUp': 'sum', 'goal/0': { kind: 'atLeast', target: 10 } })
    const cells = Object.fromEntries([12, 11, 9, 8, 7].map((value, n) => [cellKey(weeks[n] ?? '', ada.member), { value, at: 1, source: 'hand' as const }]))
    await ada.put('sheet', sheetId(kpi, quarter), cells as unknown as Fields<'sheet'>, { kpi, quarter })
    await agree([ada, ben], { kind: 'sheet' }, found => found.length === 1)
    await until(ben.one<'kpi'>(kpi), rec => rec !== undefined)
    await Promise.all([settled(ada), settled(ben)])
  })
  afterEach(async () => {
    await ada.close()
    await ben.close()
    await server.close()
  })

  /** What a phone sees when it looks at its own copy. */
  async function notice(phone: Phone, title = 'Bookings off track'): Promise<void> {
    const sheets = await firstValueFrom(phone.find({ kind: 'sheet', parent: kpi }))
    const body = (await phone.get<'kpi'>(kpi) as Rec<'kpi'>).d
    const cells = watchedCells({ id: kpi, kpi: body, sheets: sheets.map(({ d }) => d), current: '2026-W47', calendar: isoCalendar, isAgent: () => false, agentSeat: false, dueAt: dueTimes(isoCalendar), now: Date.UTC(2026, 10, 16) })
    const drafts = driftsOf(body, cells).map(({ at }) => draftOf({ id: kpi, kpi: body, cells, at, title, team: undefined, calendar: isoCalendar }))
    await noticeDrift(phone, drafts)
  }
  const issues = (fits: (found: readonly Rec<'issue'>[]) => boolean = () => true) => agree([ada, ben], { kind: 'issue' }, found => found.length === 1 && fits(found))
  const apart = () => [ada, ben].forEach(phone => phone.offline())
  const together = () => [ada, ben].forEach(phone => phone.online())
  const nothingKept = async () => expect([await until(ada.kept, () => true), await until(ben.kept, () => true)]).toEqual([[], []])

  it('[M12] is one draft on both, the same as either wrote, with nothing to settle', async () => {
    apart()
    await Promise.all([notice(ada), notice(ada), notice(ben)])
    const written = (await ben.get<'issue'>(driftId(kpi, '2026-W46')))?.d
    together()
    const [found] = await issues()
    expect(found?.id).toBe(driftId(kpi, '2026-W46'))
    expect(found?.d).toEqual(written)
    expect(found?.d.detail).toContain('✓ ✓ ▼ ▼ ▼')
    await nothingKept()
    await Promise.all([notice(ada), notice(ben)])
    await Promise.all([settled(ada), settled(ben)])
    await issues()
  })

  it.each(['who noticed', 'who confirmed'])('[M12] stays confirmed by who confirmed it apart, in whatever words it was noticed, where %s comes back first', async (first) => {
    apart()
    await notice(ben)
    await ben.set<'issue'>(driftId(kpi, '2026-W46'), { draft: null })
    await notice(ada, 'Buchungen')
    const [one, other] = first === 'who noticed' ? [ada, ben] : [ben, ada]
    one.online()
    await settled(one)
    other.online()
    await issues(([found]) => found !== undefined && !found.d.draft)
    await nothingKept()
  })
})
