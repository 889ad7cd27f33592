import type { Bodies, Body } from '../record/envelope.ts'
import type { World, Write } from './world.ts'
import { wouldCycle } from '../chart/chain.ts'
import { canHold, isActivePerson } from '../chart/owner.ts'
import { refuseSeat } from '../chart/refuse.ts'
import { refuseContract, refuseDelivery } from '../handoff/refuse.ts'
import { misplacedDots } from '../issue/round.ts'
import { refuseIssueState } from '../issue/state.ts'
import { isCivilDate, isOfOurTime } from '../kpi/civil.ts'
import { cadenceOf } from '../kpi/period.ts'
import { quarterOf } from '../kpi/quarter.ts'
import { isTimeZone } from '../kpi/zone.ts'
import { refuseReview, refuseStep } from '../lifecycle/refuse.ts'
import { driftIn } from '../record/ids.ts'
import { refuseMeeting } from './meeting.ts'

/** What a rule of the domain says no to: a stable code, the fields, and the records the sentence names. */
export interface RuleRefusal {
  code: string
  fields?: string[]
  about?: string[]
  /** What is missing may be on its way from the same device: it is asked for once more before this counts. */
  later?: true
}

/** Why the record cannot be as written, whoever writes it. Asked by the client to predict, by the server to decide. */
export function refuseRule(world: World, write: Write): RuleRefusal | undefined {
  switch (write.kind) {
    case 'seat': return refuseSeatWrite(world, write)
    case 'review': return refuseReviewWrite(world, write.after as unknown as Bodies['review'])
    case 'sheet': return refuseSheet(write)
    case 'ballot': return refuseBallot(world, write.after)
    case 'issue': return refuseIssue(write)
    case 'round': return refuseRound(world, write)
    case 'org': return refuseOrg(world, write)
    case 'kpi': return refuseGoals(write)
    case 'todo': return refuseTodo(world, write)
    case 'priority': return refuseNotes(write)
    case 'team': return refuseSlot(write.set as Partial<Bodies['team']>)
    case 'member':
    case 'headline':
    case 'procedure':
    case 'recap':
    case 'proposal': return undefined
    case 'meeting': return refuseMeeting(world, write)
    case 'delivery': return refuseHandoff(world, write)
    case 'contract': return refuseContract(write.after as unknown as Bodies['contract'])
  }
}

function refuseSeatWrite(world: World, { id, before, after }: Write): RuleRefusal | undefined {
  const lookup = {
    seat: (seat: string) => seat === id ? after as unknown as Bodies['seat'] : world.get('seat', seat),
    member: (member: string) => world.get('member', member),
  }
  const seat = after as unknown as Bodies['seat']
  const code = refuseSeat({ id, seat, before: before as Bodies['seat'] | undefined, lookup })
  if (!code)
    return refuseStep({ id, before: before as Bodies['seat'] | undefined, seat, around: () => world.around(id), lookup })
  const circle = code === 'chart-cycle' && seat.reportsTo ? wouldCycle(lookup.seat, id, seat.reportsTo) : undefined
  return { code, about: circle ?? [id] }
}

/** Nobody makes somebody accountable who is not here to answer. */
function refuseOrg(world: World, { before, set, after }: Write): RuleRefusal | undefined {
  if (!isTimeZone(String(after.timeZone)))
    return { code: 'unknown-time-zone', fields: ['timeZone'] }
  const lookup = { seat: () => undefined, member: (id: string) => world.get('member', id) }
  const isNew = 'accountable' in set && set.accountable !== before?.accountable
  return isNew && !isActivePerson(lookup, String(set.accountable)) ? { code: 'accountable-not-here', fields: ['accountable'] } : undefined
}

function refuseSlot({ slot }: Partial<Bodies['team']>): RuleRefusal | undefined {
  return slot?.timeZone === undefined || isTimeZone(slot.timeZone) ? undefined : { code: 'unknown-time-zone', fields: ['slot'] }
}

function refuseReviewWrite(world: World, review: Bodies['review']): RuleRefusal | undefined {
  const seat = world.get('seat', review.seat)
  const lookup = { seat: (id: string) => world.get('seat', id), member: (id: string) => world.get('member', id) }
  return seat && refuseReview(review, { id: review.seat, seat, around: () => world.around(review.seat), lookup })
}

const isPeriod = (name: string) => cadenceOf(name) !== undefined && isOfOurTime(name)

/** Every cell lies in the sheet's own quarter, under a period that exists. */
function refuseSheet({ set, after }: Write): RuleRefusal | undefined {
  const misplaced = Object.keys(set).filter((field) => {
    const [family, period, writer, more] = field.split('/')
    if (family !== 'cell' && family !== 'chosen')
      return false
    const wellMade = family === 'cell' ? writer && more === undefined : writer === undefined
    return !wellMade || !period || !isPeriod(period) || quarterOf(period) !== after.quarter
  })
  return misplaced.length > 0 ? { code: 'wrong-period', fields: misplaced } : undefined
}

function refuseBallot(world: World, after: Body): RuleRefusal | undefined {
  const ballot = after as unknown as Bodies['ballot']
  const round = world.get('round', ballot.round)
  if (!round)
    return { code: 'not-a-voter' }
  const code = misplacedDots(round, ballot.dots ?? {}) ?? misplacedDots(round, ballot.late ?? {})
  return code && { code, fields: ['dots'] }
}

/** Goals are dated by periods that exist, `goal/0` from the beginning; what lies under another name can only be emptied. */
function refuseGoals({ set }: Write): RuleRefusal | undefined {
  const misplaced = Object.keys(set).filter((field) => {
    const [family, period = ''] = field.split(/\/(.*)/s)
    const isGoal = family === 'goal' || family === 'once'
    return isGoal && set[field] !== null && field !== 'goal/0' && !isPeriod(period)
  })
  return misplaced.length > 0 ? { code: 'wrong-period', fields: misplaced } : undefined
}

/** One edit brings back at most so many reopenings: a count beyond all others' would stand for ever. */
const mostReopenings = 100

function refuseReopened({ before, set }: Write): RuleRefusal | undefined {
  const times = (count: unknown) => typeof count === 'number' ? count : 0
  return times(set.reopened) > times(before?.reopened) + mostReopenings ? { code: 'bad-value', fields: ['reopened'] } : undefined
}

/** Its owner is somebody who can do it: a person who is here and no viewer, or an agent's seat. Who asks anew is a person. */
function refuseTodo(world: World, write: Write): RuleRefusal | undefined {
  const { before, set, after } = write
  const owner = String(after.owner)
  const person = world.get('member', owner)
  const lookup = { seat: (id: string) => world.get('seat', id), member: (id: string) => world.get('member', id) }
  if (before && 'asker' in set && set.asker !== before.asker && !canHold(lookup, String(set.asker)))
    return { code: 'holder-cannot-own', fields: ['asker'] }
  const fits = person ? canHold(lookup, owner) : lookup.seat(owner)?.kind === 'agent'
  return 'owner' in set && set.owner !== before?.owner && !fits ? { code: 'holder-cannot-own', fields: ['owner'] } : refuseReopened(write)
}

/** A day that exists and one writer: `note/2026-11-22/mem_…`. */
function refuseNotes({ set }: Write): RuleRefusal | undefined {
  const misplaced = Object.keys(set).filter((field) => {
    const [family, day, writer, more] = field.split('/')
    return family === 'note' && !(day && isCivilDate(day) && isOfOurTime(day) && writer && more === undefined)
  })
  return misplaced.length > 0 ? { code: 'wrong-period', fields: misplaced } : undefined
}

function refuseIssue(write: Write): RuleRefusal | undefined {
  const { id, before, set, after } = write
  const often = refuseReopened(write)
  if (often)
    return often
  // Only what drifted is a draft: nobody hides an issue by calling it one.
  if (set.draft === true && !driftIn(id))
    return { code: 'bad-value', fields: ['draft'] }
  if (set.state !== 'solved' || before?.state === 'solved')
    return undefined
  const code = refuseIssueState(after as unknown as Bodies['issue'], 'solved', false)
  return code && { code, fields: ['decision'] }
}

/** What a round allows may change while it is open, as long as every ballot still fits: dots that are spent are not taken back. */
function refuseRound(world: World, { id, before, set, after }: Write): RuleRefusal | undefined {
  const round = after as unknown as Bodies['round']
  if (!before)
    return round.state === 'open' ? undefined : { code: 'round-closed', fields: ['state'] }
  const fields = Object.keys(set).filter(field => field === 'dots' || field === 'cap' || field.startsWith('removed/'))
  if (fields.length === 0)
    return undefined
  if (before.state === 'closed' && round.state === 'closed')
    return { code: 'round-closed', fields }
  const unfit = world.ballots(id).some(({ dots, late }) => misplacedDots(round, dots ?? {}) ?? misplacedDots(round, late ?? {}))
  const strange = fields.some(field => field.startsWith('removed/') && !round.issues.includes(field.slice(8)))
  return strange ? { code: 'not-on-list', fields } : unfit ? { code: 'dots-spent', fields } : undefined
}

function refuseHandoff(world: World, write: Write): RuleRefusal | undefined {
  const after = write.after as unknown as Bodies['delivery']
  const contract = world.get('contract', after.contract)
  return refuseReopened(write) ?? (contract && refuseDelivery(contract, { ...write, after }))
}
