import type { Dots } from '#shared/record/ballot.ts'
import type { Round } from '#shared/record/round.ts'
import type { Fields, Kept, Rec } from '../db/types.ts'
import { computed, shallowRef } from 'vue'
import { misplacedDots } from '#shared/issue/round.ts'
import { useStream } from './useLive.ts'
import { useReplica } from './useReplica.ts'

/** What of an open round did not change, and why. */
export interface LimitRefusal { code: string, list: boolean, replaced: boolean }

const isList = (field: string) => field.startsWith('removed/')
const listed = (issue: string, off: true | null): Fields<'round'> => ({ [`removed/${issue}` as `removed/${string}`]: off })
const isLimit = (field: string) => field === 'dots' || field === 'cap' || isList(field)

/**
 * What whoever runs an open round changes of it: its limits and its list. Only the server knows what others spent: its no
 * comes later, and is said in the same place as one that this person's own dots foretell.
 */
export function useRoundLimits(round: () => Rec<'round'> | undefined, mine: () => Dots) {
  const replica = useReplica()
  const kept = useStream<readonly Kept[]>(() => replica.kept, [])
  const foretold = shallowRef<LimitRefusal>()
  const stayed = computed(() => kept.value.filter(({ record, fields }) => record === round()?.id && Object.keys(fields).every(isLimit)))
  const refused = computed(() => foretold.value ?? stayed.value.map(({ reason, refusal, fields }) => ({ code: refusal.code, list: Object.keys(fields).some(isList), replaced: reason === 'replaced' }))[0])

  async function change(fields: Fields<'round'>): Promise<void> {
    const held = round()
    if (!held)
      return
    const code = misplacedDots({ ...held.d, ...fields } as Round, mine())
    foretold.value = code && { code: 'dots-spent', list: Object.keys(fields).some(isList), replaced: false }
    await Promise.all(stayed.value.map(({ id }) => replica.letGo(id)))
    if (!code)
      await replica.set<'round'>(held.id, fields)
  }

  return {
    refused,
    setDots: (dots: number) => change({ dots, ...dots < (round()?.d.cap ?? 0) && { cap: dots } }),
    setCap: (cap: number) => change({ cap }),
    takeOff: (issue: string) => change(listed(issue, true)),
    putBack: (issue: string) => change(listed(issue, null)),
  }
}
