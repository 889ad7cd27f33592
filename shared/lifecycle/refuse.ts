import type { ChartLookup } from '../chart/owner.ts'
import type { Review } from '../record/review.ts'
import type { Seat } from '../record/seat.ts'
import type { Verdict } from '../record/workState.ts'
import type { Around } from './around.ts'
import { lights } from '../record/workState.ts'
import { rungOf, skipsRung } from './authority.ts'
import { dutiesOf, unplaced } from './duties.ts'
import { lightsOf, missingLights } from './lights.ts'
import { canMove } from './moves.ts'

export type StepCode = 'stage-not-next' | 'lights-out' | 'no-accountability' | 'one-rung' | 'needs-review' | 'no-reason' | 'no-evidence' | 'no-date' | 'duties-left'

/** `about` names lights or duties. `later`: what is missing may be on its way from the same device. */
export interface StepRefusal { code: StepCode, fields?: string[], about?: string[], later?: true }

/** A seat's step: `before` undefined for a new seat. */
export interface Step { id: string, before?: Seat, seat: Seat, around: () => Around, lookup: ChartLookup }

const needsReason: readonly Verdict[] = ['retire', 'raise']
const needsNext: readonly Verdict[] = ['keep', 'extend']

/** Why a seat does not take a step. Only what changes is judged, so that a seat that lost a light stays as it is. */
export function refuseStep(step: Step): StepRefusal | undefined {
  if (step.seat.kind !== 'agent')
    return undefined
  return refuseStage(step) ?? refuseAuthority(step) ?? refuseNextReview(step)
}

/** Why a look at a seat, or the record of a step, is not taken; `seat` as it stands. */
export function refuseReview(review: Review, { id, seat, around, lookup }: Omit<Step, 'before'>): StepRefusal | undefined {
  if (needsReason.includes(review.verdict) && !review.reason?.trim())
    return { code: 'no-reason', fields: ['reason'] }
  if (needsNext.includes(review.verdict) && !review.next)
    return { code: 'no-date', fields: ['next'] }
  if (review.verdict === 'retire') {
    const left = unplaced(dutiesOf(around()), review.duties)
    return left.length > 0 ? { code: 'duties-left', fields: ['duties'], about: left.map(({ title }) => title) } : undefined
  }
  if (review.stage !== 'production' || (review.verdict !== 'promote' && review.verdict !== 'resume'))
    return review.verdict === 'promote' ? { code: 'stage-not-next', fields: ['stage'] } : undefined
  if (lights.some(light => !review.evidence?.[light]?.trim()))
    return { code: 'no-evidence', fields: ['evidence'] }
  return canMove(seat.stage ?? 'planned', 'production') ? refuseProduction({ id, seat, around, lookup }) : { code: 'stage-not-next', fields: ['stage'] }
}

function refuseStage({ id, before, seat, around, lookup }: Step): StepRefusal | undefined {
  const [from, to] = [before?.stage ?? 'planned', seat.stage ?? 'planned']
  if (from === to)
    return undefined
  // A new seat may start as a pilot, or be put to rest before the server heard of it; it has no lights yet.
  if (before && !canMove(from, to))
    return { code: 'stage-not-next', fields: ['stage'] }
  if (to === 'production')
    return refuseProduction({ id, seat, around, lookup }) ?? needsReview(around(), 'stage', review => review.stage === 'production' && ['promote', 'resume'].includes(review.verdict))
  return to === 'retired' && before ? needsReview(around(), 'stage', ({ verdict }) => verdict === 'retire') : undefined
}

function refuseProduction({ id, seat, around, lookup }: Omit<Step, 'before'>): StepRefusal | undefined {
  if (!seat.accountability.trim())
    return { code: 'no-accountability' }
  const missing = missingLights(lightsOf({ id, seat, around: around(), lookup }))
  return missing.length > 0 ? { code: 'lights-out', fields: ['stage'], about: missing, later: true } : undefined
}

function refuseAuthority({ before, seat, around }: Step): StepRefusal | undefined {
  if (skipsRung(before?.authority, seat.authority) || (!before && rungOf(seat.authority) > 0))
    return { code: 'one-rung', fields: ['authority'] }
  const rises = rungOf(seat.authority) > rungOf(before?.authority)
  return rises ? needsReview(around(), 'authority', ({ verdict, authority }) => verdict === 'raise' && authority === seat.authority) : undefined
}

/** No failure and no tidying moves it: only a recorded look at the seat does. */
function refuseNextReview({ before, seat, around }: Step): StepRefusal | undefined {
  if (!before || before.nextReview === seat.nextReview)
    return undefined
  return needsReview(around(), 'nextReview', ({ next }) => next !== undefined && next === seat.nextReview)
}

function needsReview({ review }: Around, field: string, fits: (review: Review) => boolean): StepRefusal | undefined {
  return review.some(({ d }) => fits(d)) ? undefined : { code: 'needs-review', fields: [field], later: true }
}
