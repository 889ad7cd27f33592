import type { Dots } from '#shared/record/ballot.ts'
import type { Kind } from '#shared/record/envelope.ts'
import type { Meeting } from '#shared/record/meeting.ts'
import type { Org } from '#shared/record/org.ts'
import type { Round } from '#shared/record/round.ts'
import type { FieldWrites } from '#shared/sync/merge.ts'
import type { Patch } from '#shared/sync/protocol.ts'
import type { StoredDoc } from '../store/port.ts'
import type { Batch } from './batch.ts'
import { countedDots, misplacedDots } from '#shared/issue/round.ts'
import { isDropId } from '#shared/meeting/drop.ts'
import { freezeMeeting } from '#shared/meeting/freeze.ts'
import { driftIn, recapId } from '#shared/record/ids.ts'
import { newDoc, setAsServer } from './batch.ts'
import { gathered } from './gather.ts'
import { isOnList } from './lists.ts'
import { applyApproval } from './proposals.ts'

/** Dots that arrive after the close, newer than what counts, are kept as `late` beside it. */
export function redirectLate(batch: Batch, kind: Kind, ballot: StoredDoc, writes: FieldWrites): FieldWrites {
  const round = writes.round?.[0] ?? ballot.body.round
  if (kind !== 'ballot' || !writes.dots || batch.world.get('round', String(round))?.state !== 'closed')
    return writes
  const { dots, ...rest } = writes
  return dots[1] <= (ballot.stamps.dots ?? '') ? writes : { ...rest, late: dots }
}

/**
 * Several may notice the same drift, drop the same thing to the issues, or start the same meeting, apart. What the first wrote of it stands; of the others
 * only what was done with it since, which has a later stamp than its beginning.
 */
export function redirectBeginning(stored: StoredDoc | undefined, row: Patch): Patch {
  const begun = row.kind === 'meeting' ? row.set.startedAt?.[1] : driftIn(row.id) || isDropId(row.id) ? row.set.raisedAt?.[1] : undefined
  if (!stored || row.base !== '' || begun === undefined)
    return row
  return { ...row, set: Object.fromEntries(Object.entries(row.set).filter(([, [, stamp]]) => stamp !== begun)) }
}

/** What the server itself writes when a row was taken: who has voted, sight of ballots at the close, a meeting's recap, and what was approved. */
export function applyEffects(batch: Batch, before: StoredDoc, after: StoredDoc): void {
  if (after.kind === 'ballot')
    afterBallot(batch, after)
  if (after.kind === 'issue' && before.v !== '' && before.body.archived !== after.body.archived)
    afterArchived(batch, after)
  if (after.kind === 'priority' && String(after.body.private ?? '') !== before.audience)
    setAsServer(batch, after, {}, { audience: String(after.body.private ?? '') })
  applyApproval(batch, before, after)
  if (after.kind === 'round' && before.v !== '' && before.body.state !== after.body.state)
    afterTurn(batch, after)
  if (after.kind === 'meeting' && before.body.state === 'live' && after.body.state === 'closed')
    afterMeeting(batch, after)
}

/** An issue that is archived leaves the lists it is voted on; restored, it is back where every ballot still fits. */
function afterArchived(batch: Batch, issue: StoredDoc): void {
  for (const round of [...batch.world.all()].filter(doc => isOnList(doc, issue.id))) {
    const field = `removed/${issue.id}`
    const whole = { ...round.body, [field]: undefined } as unknown as Round
    const fits = batch.world.ballots(round.id).every(({ dots }) => !misplacedDots(whole, dots ?? {}))
    if (!issue.body.archived && !fits)
      continue
    setAsServer(batch, round, { [field]: issue.body.archived ? true : null })
  }
}

/** The record of a meeting is what had arrived when its close did. */
function afterMeeting(batch: Batch, { id, body }: StoredDoc): void {
  const meeting = body as unknown as Meeting
  const team = batch.world.get('team', meeting.team)
  const org = [...batch.world.all()].find(({ kind }) => kind === 'org')?.body as unknown as Org | undefined
  if (!team || !org || batch.world.has(recapId(id)))
    return
  const recap = freezeMeeting({ id, meeting, team, closedAt: meeting.closedAt ?? meeting.startedAt, calendar: org }, gathered(batch.world.all()))
  setAsServer(batch, newDoc('recap', recapId(id)), { ...recap })
}

function afterBallot(batch: Batch, ballot: StoredDoc): void {
  const round = batch.world.doc(String(ballot.body.round))
  if (!round)
    return
  const open = round.body.state === 'open'
  setAsServer(batch, ballot, {}, { audience: open ? String(ballot.body.voter) : '' })
  if (open)
    markVoted(batch, ballot, ballot.body.dots as Dots | undefined)
}

/** Who is marked while a round is open holds a dot, on its list or off it: a list made shorter must not tell on whom theirs lay. */
function markVoted(batch: Batch, ballot: StoredDoc, dots: Dots | undefined): void {
  const round = batch.world.doc(String(ballot.body.round))
  const mark = `voted/${String(ballot.body.voter)}`
  const holdsDots = Object.keys(dots ?? {}).length > 0
  if (round && holdsDots !== (round.body[mark] === true))
    setAsServer(batch, round, { [mark]: holdsDots ? true : null })
}

/** Closing shows every ballot, and marks whose counts; reopening hides them again and adopts the late ones. */
function afterTurn(batch: Batch, round: StoredDoc): void {
  for (const ballot of batch.world.ballotsOf(round.id)) {
    if (round.body.state === 'closed') {
      setAsServer(batch, ballot, {}, { audience: '' })
      markVoted(batch, ballot, countedDots(round.body as unknown as Round, ballot.body.dots as Dots | undefined))
    }
    else {
      setAsServer(batch, ballot, ballot.body.late ? { dots: ballot.body.late, late: null } : {}, { audience: String(ballot.body.voter) })
    }
  }
  if (round.body.state === 'open')
    batch.world.ballotsOf(round.id).forEach(ballot => afterBallot(batch, ballot))
}
