import type { Calendar } from '../kpi/period.ts'
import type { Bodies, Kind } from '../record/envelope.ts'
import type { DemoPerson } from './people.ts'
import type { DemoSeatName } from './seats.ts'
import { dueAfter, hour } from '../handoff/state.ts'
import { addDays } from '../kpi/civil.ts'
import { goalKey } from '../kpi/goal.ts'
import { periodOf, periodRange } from '../kpi/period.ts'
import { localDate } from '../kpi/zone.ts'
import { milestoneFields, noteFields } from '../tasks/priority.ts'
import { demoContracts, demoProcedures } from './handoffs.ts'
import { demoIssues } from './issues.ts'
import { demoKpis } from './kpis.ts'
import { demoLives } from './lives.ts'
import { demoPeople } from './people.ts'
import { demoSheets } from './scores.ts'
import { demoSeats, demoTeams } from './seats.ts'
import { demoHeadlines, demoPriorities, demoTodos } from './work.ts'

/** `member` is the signed-in admin: they hold the top seat and own every agent, for only active people may. */
export interface DemoInput {
  now: number
  newId: (kind: Kind) => string
  member: string
  calendar: Calendar
}

export type DemoRow = { [K in Kind]: { kind: K, id: string, body: Bodies[K] } }[Kind]

interface Cast {
  input: DemoInput
  people: Map<DemoPerson, string>
  seats: Map<DemoSeatName, string>
  kpis: Map<string, string>
  teams: string[]
}

const day = 86_400_000
const seatNames = Object.keys(demoSeats) as DemoSeatName[]

/** A made-up company to look around in, every record marked `demo`, none before one it needs. */
export function demoCompany(input: DemoInput): DemoRow[] {
  const cast: Cast = {
    input,
    people: new Map([['me', input.member], ...Object.keys(demoPeople).map(name => [name as DemoPerson, input.newId('member')] as const)]),
    seats: new Map(seatNames.map(name => [name, input.newId('seat')])),
    kpis: new Map(demoKpis.map(({ title }) => [title, input.newId('kpi')])),
    teams: demoTeams.map(() => input.newId('team')),
  }
  return [...memberRows(cast), ...seatRows(cast), ...teamRows(cast), ...kpiRows(cast), ...sheetRows(cast), ...issueRows(cast), ...todoRows(cast), ...headlineRows(cast), ...priorityRows(cast), ...handoffRows(cast), ...procedureRows(cast), ...reviewRows(cast)]
}

function memberRows({ people }: Cast): DemoRow[] {
  return Object.entries(demoPeople).map(([key, name]) =>
    ({ kind: 'member', id: idIn(people, key as DemoPerson), body: { name, role: 'member', state: 'invited', demo: true } }))
}

function seatRows({ input, people, seats, kpis }: Cast): DemoRow[] {
  return seatNames.map((name) => {
    const { title, accountability, ...seat } = demoSeats[name]
    const body: Bodies['seat'] = { kind: 'agent' in seat ? 'agent' : 'human', title, accountability, demo: true }
    if ('reportsTo' in seat)
      body.reportsTo = idIn(seats, seat.reportsTo)
    if ('holder' in seat)
      body.holder = idIn(people, seat.holder)
    if ('agent' in seat)
      Object.assign(body, seat.agent, { owner: input.member }, lifeFields(name, input, kpis))
    return { kind: 'seat', id: idIn(seats, name), body }
  })
}

function lifeFields(name: DemoSeatName, input: DemoInput, kpis: Cast['kpis']): Partial<Bodies['seat']> {
  const { reviewInDays, cost, value } = demoLives[name] ?? {}
  return {
    ...reviewInDays !== undefined && { nextReview: addDays(localDate(input.now, input.calendar.timeZone), reviewInDays), reviewEvery: 'month' },
    ...cost !== undefined && { monthlyCost: cost },
    ...value && { valueKpi: idIn(kpis, value) },
  }
}

function reviewRows({ input, seats }: Cast): DemoRow[] {
  return seatNames.flatMap(name => (demoLives[name]?.reviews ?? []).map(({ daysAgo, ...review }): DemoRow =>
    ({ kind: 'review', id: input.newId('review'), body: { ...review, seat: idIn(seats, name), by: input.member, at: input.now - daysAgo * day, demo: true } })))
}

function teamRows({ seats, teams }: Cast): DemoRow[] {
  return demoTeams.map(({ name, lead, slot, seats: names }, index) => {
    const inIt = Object.fromEntries(names.map(seat => [`seat/${idIn(seats, seat)}`, true as const]))
    return { kind: 'team', id: teams[index] ?? '', body: { name, lead: idIn(seats, lead), slot, demo: true, ...inIt } }
  })
}

function kpiRows({ seats, kpis }: Cast): DemoRow[] {
  return demoKpis.map(({ seat, goal, weeks: _, ...kpi }) =>
    ({ kind: 'kpi', id: idIn(kpis, kpi.title), body: { ...kpi, seat: idIn(seats, seat), cadence: 'week', demo: true, [goalKey()]: goal } }))
}

/** Agents report their own numbers; people theirs. */
function sheetRows({ input, people, seats, kpis }: Cast): DemoRow[] {
  return demoKpis.flatMap(({ seat, title, weeks }) => {
    const { agent, holder } = { agent: undefined, holder: undefined, ...demoSeats[seat] }
    const author = agent ? { writer: idIn(seats, seat), source: 'agent' as const } : { writer: idIn(people, holder ?? 'me'), source: 'hand' as const }
    return demoSheets({ kpi: idIn(kpis, title), weeks, ...author }, input.now, input.calendar)
      .map(({ id, body }): DemoRow => ({ kind: 'sheet', id, body }))
  })
}

function issueRows({ input, seats, kpis, teams }: Cast): DemoRow[] {
  return demoIssues.map(({ daysAgo, team, seat, kpi, ...issue }) => {
    const raisedAt = input.now - daysAgo * day
    const body: Bodies['issue'] = { ...issue, team: teams[team], raisedBy: input.member, raisedAt, demo: true }
    if (seat)
      body.seat = idIn(seats, seat)
    if (kpi)
      body.kpi = idIn(kpis, kpi)
    if (issue.state === 'solved')
      body.solvedAt = raisedAt + 7 * day
    return { kind: 'issue', id: input.newId('issue'), body }
  })
}

function todoRows({ input, people, seats }: Cast): DemoRow[] {
  const today = localDate(input.now, input.calendar.timeZone)
  return demoTodos.map(({ title, owner, inDays, done, every, waitsFor }) => {
    const body: Bodies['todo'] = { title, owner: people.get(owner as DemoPerson) ?? idIn(seats, owner as DemoSeatName), asker: input.member, askedAt: input.now - 5 * day, due: addDays(today, inDays), state: done ? 'done' : 'open', demo: true }
    return { kind: 'todo', id: input.newId('todo'), body: { ...body, ...done && { doneAt: input.now - day }, ...every && { every }, ...waitsFor && { waitsFor } } }
  })
}

function headlineRows({ input, teams }: Cast): DemoRow[] {
  return demoHeadlines.map(({ daysAgo, ...news }) =>
    ({ kind: 'headline', id: input.newId('headline'), body: { ...news, team: teams[0], saidBy: input.member, saidAt: input.now - daysAgo * day, demo: true } }))
}

function priorityRows({ input, seats }: Cast): DemoRow[] {
  const today = localDate(input.now, input.calendar.timeZone)
  const quarter = periodOf('quarter', today, input.calendar)
  return demoPriorities.map(({ seat, title, doneMeans, track, why, milestones }) => {
    const body: Bodies['priority'] = { seat: idIn(seats, seat), title, doneMeans, quarter, due: periodRange(quarter, input.calendar).last, state: 'open', demo: true }
    Object.assign(body, noteFields(today, input.member, { track, at: input.now - day, ...why && { text: why } }))
    milestones.forEach(({ title: step, done }, n) => Object.assign(body, milestoneFields(`demo-${n}`, { title: step, ...done && { doneAt: input.now - day } })))
    return { kind: 'priority', id: input.newId('priority'), body }
  })
}

function handoffRows({ input, people, seats }: Cast): DemoRow[] {
  return demoContracts.flatMap(({ deliveries, ...agreed }): DemoRow[] => {
    const contract = { ...agreed, from: idIn(seats, agreed.from), to: idIn(seats, agreed.to), demo: true }
    const id = input.newId('contract')
    return [{ kind: 'contract', id, body: contract }, ...deliveries.map(({ hoursAgo, sentBy, answer, ...delivery }): DemoRow => {
      const sentAt = input.now - hoursAgo * hour
      const at = answer && sentAt + answer.after * hour
      const sender = people.get(sentBy as DemoPerson) ?? idIn(seats, sentBy as DemoSeatName)
      const body: Bodies['delivery'] = { ...delivery, contract: id, from: contract.from, to: contract.to, sentBy: sender, sentAt, due: dueAfter(sentAt, contract.hours), demo: true }
      return { kind: 'delivery', id: input.newId('delivery'), body: { ...body, ...answer && { stateBy: idIn(people, answer.by), stateAt: at, acceptedAt: at } } }
    })]
  })
}

function procedureRows({ input, seats }: Cast): DemoRow[] {
  return demoProcedures.map(({ seat, ...procedure }) =>
    ({ kind: 'procedure', id: input.newId('procedure'), body: { ...procedure, seat: idIn(seats, seat), demo: true } }))
}

/** The parts of the demo name each other; a name that is missing is a mistake in them. */
function idIn<K>(ids: ReadonlyMap<K, string>, name: K): string {
  const id = ids.get(name)
  if (id === undefined)
    throw new Error(`The demo names nobody called ${String(name)}`)
  return id
}
