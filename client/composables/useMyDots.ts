import type { DotsRefusal } from '#shared/issue/round.ts'
import type { Dots } from '#shared/record/ballot.ts'
import type { Rec } from '../db/types.ts'
import { computed, shallowRef, watch } from 'vue'
import { changeDots, dotsIn, dotsLeft, refuseDots } from '#shared/issue/round.ts'
import { ballotId } from '#shared/record/ids.ts'
import { useReplica } from './useReplica.ts'

/** This person's dots in a round: shown at once, written one after another, refused with a reason. */
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

  /** Whether one more (1) or one fewer (-1) on this issue would stand. */
  function refusal(issue: string, by: 1 | -1): DotsRefusal | undefined {
    const held = round()
    return held && refuseDots({ round: held.d, voter: replica.member, dots: changeDots(dots.value, issue, by) })
  }

  function change(issue: string, by: 1 | -1): void {
    const held = round()
    refused.value = refusal(issue, by)
    if (!held || refused.value)
      return
    dots.value = changeDots(dots.value, issue, by)
    const wanted = dots.value
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

  const left = computed(() => {
    const held = round()
    return held ? dotsLeft(held.d, dots.value) : 0
  })

  return {
    dots,
    refused,
    refusal,
    change,
    of: (issue: string) => dots.value[issue] ?? 0,
    left,
    /** Given on this device and not with the server yet. */
    waiting: computed(() => dotsIn(dots.value) > 0 && (ballot()?.waiting.includes('dots') ?? false)),
  }
}
