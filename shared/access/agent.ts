import type { Seat } from '../record/seat.ts'
import type { World, Write } from './world.ts'
import { sheetId } from '../record/ids.ts'

/** What an agent may be refused for. */
type AgentCode = 'not-allowed' | 'not-yours' | 'not-your-entry' | 'wrong-id' | 'seat-stopped'
type Judge = (seat: string, world: World, write: Write) => AgentCode | undefined

const ofSheet = ['kpi', 'quarter', 'demo']
const ofIssue = ['title', 'detail', 'state', 'horizon', 'urgency', 'team', 'seat', 'kpi', 'raisedBy', 'raisedAt']
const ofTodo = ['state', 'doneAt']
/** What each step of a delivery sets, beside who took it and when. */
const ofStep = ['state', 'stateBy', 'stateAt', 'acceptedAt', 'returnReason']
/** From which state an agent may take a delivery to another. */
const stepsFrom: Record<string, readonly string[]> = { accepted: ['sent'], returned: ['sent', 'accepted'], done: ['sent', 'accepted'], sent: ['returned', 'done'], verified: ['done'] }
const ofSent = [...ofStep, 'contract', 'from', 'to', 'title', 'detail', 'sentBy', 'sentAt', 'due', 'hops']

/** An entry that says it is an agent's. */
const isReported = (entry: unknown) => (entry as { source?: unknown } | null)?.source === 'agent'

const hasOnly = (set: Write['set'], fields: readonly string[]) => Object.keys(set).every(field => fields.includes(field))

/** The agent's column of the access table. A kind that is not here is refused: what a person must decide stays with a person. */
const judges: Partial<Record<Write['kind'], Judge>> = {
  sheet: (seat, world, { id, before, set, after }) => {
    if (id !== sheetId(String(after.kpi), String(after.quarter)))
      return 'wrong-id'
    const kpi = world.get('kpi', String(after.kpi))
    if (kpi?.seat !== seat)
      return 'not-yours'
    const entries = Object.keys(set).filter(field => field.startsWith('cell/'))
    if (entries.some(field => field.split('/')[2] !== seat || !isReported(set[field])))
      return 'not-your-entry'
    const opens = hasOnly(set, before ? entries : [...entries, ...ofSheet]) && (!set.demo || kpi.demo)
    return opens && !kpi.archived ? undefined : 'not-allowed'
  },
  issue: (seat, world, { before, set, after }) => {
    if (before || set.raisedBy !== seat)
      return 'not-yours'
    const ofMine = after.seat === seat && (!after.kpi || world.get('kpi', String(after.kpi))?.seat === seat)
    if (!ofMine || (after.team && !world.get('team', String(after.team))?.[`seat/${seat}`]))
      return 'not-yours'
    return after.state === 'open' && hasOnly(set, ofIssue) ? undefined : 'not-allowed'
  },
  todo: (seat, _world, { before, set }) => {
    if (before?.owner !== seat)
      return 'not-yours'
    return set.state === 'done' && before.state === 'open' && hasOnly(set, ofTodo) ? undefined : 'not-allowed'
  },
  delivery: (seat, world, { before, set, after }) => {
    if (!before)
      return refuseSending(seat, world, set, after)
    const isSenders = set.state === 'sent' || set.state === 'verified'
    if (set.stateBy !== seat || (isSenders ? before.from : before.to) !== seat)
      return 'not-yours'
    const goesBack = set.reopened === Number(before.reopened ?? 0) + 1
    const fields = [...ofStep, ...goesBack ? ['reopened'] : [], ...set.state === 'sent' ? ['due'] : []]
    // What the receiver said is emptied where it is sent anew, and never said for them.
    const speaksForOther = isSenders && Boolean(set.acceptedAt || set.returnReason)
    return stepsFrom[String(set.state)]?.includes(String(before.state)) && hasOnly(set, fields) && !speaksForOther ? undefined : 'not-allowed'
  },
}

/** Why an agent may not make this write, at this moment; undefined where it may. */
export function judgeAgent(seat: string, world: World, write: Write): AgentCode | undefined {
  if (!isAtWork(world.get('seat', seat)))
    return 'seat-stopped'
  const judge = judges[write.kind]
  return judge ? judge(seat, world, write) : 'not-allowed'
}

/** Whether an agent's seat is open to its keys: paused, retired or archived, every one is refused. */
export function isAtWork(seat: Seat | undefined): seat is Seat {
  return seat?.kind === 'agent' && !seat.archived && seat.stage !== 'paused' && seat.stage !== 'retired'
}

function refuseSending(seat: string, world: World, set: Write['set'], after: Write['after']): AgentCode | undefined {
  const contract = world.get('contract', String(after.contract))
  const isMine = contract?.from === seat && after.from === seat && set.sentBy === seat && (set.stateBy ?? seat) === seat
  if (!isMine)
    return 'not-yours'
  return contract.to === after.to && !contract.archived && after.state === 'sent' && hasOnly(set, ofSent) ? undefined : 'not-allowed'
}
