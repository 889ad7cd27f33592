import type { Charge } from '#shared/leaving/charges.ts'
import type { Leaving, Takers } from '#shared/leaving/plan.ts'
import type { Company } from './useCompany.ts'
import { computed, shallowRef, watch } from 'vue'
import { chargesOf, mayTake } from '#shared/leaving/charges.ts'
import { movesOf, suggestTakers, untaken } from '#shared/leaving/plan.ts'
import { ownersAfter } from '#shared/leaving/preview.ts'
import { refusalText } from '../text/t.ts'
import { askServer } from './askServer.ts'
import { memberChoices } from './choices.ts'
import { useRead } from './useLive.ts'
import { useReplica } from './useReplica.ts'
import { useSyncState } from './useSyncState.ts'

/** What somebody who leaves has in their hands, who takes it, and the way out: moves first, then the server's word. */
export function useLeaving(member: string, company: Company) {
  const replica = useReplica()
  const { state, waiting } = useSyncState()
  const orgs = useRead({ kind: 'org' })
  const todos = useRead({ kind: 'todo' })
  const person = computed(() => company.memberBy.value.get(member)?.d)
  const read = computed(() => company.read.value && orgs.value !== undefined && todos.value !== undefined && company.members.value.length > 0)
  const isLeft = computed(() => person.value?.state === 'left')
  const lookup = { seat: (id: string) => company.seatBy.value.get(id)?.d, member: (id: string) => company.memberBy.value.get(id)?.d }
  const leaving = computed<Leaving>(() => ({
    member,
    hands: { org: orgs.value ?? [], seat: [...company.seatBy.value.values()], todo: todos.value ?? [] },
    members: company.members.value.map(({ id, d }) => [id, d]),
    lookup,
  }))
  const charges = computed(() => chargesOf(member, leaving.value.hands))
  const { picked, everything, give, giveAll, forget } = usePicks(`leave:${member}`, (charge, taker) => mayTake(charge, taker, member, lookup))
  const takers = computed<Takers>(() => ({ ...suggestTakers(leaving.value, charges.value), ...picked.value }))
  const moves = computed(() => movesOf(leaving.value, charges.value, takers.value))
  const stuck = computed(() => untaken(leaving.value, charges.value, takers.value))
  const ownerAfter = computed(() => ownersAfter(leaving.value, moves.value))
  const isLastAdmin = computed(() => !isLeft.value && person.value?.role === 'admin' && company.members.value.every(({ id, d }) => id === member || d.role !== 'admin' || d.state !== 'active'))
  const choicesFor = (charge: Charge) => memberChoices(company, id => mayTake(charge, id, member, lookup))

  /** The records whose moves the server has yet to take before it is asked to let them go. */
  const sent = shallowRef<ReadonlySet<string>>()
  const refused = shallowRef<string>()
  const unsent = computed(() => waiting.value.filter(({ id }) => sent.value?.has(id)).length)

  async function finish(): Promise<void> {
    const now = moves.value
    refused.value = undefined
    for (const { id, set } of now)
      await replica.set(id, set)
    await forget()
    if (!isLeft.value)
      sent.value = new Set(now.map(({ id }) => id))
  }

  async function ask(): Promise<void> {
    refused.value = undefined
    const answer = await askServer('DELETE', `/api/orgs/${replica.org}/members/${member}`, undefined, replica)
    if ('body' in answer)
      sent.value = undefined
    else
      refused.value = refusalText({ code: answer.refused })
    replica.retry()
  }

  watch(() => sent.value !== undefined && unsent.value === 0 && state.value.connection === 'online', isTime => isTime && void ask())

  return { person, read, isLeft, charges, takers, moves, stuck, ownerAfter, isLastAdmin, choicesFor, everything, give, giveAll: (taker: string) => giveAll(charges.value, taker), finish, ask, sent, unsent, refused, state }
}

export type LeavingView = ReturnType<typeof useLeaving>

/** Stands among the picks for who was given everything. */
const all = '*'

/** Who was picked for what, kept on this device until it is done. */
function usePicks(key: string, fits: (charge: Charge, taker: string) => boolean) {
  const replica = useReplica()
  const picked = shallowRef<Takers>({})

  function keep(takers: Takers): void {
    picked.value = takers
    void replica.saveDraft(key, JSON.stringify(takers))
  }

  void replica.draft(key).then((kept) => {
    if (kept && Object.keys(picked.value).length === 0)
      picked.value = JSON.parse(kept) as Takers
  })

  return {
    picked,
    everything: computed(() => picked.value[all] ?? ''),
    give: (charge: Charge, taker: string) => keep({ ...picked.value, [charge.id]: taker }),
    /** Everything the person may take; the rest, or all of it for '', goes as suggested. */
    giveAll: (charges: readonly Charge[], taker: string) => keep(Object.fromEntries(taker ? [...charges.filter(charge => fits(charge, taker)).map(({ id }) => [id, taker]), [all, taker]] : [])),
    forget: () => replica.saveDraft(key, undefined),
  }
}
