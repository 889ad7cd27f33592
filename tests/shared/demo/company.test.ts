import type { DemoRow } from '#shared/demo/company.ts'
import type { Status } from '#shared/kpi/status.ts'
import type { Known } from '#shared/lifecycle/around.ts'
import type { Bodies, Body, Doc, Kind } from '#shared/record/envelope.ts'
import type { Sheet } from '#shared/record/sheet.ts'
import { describe, expect, it } from 'vitest'
import { seatGaps } from '#shared/chart/gaps.ts'
import { stageOf } from '#shared/chart/owner.ts'
import { refuseSeat } from '#shared/chart/refuse.ts'
import { buildChart, walk } from '#shared/chart/tree.ts'
import { demoCompany } from '#shared/demo/company.ts'
import { demoRemoval } from '#shared/demo/removal.ts'
import { refuseDelivery } from '#shared/handoff/refuse.ts'
import { standingOf } from '#shared/handoff/state.ts'
import { cellEntries, periodsIn } from '#shared/kpi/cell.ts'
import { dueTimes, slotsOf } from '#shared/kpi/due.ts'
import { lastPeriods, periodOf } from '#shared/kpi/period.ts'
import { quarterOf } from '#shared/kpi/quarter.ts'
import { scorecardLength, scoreRow } from '#shared/kpi/scorecard.ts'
import { localDate } from '#shared/kpi/zone.ts'
import { aroundSeat } from '#shared/lifecycle/around.ts'
import { skipsRung } from '#shared/lifecycle/authority.ts'
import { funnelOf, heldBack } from '#shared/lifecycle/funnel.ts'
import { isFlagged, lightsOf } from '#shared/lifecycle/lights.ts'
import { canMove, inOrder } from '#shared/lifecycle/moves.ts'
import { daysOverdue } from '#shared/lifecycle/review.ts'
import { indexOf, needs } from '#shared/record/envelope.ts'
import { sheetId } from '#shared/record/ids.ts'
import { missingField, refuseField } from '#shared/record/specs.ts'

const member = 'mem_me'
const me: Bodies['member'] = { name: 'Ada Bloom', role: 'admin', state: 'active' }
const calendars = [
  { timeZone: 'Europe/Berlin', weekStart: 1, yearStart: 1 },
  { timeZone: 'America/Los_Angeles', weekStart: 0, yearStart: 4 },
  { timeZone: 'Pacific/Auckland', weekStart: 6, yearStart: 7 },
]
const moments = ['2026-11-22T16:00:00Z', '2027-01-01T00:30:00Z', '2024-02-29T12:00:00Z', '2026-11-23T00:10:00Z'].map(text => Date.parse(text))

function aDemo(now = moments[0] ?? 0, calendar = calendars[0] ?? { timeZone: 'UTC', weekStart: 1, yearStart: 1 }) {
  const made: Kind[] = []
  const rows = demoCompany({ now, newId: kind => `${kind}_${made.push(kind)}`, member, calendar })
  const of = <K extends Kind>(kind: K) => rows.filter((row): row is Extract<DemoRow, { kind: K }> => row.kind === kind)
  const seats = new Map(of('seat').map(({ id, body }) => [id, body]))
  const members = new Map([[member, me], ...of('member').map(({ id, body }) => [id, body] as const)])
  const sheets = new Map<string, Sheet>(of('sheet').map(({ id, body }) => [id, body]))
  const period = periodOf('week', localDate(now, calendar.timeZone), calendar)
  const lookup = { seat: (id: string) => seats.get(id), member: (id: string) => members.get(id) }
  const isAgent = (id: string) => seats.get(id)?.kind === 'agent'
  const score = ({ id, body: kpi }: Extract<DemoRow, { kind: 'kpi' }>) => ({
    kpi,
    ...scoreRow({
      kpi,
      sheetOf: quarter => sheets.get(sheetId(id, quarter)),
      periods: lastPeriods(period, scorecardLength, calendar),
      calendar,
      isAgent,
      agentSeat: isAgent(kpi.seat),
      dueAt: dueTimes(calendar, slotsOf(kpi.seat, of('team').map(({ body }) => body))),
      now,
    }),
  })
  const statuses = (title: string): Status[] => of('kpi').filter(({ body }) => body.title === title).flatMap(row => score(row).cells.map(({ status }) => status))
  return { rows, of, seats, sheets, lookup, isAgent, period, calendar, now, scored: of('kpi').map(score), statuses }
}

const everywhere = calendars.flatMap(calendar => moments.map(now => ({ zone: calendar.timeZone, at: new Date(now).toISOString(), now, calendar })))
const asDocs = (rows: readonly DemoRow[]): Doc[] => rows.map(({ kind, id, body }) => ({ id, kind, v: '1', ...indexOf(kind, body as unknown as Body), d: body }) as Doc)

describe('the demo company', () => {
  it.each(everywhere)('can be stored, every record marked and after what it needs ($zone, $at)', ({ now, calendar }) => {
    const seen = new Set([member])
    for (const { kind, id, body } of aDemo(now, calendar).rows) {
      expect(missingField(kind, { ...body })).toBeUndefined()
      expect(Object.entries(body).filter(([field, value]) => refuseField(kind, field, value))).toEqual([])
      expect(body).toMatchObject({ demo: true })
      expect(needs(kind, { ...body }).filter(needed => !seen.has(needed))).toEqual([])
      seen.add(id)
    }
  })

  it('eight people’s seats and eight agents, in every stage, on one chart', () => {
    const { seats, lookup } = aDemo()
    const chart = buildChart([...seats].map(([id, seat]) => ({ id, ...seat })))
    expect([chart.roots.length, chart.unplaced.length, [...walk(chart.roots)].length]).toEqual([1, 0, 16])
    const stages = (kind: string) => [...seats].filter(([, seat]) => seat.kind === kind).map(([, seat]) => stageOf(seat, lookup))
    expect(stages('agent').sort()).toEqual(['paused', 'pilot', 'pilot', 'planned', 'production', 'production', 'production', 'retired'])
    expect(stages('human').sort()).toEqual(['planned', ...Array.from({ length: 7 }).fill('production')])
  })

  it('the chart accepts every seat, and only a missing number is a gap', () => {
    const { seats, lookup } = aDemo()
    for (const [id, seat] of seats) {
      expect(refuseSeat({ id, seat, lookup })).toBeUndefined()
      expect(seatGaps(id, lookup, true)).toEqual([])
    }
  })

  it('the signed-in member holds the top seat; nobody else has an account', () => {
    const { of, seats } = aDemo()
    expect([...seats.values()].filter(seat => !seat.reportsTo).map(seat => seat.holder)).toEqual([member])
    expect(new Set(of('member').map(({ body }) => `${body.role} ${body.state}`))).toEqual(new Set(['member invited']))
  })

  it('two teams meet, each led by a seat in it', () => {
    const teams = aDemo().of('team').map(({ body }) => body)
    expect(teams.map(team => [team.slot !== undefined, team[`seat/${team.lead}`]])).toEqual([[true, true], [true, true]])
  })

  it.each(everywhere)('five of the signed-in member’s eight numbers are in this week ($zone, $at)', ({ now, calendar }) => {
    const { scored, seats } = aDemo(now, calendar)
    const mine = scored.filter(({ kpi }) => [seats.get(kpi.seat)?.holder, seats.get(kpi.seat)?.owner].includes(member))
    expect([mine.filter(({ cells }) => cells.at(-1)?.entry).length, mine.length]).toEqual([5, 8])
  })

  it.each(everywhere)('one KPI is red three weeks running ($zone, $at)', ({ now, calendar }) => {
    const { scored } = aDemo(now, calendar)
    expect(scored.filter(({ streak }) => streak === 3).map(({ kpi }) => kpi.title)).toEqual(['Bicycles ordered'])
  })

  it('an agent at work has said nothing for four weeks', () => {
    const { scored, seats, statuses } = aDemo()
    const silent = scored.filter(({ cells }) => cells.slice(-5).every(({ entry }) => !entry) && cells.some(({ entry }) => entry))
    expect(silent.map(({ kpi }) => seats.get(kpi.seat))).toMatchObject([{ kind: 'agent', stage: 'production' }])
    expect(statuses('Payments matched').slice(-5)).toEqual(['stale', 'stale', 'stale', 'stale', 'noData'])
  })

  it('a zero is data and a gap is none', () => {
    const { scored, statuses } = aDemo()
    expect(scored.find(({ kpi }) => kpi.title === 'Returns')?.cells.at(-1)).toMatchObject({ status: 'onTrack', entry: { entry: { value: 0 } } })
    expect(statuses('Shipped on the promised day')[5]).toBe('stale')
  })

  it('every unit, a range and a yes or no are in it', () => {
    const kpis = aDemo().of('kpi').map(({ body }) => body)
    expect(new Set(kpis.map(({ unit }) => unit))).toEqual(new Set(['number', 'percent', 'currency', 'duration', 'yesNo']))
    const kinds = kpis.map(kpi => kpi['goal/0']?.kind)
    expect(kinds).toEqual(expect.arrayContaining(['between', 'yesNo', 'atLeast', 'atMost']))
    expect(kinds).not.toContain(undefined)
    expect(new Set(kpis.map(({ cadence }) => cadence))).toEqual(new Set(['week']))
  })

  it.each(everywhere)('13 weeks, each in the sheet of its quarter, none written after now ($zone, $at)', ({ now, calendar }) => {
    const { sheets, period } = aDemo(now, calendar)
    const weeks = new Set<string>()
    for (const sheet of sheets.values()) {
      for (const week of periodsIn(sheet)) {
        weeks.add(week)
        expect(quarterOf(week)).toBe(sheet.quarter)
        expect(cellEntries(sheet, week).every(({ entry }) => entry.at < now)).toBe(true)
      }
    }
    expect([...weeks].sort()).toEqual(lastPeriods(period, 13, calendar))
  })

  it('agents report for their own seat, people for themselves', () => {
    const { of, seats, sheets, isAgent } = aDemo()
    const seatOf = new Map(of('kpi').map(({ id, body }) => [id, body.seat]))
    for (const sheet of sheets.values()) {
      const seat = seatOf.get(sheet.kpi) ?? ''
      const writers = periodsIn(sheet).flatMap(week => cellEntries(sheet, week).map(({ writer, entry }) => `${writer} ${entry.source}`))
      expect(new Set(writers)).toEqual(new Set([isAgent(seat) ? `${seat} agent` : `${seats.get(seat)?.holder} hand`]))
    }
  })

  it('seven issues: now, later and solved with a decision', () => {
    const issues = aDemo().of('issue').map(({ body }) => body)
    expect(issues.map(({ state, horizon }) => state === 'solved' ? state : horizon)).toEqual(['now', 'now', 'now', 'now', 'later', 'later', 'solved'])
    expect(issues.filter(({ state }) => state === 'solved').every(({ decision, solvedAt }) => decision && solvedAt)).toBe(true)
    expect(new Set(issues.map(({ raisedBy }) => raisedBy))).toEqual(new Set([member]))
  })

  it('agrees three handoffs, two from agents and one to one; of three deliveries one is accepted, one nobody accepted, one waits for the signed-in member', () => {
    const { of, seats, isAgent, now } = aDemo()
    const contracts = new Map(of('contract').map(({ id, body }) => [id, body]))
    expect([...contracts.values()].map(({ from, to }) => [isAgent(from), isAgent(to)])).toEqual([[true, false], [true, false], [false, true]])
    const deliveries = of('delivery').map(({ body }) => body)
    for (const delivery of deliveries)
      expect(refuseDelivery(contracts.get(delivery.contract) ?? { from: '', to: '', passes: '', must: '', hours: 1, onMiss: '' }, { before: undefined, set: { ...delivery }, after: delivery })).toBeUndefined()
    expect(deliveries.map(delivery => [standingOf(delivery, now), seats.get(delivery.to)?.owner])).toEqual([['accepted', undefined], ['expired', undefined], ['offered', member]])
    expect(of('procedure').map(({ body }) => isAgent(body.seat))).toEqual([true])
  })
})

describe('the agents of the demo company', () => {
  const { of, seats, sheets, lookup, now, calendar } = aDemo()
  const held = <K extends Kind>(kind: K) => of(kind).map(({ id, body }) => ({ id, d: body }))
  const known = { kpi: held('kpi'), sheet: [...sheets].map(([id, d]) => ({ id, d })), team: held('team'), contract: held('contract'), review: held('review'), todo: held('todo'), priority: held('priority') } as Known
  const agents = [...seats].filter(([, { kind }]) => kind === 'agent').map(([id, seat]) => {
    const around = aroundSeat(id, known)
    return { id, seat, reviews: inOrder(around.review.map(({ d }) => d)), lights: lightsOf({ id, seat, around, lookup }) }
  })
  const titles = (found: typeof agents) => found.map(({ seat }) => seat.title)

  it('stand where their history ends, and each step on record was allowed', () => {
    for (const { seat, reviews } of agents) {
      const last = reviews.at(-1)
      expect([last?.stage ?? 'planned', last?.authority ?? 'draft']).toEqual([seat.stage, seat.authority])
      reviews.forEach((review, n) => expect(canMove(reviews[n - 1]?.stage ?? 'planned', review.stage ?? 'planned') && !skipsRung(reviews[n - 1]?.authority, review.authority)).toBe(true))
      expect(reviews.filter(({ verdict, reason }) => ['raise', 'retire'].includes(verdict) && !reason)).toEqual([])
    }
  })

  it('one pilot is ready, one is held back and overdue, one in production has lost a light', () => {
    const ready = agents.filter(({ seat, lights }) => seat.stage === 'pilot' && lights.every(({ on }) => on))
    const late = agents.filter(({ seat }) => (daysOverdue(seat, localDate(now, calendar.timeZone)) ?? 0) > 0)
    expect([titles(ready), titles(late), titles(agents.filter(({ seat, lights }) => isFlagged(seat, lights)))]).toEqual([['Prism'], ['Tern', 'Ledger'], ['Ledger']])
    expect(heldBack(agents)).toEqual([{ light: 'handoff', count: 1 }])
    expect(funnelOf(agents)).toEqual({ started: 7, promoted: 3, stopped: 2, medianDays: 45, share: 3 / 7 })
  })
})

describe('taking the demo out', () => {
  const { rows, of } = aDemo()
  const org = { id: 'org_a', kind: 'org', d: { demo: true } } as unknown as Doc
  const own = asDocs([{ kind: 'member', id: member, body: me }, { kind: 'seat', id: 'seat_own', body: { kind: 'human', title: 'Own', accountability: 'Mine.' } }])
  const sets = demoRemoval([org, ...own, ...asDocs(rows)])

  it('archives its seats, teams, KPIs, issues, work and handoffs, lets its people go and clears the company’s mark', () => {
    const fieldsOf = (kind: Kind) => sets.filter(set => set.kind === kind).map(({ fields }) => JSON.stringify(fields))
    for (const kind of ['seat', 'team', 'kpi', 'issue', 'todo', 'headline', 'priority', 'contract', 'delivery', 'procedure'] as const)
      expect(fieldsOf(kind)).toEqual(of(kind).map(() => '{"archived":true}'))
    expect(fieldsOf('member')).toEqual(of('member').map(() => '{"state":"left"}'))
    expect(sets.at(-1)).toEqual({ kind: 'org', id: 'org_a', fields: { demo: null } })
  })

  it('leaves what people made themselves', () => {
    expect(sets.map(({ id }) => id)).not.toEqual(expect.arrayContaining(['seat_own']))
    expect(sets.map(({ id }) => id)).not.toContain(member)
  })

  it('a second time writes nothing', () => {
    const gone = asDocs(rows).map(doc => ({ ...doc, d: { ...doc.d, ...sets.find(({ id }) => id === doc.id)?.fields } }) as Doc)
    expect(demoRemoval(gone)).toEqual([])
  })

  it('every field can be stored', () => {
    expect(sets.flatMap(({ kind, fields }) => Object.entries(fields).map(([field, value]) => refuseField(kind, field, value))).filter(Boolean)).toEqual([])
  })
})
