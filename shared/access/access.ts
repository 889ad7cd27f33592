import type { Bodies, Kind } from '../record/envelope.ts'
import type { Authority } from '../record/seat.ts'
import type { Person, World, Write } from './world.ts'
import { rungOf } from '../lifecycle/authority.ts'
import { widensLimits } from '../lifecycle/limits.ts'
import { ballotId, sheetId } from '../record/ids.ts'
import { isSame } from '../sync/merge.ts'
import { judgeAgent } from './agent.ts'
import { judgeDelivery } from './delivery.ts'
import { judgeIssue } from './issues.ts'
import { judgeMeeting } from './meeting.ts'
import { judgeProposal, judgeReview } from './review.ts'
import { judgeTeam } from './team.ts'
import { answersFor, keeps, worksAt } from './world.ts'

export type AccessCode
  = 'not-allowed' | 'not-yours' | 'not-your-entry' | 'fixed-field' | 'fixed-after-scores' | 'last-admin'
    | 'server-only' | 'wrong-id' | 'own-seat' | 'not-a-voter' | 'seat-stopped' | 'not-attending'

type Judge = (person: Person, world: World, write: Write) => AccessCode | undefined

/** Fields nobody changes once the record exists. */
const fixed: Partial<Record<Kind, readonly string[]>> = {
  seat: ['kind'],
  sheet: ['kpi', 'quarter'],
  issue: ['raisedBy', 'raisedAt'],
  round: ['team', 'issues', 'voters', 'count', 'meeting', 'openedBy', 'openedAt', 'tieOf'],
  ballot: ['round', 'voter'],
  todo: ['askedAt'],
  headline: ['saidBy', 'saidAt'],
  contract: ['from', 'to'],
  delivery: ['contract', 'from', 'to', 'sentBy', 'sentAt', 'hops'],
  procedure: ['seat'],
  proposal: ['seat', 'at', 'target', 'targetKind', 'base', 'set'],
  meeting: ['team', 'day', 'agenda', 'startedBy', 'startedAt'],
}

/** Fields only the server writes: a client that sends one is refused. */
const serverOnly: Partial<Record<Kind, (field: string, write: Write) => boolean>> = {
  round: field => field.startsWith('voted/'),
  ballot: field => field === 'late',
  member: (field, { before, set }) => field === 'state' && !(before === undefined && set.state === 'invited'),
  org: field => field === 'demo',
  recap: () => true,
}

/** The one table of who may write what: the client asks it to predict, the server to decide. */
const judges: Record<Kind, Judge> = {
  org: ({ role }, world, { set, before }) => {
    if (role !== 'admin' || !before)
      return 'not-allowed'
    const dated = ['timeZone', 'weekStart', 'yearStart'].some(field => field in set && set[field] !== before[field])
    return dated && world.hasScores() ? 'fixed-after-scores' : undefined
  },
  member: judgeMember,
  team: judgeTeam,
  seat: judgeSeat,
  kpi: judgeKpi,
  sheet: judgeSheet,
  issue: judgeIssue,
  round: judgeRound,
  todo: judgeTodo,
  headline: ({ member, role }, _world, { before, set }) => {
    if (role === 'viewer')
      return 'not-allowed'
    const mine = (before ?? set).saidBy === member
    return mine || (before && role !== 'member') ? undefined : 'not-yours'
  },
  priority: judgePriority,
  contract: (person, world, { after }) => keeps(person, world, after.from) || keeps(person, world, after.to) ? undefined : 'not-allowed',
  delivery: judgeDelivery,
  review: judgeReview,
  procedure: (person, world, { after }) => keeps(person, world, after.seat) ? undefined : 'not-allowed',
  proposal: judgeProposal,
  meeting: judgeMeeting,
  recap: () => 'server-only',
  ballot: ({ member, role }, world, { id, after }) => {
    if (after.voter !== member || id !== ballotId(String(after.round), member))
      return 'not-yours'
    if (role === 'viewer')
      return 'not-allowed'
    return world.get('round', String(after.round))?.voters.includes(member) ? undefined : 'not-a-voter'
  },
}

/** Why this person may not make this write; undefined where they may. */
export function refuseWrite(person: Person, world: World, write: Write): AccessCode | undefined {
  const own = serverOnly[write.kind]
  if (own && Object.keys(write.set).some(field => own(field, write)))
    return 'server-only'
  const { before } = write
  if (before && fixed[write.kind]?.some(field => field in write.set && !isSame(write.set[field], before[field])))
    return 'fixed-field'
  return person.role === 'agent' ? judgeAgent(person.member, world, write) : judges[write.kind](person, world, write)
}

function judgeMember({ member, role }: Person, world: World, { id, before, set, after }: Write): AccessCode | undefined {
  const onlyName = Object.keys(set).every(field => field === 'name')
  if (role !== 'admin')
    return before && id === member && onlyName ? undefined : 'not-allowed'
  const losesAdmin = before?.role === 'admin' && after.role !== 'admin'
  return losesAdmin && world.admins().every(admin => admin === id) ? 'last-admin' : undefined
}

/** What an agent's owner decides about its seat, whatever their role; giving it more authority, or wider limits, is nobody else's but an admin's. */
const ofOwner = ['stage', 'authority', 'nextReview', 'reviewEvery', 'monthlyCost', 'valueKpi']

function judgeSeat({ member, role }: Person, world: World, { id, before, set, after }: Write): AccessCode | undefined {
  if (role === 'admin')
    return undefined
  const owns = role !== 'viewer' && before?.kind === 'agent' && before.owner === member
  if (owns && Object.keys(set).every(field => ofOwner.includes(field) || field.startsWith('may/')))
    return undefined
  const raises = widensLimits(before, set) || ('authority' in set && rungOf(set.authority as Authority) > rungOf(before?.authority as Authority))
  if (role !== 'manager' || (before && raises && !owns))
    return 'not-allowed'
  if (before && !answersFor(world, member, id))
    return 'not-allowed'
  const moves = !before || ('reportsTo' in set && set.reportsTo !== before.reportsTo)
  if (moves && before?.holder === member)
    return 'own-seat'
  return moves && !answersFor(world, member, after.reportsTo as string | undefined) ? 'not-allowed' : undefined
}

function judgeKpi(person: Person, world: World, { before, after }: Write): AccessCode | undefined {
  return keeps(person, world, after.seat) && (!before || keeps(person, world, before.seat)) ? undefined : 'not-allowed'
}

function judgeSheet(person: Person, world: World, { id, set, after }: Write): AccessCode | undefined {
  if (id !== sheetId(String(after.kpi), String(after.quarter)))
    return 'wrong-id'
  const entries = Object.keys(set).filter(field => field.startsWith('cell/'))
  if (entries.some(field => field.split('/')[2] !== person.member))
    return 'not-your-entry'
  return worksAt(person, world, world.get('kpi', String(after.kpi))?.seat) ? undefined : 'not-allowed'
}

function judgeRound({ member, role }: Person, world: World, { before, set, after }: Write): AccessCode | undefined {
  const round = after as unknown as Bodies['round']
  const team = world.get('team', round.team)
  const attends = world.seatsHeldBy(member).some(seat => team?.[`seat/${seat}`])
  if (role !== 'admin' && role !== 'manager' && !(role === 'member' && attends))
    return 'not-allowed'
  if ((!before && set.openedBy !== member) || (set.closedBy && set.closedBy !== member))
    return 'not-yours'
  const canVote = (voter: string) => {
    const body = world.get('member', voter)
    return body !== undefined && body.state !== 'left' && body.role !== 'viewer'
  }
  return !before && !round.voters.every(canVote) ? 'not-a-voter' : undefined
}

/** Anybody may write one down and keep it in order; done says its owner, verified who asked, and both may reopen it. An admin moves the asking. */
function judgeTodo({ member, role }: Person, world: World, { before, set, after }: Write): AccessCode | undefined {
  if (role === 'viewer')
    return 'not-allowed'
  if (!before)
    return set.asker === member && (after.state === 'open' || after.owner === member) ? undefined : 'not-yours'
  if ('asker' in set && !isSame(set.asker, before.asker) && role !== 'admin')
    return 'fixed-field'
  if (!('state' in set) || set.state === before.state)
    return undefined
  const agent = world.get('seat', String(before.owner))
  const isOwner = before.owner === member || agent?.owner === member
  const isAsker = before.asker === member
  return (set.state === 'verified' ? isAsker : isOwner || isAsker) || role === 'admin' ? undefined : 'not-yours'
}

/** A private one is written for oneself alone. */
function judgePriority(person: Person, world: World, { before, set, after }: Write): AccessCode | undefined {
  const { member } = person
  if (set.private && set.private !== member)
    return 'not-yours'
  const notes = Object.keys(set).filter(field => field.startsWith('note/'))
  if (notes.some(field => field.split('/')[2] !== member))
    return 'not-your-entry'
  return worksAt(person, world, after.seat) && (!before || worksAt(person, world, before.seat)) ? undefined : 'not-allowed'
}
