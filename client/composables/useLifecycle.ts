import type { Review } from '#shared/record/review.ts'
import type { Seat } from '#shared/record/seat.ts'
import type { Verdict } from '#shared/record/workState.ts'
import type { Fields } from '../db/types.ts'
import type { ChartView } from './useChart.ts'
import type { Company } from './useCompany.ts'
import { computed, shallowRef } from 'vue'
import { aroundSeat } from '#shared/lifecycle/around.ts'
import { rungAbove } from '#shared/lifecycle/authority.ts'
import { isFlagged, lightsOf } from '#shared/lifecycle/lights.ts'
import { limitOf } from '#shared/lifecycle/limits.ts'
import { canMove, stageBeforePause } from '#shared/lifecycle/moves.ts'
import { daysOverdue, nextReviewDay } from '#shared/lifecycle/review.ts'
import { refusalText } from '../text/t.ts'
import { evidenceOf, proofWords } from './lifecycleWords.ts'
import { todayHere, useClock } from './useClock.ts'
import { useLifecycleKnown } from './useLifecycleKnown.ts'
import { usePredict } from './usePredict.ts'
import { useReplica } from './useReplica.ts'

/** What a step says beside its verdict. */
export type StepMore = Pick<Review, 'reason' | 'next' | 'duties' | 'authority'>

/** An agent's seat on its way: stage, lights, what is allowed, and its history. `id` is an agent's seat. */
export function useLifecycle(id: () => string, company: Company, view: ChartView) {
  const replica = useReplica()
  const now = useClock()
  const { known, read } = useLifecycleKnown(company, () => [id()])
  const rec = computed(() => company.seatBy.value.get(id()))
  const seat = computed(() => rec.value?.d as Seat)
  const around = computed(() => aroundSeat(id(), known.value))
  const lights = computed(() => lightsOf({ id: id(), seat: seat.value, around: around.value, lookup: view.lookup }))
  const scene = computed(() => ({ id: id(), seat: seat.value, around: around.value, known: known.value, company }))
  const proofs = computed(() => new Map(lights.value.flatMap(state => state.on ? [[state.light, proofWords(state, scene.value)] as const] : [])))
  const flagged = computed(() => isFlagged(seat.value, lights.value))
  const today = computed(() => todayHere(now.value))
  const overdue = computed(() => daysOverdue(seat.value, today.value))
  const history = computed(() => [...around.value.review].sort((one, other) => other.d.at - one.d.at))
  /** The server has not confirmed the stage this device shows. */
  const waiting = computed(() => rec.value?.waiting.includes('stage') ?? false)
  /** The server has never heard of this seat: what needs its word waits. */
  const isNewHere = computed(() => rec.value?.waiting.includes('kind') ?? false)
  const resumesTo = computed(() => stageBeforePause(around.value.review.map(({ d }) => d)) === 'production' && lights.value.every(({ on }) => on) && !isNewHere.value ? 'production' as const : 'pilot' as const)

  const refused = shallowRef<string>()
  const stage = computed(() => seat.value.stage ?? 'planned')

  /** The fields of the seat a verdict sets. */
  function fieldsOf(verdict: Verdict, { next, authority }: StepMore): Fields<'seat'> {
    const to = { start: 'pilot', promote: 'production', pause: 'paused', resume: resumesTo.value, retire: 'retired' } as const
    return { ...verdict in to && { stage: to[verdict as keyof typeof to] }, ...authority && { authority }, ...next && { nextReview: next } }
  }

  function recordOf(verdict: Verdict, more: StepMore): Review {
    const { stage: to, authority } = fieldsOf(verdict, more)
    return { seat: id(), by: company.me, at: replica.now(), verdict, evidence: evidenceOf(lights.value, scene.value), ...more, stage: to ?? stage.value, authority: authority ?? seat.value.authority ?? 'draft' }
  }

  const asked: { review?: Review } = {}
  const { refuse, may, mayPlaceIn } = usePredict(company, () => ({ ...known.value, review: [...known.value.review, ...asked.review ? [{ id: '', d: asked.review }] : []] }))

  /** Takes a step and records it, or says in `refused` why not. */
  async function take(verdict: Verdict, more: StepMore = {}): Promise<boolean> {
    const fields = fieldsOf(verdict, more)
    asked.review = recordOf(verdict, more)
    const no = refuse({ kind: 'review', set: asked.review }) ?? refuse({ kind: 'seat', id: id(), before: seat.value, set: fields })
    refused.value = no && refusalText(no)
    if (no)
      return false
    await replica.add('review', asked.review)
    if (Object.keys(fields).length > 0)
      await replica.set<'seat'>(id(), fields)
    return true
  }

  const maySteer = computed(() => may({ kind: 'seat', id: id(), before: seat.value, set: { stage: 'paused' } }))
  const above = computed(() => rungAbove(seat.value.authority))
  const mayRaise = computed(() => above.value !== undefined && !isNewHere.value && may({ kind: 'seat', id: id(), before: seat.value, set: { authority: above.value } }))
  /** Wider limits are more authority: who may give the one may give the other. */
  const mayLimit = computed(() => may({ kind: 'seat', id: id(), before: seat.value, set: { 'may/raise_issue': limitOf(seat.value, 'raise_issue') + 1 } }))
  const limit = (fields: Fields<'seat'>) => Object.keys(fields).length ? replica.set<'seat'>(id(), fields) : undefined
  /** The teams this person may put the seat in. */
  const placeable = computed(() => company.teams.value.filter(({ d }) => mayPlaceIn(d)))
  const can = (to: Seat['stage']) => maySteer.value && to !== stage.value && canMove(stage.value, to ?? 'planned')
  const nextDay = () => nextReviewDay(seat.value, today.value)

  return { seat, read, known, around, lights, proofs, flagged, overdue, today, history, waiting, isNewHere, refused, stage, take, maySteer, mayRaise, mayLimit, limit, above, can, nextDay, may, placeable }
}

export type Lifecycle = ReturnType<typeof useLifecycle>
