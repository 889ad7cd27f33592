import type { z } from 'zod'
import type { Contract } from '#shared/record/contract.ts'
import type { Delivery } from '#shared/record/delivery.ts'
import type { Proposal } from '#shared/record/proposal.ts'
import type { Seat } from '#shared/record/seat.ts'
import type { Team } from '#shared/record/team.ts'
import type { Todo } from '#shared/record/todo.ts'
import type { StoredDoc } from '../store/port.ts'
import type { Desk } from './desk.ts'
import type { contractView, deliveryView, issueView, procedureView, proposalView, seatView, todoView } from './view.ts'
import { isLate } from '#shared/tasks/todo.ts'
import { readKpis } from './readKpis.ts'

/** Of each list an agent is shown so many. */
const most = 100
const iso = (instant: unknown) => new Date(Number(instant)).toISOString()
const isLive = ({ body }: StoredDoc) => !body.archived

/** The teams the seat is in. */
export const teamsOf = async (desk: Desk) => (await desk.ofKind('team')).filter(team => isLive(team) && team.body[`seat/${desk.agent.seat}`])

/** What an agent is shown of its seat. */
export async function readSeat(desk: Desk): Promise<z.infer<typeof seatView>> {
  const { quote, agent, org, today } = desk
  const [doc] = await desk.docs([agent.seat])
  if (!doc)
    throw new Error('the seat was there when the key was looked at')
  const seat = doc.body as unknown as Seat
  const contracts = [...await desk.children(agent.seat, 'contract'), ...await desk.owned('contract')].filter(isLive)
  return {
    id: agent.seat,
    title: await quote.needed(doc, 'title'),
    accountability: await quote.needed(doc, 'accountability'),
    responsibilities: await quote.field(doc, 'responsibilities'),
    owns: await quote.field(doc, 'owns'),
    doesNotOwn: await quote.field(doc, 'doesNotOwn'),
    owner: seat.owner ? await personOf(desk, seat.owner) : undefined,
    stage: seat.stage ?? 'planned',
    authority: seat.authority,
    today,
    timeZone: org.timeZone,
    kpis: await readKpis(desk, (await teamsOf(desk)).map(team => team.body as unknown as Team)),
    todos: await readTodos(desk),
    procedures: await each((await desk.children(agent.seat, 'procedure')).filter(isLive), procedure => readProcedure(desk, procedure)),
    contracts: await each(contracts, contract => readContract(desk, contract)),
    proposals: await readProposals(desk),
    handoffs: await readHandoffs(desk, contracts),
  }
}

/** The open issues of the teams the seat is in, newest first. */
export async function readIssues(desk: Desk): Promise<z.infer<typeof issueView>[]> {
  const { quote, agent } = desk
  const issues = (await each(await teamsOf(desk), team => desk.children(team.id, 'issue'))).flat().filter(({ body }) => !body.archived && !body.draft && body.state !== 'solved').sort((one, other) => Number(other.body.raisedAt) - Number(one.body.raisedAt))
  return each(issues, async issue => ({
    id: issue.id,
    title: await quote.needed(issue, 'title'),
    detail: await quote.field(issue, 'detail'),
    state: issue.body.state as 'open',
    horizon: issue.body.horizon as 'now',
    raisedAt: iso(issue.body.raisedAt),
    yours: issue.body.raisedBy === agent.seat,
  }))
}

async function readTodos(desk: Desk): Promise<z.infer<typeof todoView>[]> {
  const open = (await desk.owned('todo')).filter(todo => isLive(todo) && todo.body.state === 'open').sort((one, other) => String(one.body.due) < String(other.body.due) ? -1 : 1)
  return each(open, async (doc) => {
    const todo = doc.body as unknown as Todo
    return { id: doc.id, title: await desk.quote.needed(doc, 'title'), detail: await desk.quote.field(doc, 'detail'), due: todo.due, late: isLate(todo, desk.today) }
  })
}

async function readProcedure({ quote }: Desk, doc: StoredDoc): Promise<z.infer<typeof procedureView>> {
  return { id: doc.id, title: await quote.needed(doc, 'title'), trigger: await quote.needed(doc, 'trigger'), steps: await quote.needed(doc, 'steps'), outputs: await quote.field(doc, 'outputs') }
}

async function readProposals(desk: Desk): Promise<z.infer<typeof proposalView>[]> {
  const newest = (await desk.children(desk.agent.seat, 'proposal')).sort((one, other) => Number(other.body.at) - Number(one.body.at)).slice(0, 20)
  return each(newest, async (doc) => {
    const { targetKind, target, state, at } = doc.body as unknown as Proposal
    return { id: doc.id, about: targetKind, target, state, at: iso(at), reason: await desk.quote.field(doc, 'reason') }
  })
}

async function readContract(desk: Desk, doc: StoredDoc): Promise<z.infer<typeof contractView>> {
  const { quote, agent } = desk
  const { from, to, hours } = doc.body as unknown as Contract
  const [other] = await desk.docs([from === agent.seat ? to : from])
  return {
    id: doc.id,
    direction: from === agent.seat ? 'out' : 'in',
    other: other ? await quote.needed(other, 'title') : await quote.said('', ''),
    passes: await quote.needed(doc, 'passes'),
    must: await quote.needed(doc, 'must'),
    hours,
    onMiss: await quote.needed(doc, 'onMiss'),
  }
}

async function readHandoffs(desk: Desk, contracts: readonly StoredDoc[]): Promise<z.infer<typeof deliveryView>[]> {
  const { quote, agent } = desk
  const sent = (await each(contracts, contract => desk.children(contract.id, 'delivery'))).flat().filter(({ body }) => body.from === agent.seat)
  const isOpen = ({ body: { state, from } }: StoredDoc) => state !== 'verified' && (state !== 'done' || from === agent.seat)
  const open = [...await desk.owned('delivery'), ...sent].filter(doc => isLive(doc) && isOpen(doc))
  return each(open, async (doc) => {
    const delivery = doc.body as unknown as Delivery
    return {
      id: doc.id,
      contract: delivery.contract,
      direction: delivery.from === agent.seat ? 'out' : 'in',
      title: await quote.needed(doc, 'title'),
      detail: await quote.field(doc, 'detail'),
      state: delivery.state,
      sentAt: iso(delivery.sentAt),
      due: iso(delivery.due),
      expired: delivery.state === 'sent' && delivery.due < desk.now,
      returnReason: await quote.field(doc, 'returnReason'),
    }
  })
}

async function personOf(desk: Desk, member: string) {
  const [doc] = await desk.docs([member])
  return doc && desk.quote.needed(doc, 'name')
}

/** One after the other: a transaction has one line. */
async function each<T, R>(from: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const made: R[] = []
  for (const one of from.slice(0, most))
    made.push(await work(one))
  return made
}
