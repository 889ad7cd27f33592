import type { DotsRefusal } from '#shared/issue/round.ts'
import type { Dots } from '#shared/record/ballot.ts'
import type { Round } from '#shared/record/round.ts'
import type { Rec } from '../db/types.ts'
import { computed, shallowRef, watch } from 'vue'
import { freedDots, keepFreed, markOf, placeIssue, tapIssue } from '#shared/issue/mark.ts'
import { changeDots, dotsIn, dotsLeft, refuseDots } from '#shared/issue/round.ts'
import { ballotId } from '#shared/record/ids.ts'
import { useReplica } from './useReplica.ts'

type Make = (round: Round, before: Dots) => Dots

/** This person's dots in a round, or what it counts: shown at once, written one after another, refused with a reason. */
export function useMyDots(round: () => Rec<'round'> | undefined, ballot: () => Rec<'ballot'> | undefined) {
  const replica = useReplica()
  const dots = shallowRef<Dots>({})
  const refused = shallowRef<DotsRefusal>()
  const writing = { last: Promise.resolve(), open: 0 }

  const follow = (stored: Rec<'ballot'> | undefined) => {
    if (writing.open === 0)
      dots.value = stored?.d.dots ?? {}
  }
  watch(ballot, follow, { immediate: true })

  const after = (held: Rec<'round'>, make: Make) => keepFreed(held.d, make(held.d, dots.value))

  /** Why this change would not stand. */
  function refusal(make: Make): DotsRefusal | undefined {
    const held = round()
    return held && refuseDots({ round: held.d, voter: replica.member, dots: after(held, make) })
  }

  function give(make: Make): void {
    const held = round()
    refused.value = refusal(make)
    if (!held || refused.value)
      return
    const wanted = dots.value = after(held, make)
    writing.open++
    writing.last = writing.last
      .catch(() => {})
      .then(() => replica.put('ballot', ballotId(held.id, replica.member), { dots: wanted }, { round: held.id, voter: replica.member }))
      .finally(() => writing.open--)
      .catch((error) => {
        follow(ballot())
        throw error
      })
  }

  const ofRound = (ask: (round: Round) => number) => {
    const held = round()
    return held ? ask(held.d) : 0
  }
  const tapping = (issue: string): Make => (held, before) => (held.count ?? 'dots') === 'dots' ? changeDots(before, issue, 1) : tapIssue(held, before, issue)

  return {
    dots,
    refused,
    /** Whether a tap on this issue would not stand. */
    blocked: (issue: string) => refusal(tapping(issue)) !== undefined,
    change: (issue: string, by: 1 | -1) => give((_, before) => changeDots(before, issue, by)),
    tap: (issue: string) => give(tapping(issue)),
    place: (issue: string, place: number) => give((held, before) => placeIssue(held, before, issue, place)),
    /** The dots, place or rank of an issue; 0 for none. */
    of: (issue: string) => ofRound(held => markOf(held, dots.value, issue)),
    left: computed(() => ofRound(held => dotsLeft(held, dots.value))),
    /** What came free because its issues were taken off the list. */
    freed: computed(() => ofRound(held => freedDots(held, dots.value))),
    /** Given on this device and not with the server yet. */
    waiting: computed(() => dotsIn(dots.value) > 0 && (ballot()?.waiting.includes('dots') ?? false)),
  }
}
