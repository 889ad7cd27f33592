import type { Ends, HandoffStep } from '#shared/handoff/step.ts'
import type { Delivery } from '#shared/record/delivery.ts'
import type { ContractRec, DeliveryRec, HandoffShelf } from './handoffRules.ts'
import type { Company } from './useCompany.ts'
import { computed } from 'vue'
import { accountableOf, ownerOf } from '#shared/chart/owner.ts'
import { dueAfter, hour, isUnaccepted } from '#shared/handoff/state.ts'
import { renewed, stepFields, stepsOf, undoFields } from '#shared/handoff/step.ts'
import { compareHandoffs, handoffShelfOf, handoffWords } from './handoffRules.ts'
import { useClock } from './useClock.ts'
import { useRead } from './useLive.ts'
import { usePredict } from './usePredict.ts'
import { useReplica } from './useReplica.ts'

const both = (one: Ends, other: Ends): Ends => ({ sends: one.sends && other.sends, receives: one.receives && other.receives })

/** The company's handoffs, those of this person's own seats apart; what may be done about each, and doing it. */
export function useHandoffs(company: Company) {
  const replica = useReplica()
  const now = useClock()
  const { may } = usePredict(company)
  const contracts = useRead({ kind: 'contract' })
  const deliveries = useRead({ kind: 'delivery' })
  const read = computed(() => contracts.value !== undefined && deliveries.value !== undefined)
  const contractBy = computed(() => new Map((contracts.value ?? []).map(contract => [contract.id, contract])))
  const lookup = { seat: (id: string) => company.seatBy.value.get(id)?.d, member: (id: string) => company.memberBy.value.get(id)?.d }
  /** The seats this person answers for: their own, their agents', and vacant ones below that nobody else does. */
  const mine = computed(() => {
    const accountable = accountableOf(company.org.value?.accountable, company.members.value.map(({ id, d }) => [id, d]))
    return new Set(company.seats.value.filter(({ id }) => ownerOf(id, lookup, accountable) === company.me).map(({ id }) => id))
  })
  const endsOf = ({ from, to }: Delivery): Ends => ({ sends: mine.value.has(from), receives: mine.value.has(to) })

  const shelved = computed(() => {
    const shelves: Record<HandoffShelf, DeliveryRec[]> = { mine: [], out: [], over: [] }
    for (const delivery of deliveries.value ?? []) {
      const shelf = handoffShelfOf(delivery.d, endsOf(delivery.d))
      if (shelf)
        shelves[shelf].push(delivery)
    }
    Object.values(shelves).forEach(list => list.sort(compareHandoffs(now.value)))
    return shelves
  })
  /** Those of mine, at either end, whose time is up. */
  const unaccepted = computed(() => [...shelved.value.mine, ...shelved.value.out].filter(({ d }) => isUnaccepted(d, now.value)))
  const of = (contract: string) => (deliveries.value ?? []).filter(({ d }) => d.contract === contract)

  /** The ends at which this person may act, also for others' seats. */
  const allowed = ({ id, d }: DeliveryRec): Ends => ({
    sends: may({ kind: 'delivery', id, before: d, set: { title: `${d.title} ` } }),
    receives: may({ kind: 'delivery', id, before: d, set: { returnReason: `${d.returnReason ?? ''} ` } }),
  })
  /** What is open to this person; with `own` only at the ends that are theirs, so that nobody answers for another by the way. */
  const stepsFor = (delivery: DeliveryRec, own = false) => stepsOf(delivery.d, own ? both(allowed(delivery), endsOf(delivery.d)) : allowed(delivery), now.value)
    .filter(step => step !== 'renew' || contractBy.value.get(delivery.d.contract)?.d.archived !== true)
  const maySend = ({ id, d }: ContractRec) => !d.archived && may({ kind: 'delivery', set: { contract: id, from: d.from, to: d.to, sentBy: company.me, state: 'sent' } })

  const taken = ({ contract, due, sentAt }: Delivery) => ({ by: company.me, now: replica.now(), hours: contractBy.value.get(contract)?.d.hours ?? Math.round((due - sentAt) / hour) })

  /** Takes a step; one that is renewed is sent again first, so that nothing is lost between the two. */
  async function take({ id, d }: DeliveryRec, step: HandoffStep, reason?: string): Promise<void> {
    if (step === 'renew')
      await replica.add('delivery', renewed(d, taken(d)))
    await replica.set<'delivery'>(id, stepFields(d, step, { ...taken(d), ...reason !== undefined && { reason } }))
  }

  /** Takes back the step that followed `before`. */
  async function takeBack({ id, d }: DeliveryRec): Promise<void> {
    const held = await replica.get<'delivery'>(id)
    if (held)
      await replica.set<'delivery'>(id, undoFields(d, held.d, taken(d)))
  }

  function send({ id, d }: ContractRec, title: string, detail: string): Promise<string> {
    const sentAt = replica.now()
    return replica.add('delivery', { contract: id, from: d.from, to: d.to, title: title.trim(), ...detail.trim() && { detail: detail.trim() }, sentBy: company.me, sentAt, due: dueAfter(sentAt, d.hours), state: 'sent' })
  }

  const words = (delivery: Delivery) => handoffWords(delivery, { now: now.value, nameOf: company.nameOf, faceOf: id => company.faceOf(id).name })

  return { mine, contracts, contractBy, deliveries, read, shelved, unaccepted, of, stepsFor, maySend, take, takeBack, send, words, now }
}

export type Handoffs = ReturnType<typeof useHandoffs>
