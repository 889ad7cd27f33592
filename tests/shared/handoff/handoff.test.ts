import type { Contract } from '#shared/record/contract.ts'
import type { Delivery } from '#shared/record/delivery.ts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dependentsOf } from '#shared/handoff/dependents.ts'
import { healthOf } from '#shared/handoff/health.ts'
import { hopLimit, hopsOf, isTooFar } from '#shared/handoff/hops.ts'
import { refuseContract, refuseDelivery } from '#shared/handoff/refuse.ts'
import { acceptedAt, dueAfter, hour, isMissed, isOver, isUnaccepted, standingOf } from '#shared/handoff/state.ts'
import { canUndo, handoffSteps, missedId, renewed, renewedId, stepFields, stepsOf, undoFields } from '#shared/handoff/step.ts'
import { deliveryStates } from '#shared/record/workState.ts'
import { further } from '#shared/tasks/progress.ts'

const day = 24 * hour
const aContract = (more: Partial<Contract> = {}): Contract => ({ from: 'seat_a', to: 'seat_b', passes: 'A signed order', must: 'Ship it', hours: 24, onMiss: 'Call the customer', ...more })
const aDelivery = (more: Partial<Delivery> = {}): Delivery => ({ contract: 'contract_1', from: 'seat_a', to: 'seat_b', title: 'Order 7', sentBy: 'mem_a', sentAt: 0, due: day, state: 'sent', ...more })
const clean = (delivery: object) => Object.fromEntries(Object.entries(delivery).filter(([, value]) => value !== null)) as unknown as Delivery

const times = fc.integer({ min: 0, max: 60 }).map(hours => hours * hour)
const deliveries = fc.record({
  sentAt: times,
  due: times,
  state: fc.constantFrom(...deliveryStates),
  stateAt: times,
  acceptedAt: fc.option(times, { nil: undefined }),
  reopened: fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined }),
  archived: fc.option(fc.constant(true), { nil: undefined }),
}).map(more => aDelivery(more))
const ends = fc.record({ sends: fc.boolean(), receives: fc.boolean() })
const steps = fc.constantFrom(...handoffSteps)

describe('a delivery', () => {
  it('is offered to the last moment of its time and expired from the next, by the clock alone', () => {
    expect([day - 1, day, day + 1].map(now => standingOf(aDelivery(), now))).toEqual(['offered', 'offered', 'expired'])
    fc.assert(fc.property(deliveries, times, (delivery, now) => {
      expect(standingOf(delivery, now)).toBe(delivery.state === 'sent' ? now > delivery.due ? 'expired' : 'offered' : delivery.state)
    }))
  })

  it('that nobody accepted is loud until somebody answers or puts it away', () => {
    const late = day + 1
    expect([isUnaccepted(aDelivery(), late), isUnaccepted(aDelivery(), day), isUnaccepted(aDelivery({ archived: true }), late), isUnaccepted(aDelivery({ state: 'accepted' }), late)]).toEqual([true, false, false, false])
  })

  it('answered after its time was missed all the same; one answered in time never was', () => {
    const after = (more: Partial<Delivery>) => isMissed(aDelivery(more), 2 * day)
    expect([after({}), after({ state: 'accepted', acceptedAt: day + 1 }), after({ state: 'accepted', acceptedAt: day })]).toEqual([true, true, false])
    expect([after({ state: 'returned', stateAt: day }), after({ state: 'returned', stateAt: day + 1 })]).toEqual([false, true])
    expect(after({ state: 'verified', acceptedAt: 5, stateAt: 3 * day })).toBe(false)
    fc.assert(fc.property(deliveries, times, times, (delivery, now, more) => {
      expect(!isMissed(delivery, now) || isMissed(delivery, now + more)).toBe(true)
    }))
  })

  it('is over when it is verified or put away', () => {
    expect([...deliveryStates.map(state => isOver({ state })), isOver({ state: 'sent', archived: true })]).toEqual([false, false, false, false, true, true])
  })
})

describe('the steps of a delivery', () => {
  const may = (more: Partial<Delivery>, now = 0) => ({ receiver: stepsOf(aDelivery(more), { sends: false, receives: true }, now), sender: stepsOf(aDelivery(more), { sends: true, receives: false }, now) })

  it('are accept, return and done for the receiver; verify and send anew for the sender', () => {
    expect(may({})).toEqual({ receiver: ['accept', 'return', 'done'], sender: [] })
    expect(may({}, day + 1)).toEqual({ receiver: ['accept', 'return', 'done'], sender: ['renew', 'putAway'] })
    expect(may({ state: 'accepted' })).toEqual({ receiver: ['done', 'return'], sender: [] })
    expect(may({ state: 'returned' })).toEqual({ receiver: [], sender: ['resend', 'putAway'] })
    expect(may({ state: 'done' })).toEqual({ receiver: [], sender: ['verify', 'resend'] })
    expect(may({ state: 'verified' })).toEqual({ receiver: [], sender: [] })
  })

  it('are nobody\'s who stands at neither end, both\'s for who stands at both, and none once it is put away', () => {
    fc.assert(fc.property(deliveries, ends, times, (delivery, at, now) => {
      const [both, mine] = [stepsOf(delivery, { sends: true, receives: true }, now), stepsOf(delivery, at, now)]
      expect(mine.every(step => both.includes(step))).toBe(true)
      expect(!at.sends && !at.receives ? mine : []).toEqual([])
      expect(delivery.archived ? both : []).toEqual([])
    }))
  })

  it('stand against what was before, whoever wrote that apart, and say who took them when', () => {
    fc.assert(fc.property(deliveries, ends, times, (delivery, at, now) => {
      for (const step of stepsOf(delivery, at, now).filter(one => one !== 'putAway' && one !== 'renew')) {
        const after = clean({ ...delivery, ...stepFields(delivery, step, { by: 'mem_x', now, hours: 24, reason: 'No address' }) })
        expect(further(deliveryStates, delivery, after)).toBe(after.state === delivery.state && !after.reopened ? delivery : after)
        expect([after.stateBy, after.stateAt]).toEqual(['mem_x', now])
        expect(refuseDelivery(aContract(), { before: { ...delivery }, set: { ...after }, after })).toBeUndefined()
      }
    }))
  })

  it('sent anew gives the receiver the whole time once more, and forgets why it came back', () => {
    const back = aDelivery({ state: 'returned', returnReason: 'No address', reopened: 1 })
    const again = clean({ ...back, ...stepFields(back, 'resend', { by: 'mem_a', now: 3 * day, hours: 2 }) })
    expect(again).toEqual(aDelivery({ state: 'sent', reopened: 2, stateBy: 'mem_a', stateAt: 3 * day, due: 3 * day + 2 * hour }))
  })

  it('renewed is another delivery in its place, and the one nobody accepted stays missed', () => {
    const late = aDelivery({ detail: 'By post', hops: 2 })
    const by = { by: 'mem_x', now: 2 * day, hours: 2 }
    const kept = clean({ ...late, ...stepFields(late, 'renew', by) })
    expect([kept.archived, isMissed(kept, 2 * day), renewed(late, by)]).toEqual([true, true, aDelivery({ detail: 'By post', sentBy: 'mem_x', sentAt: 2 * day, due: 2 * day + 2 * hour })])
  })

  it('done straight away counts as accepted then, and a return as not accepted', () => {
    const done = clean({ ...aDelivery(), ...stepFields(aDelivery(), 'done', { by: 'mem_b', now: 7, hours: 24 }) })
    expect(acceptedAt(done)).toBe(7)
    const accepted = aDelivery({ state: 'accepted', acceptedAt: 5 })
    expect(clean({ ...accepted, ...stepFields(accepted, 'done', { by: 'mem_b', now: 9, hours: 24 }) }).acceptedAt).toBe(5)
    const returned = clean({ ...accepted, ...stepFields(accepted, 'return', { by: 'mem_b', now: 9, hours: 24, reason: ' Wrong ' }) })
    expect([acceptedAt(returned), returned.returnReason]).toEqual([undefined, 'Wrong'])
  })

  it('taken back leave it as it was, and that stands', () => {
    fc.assert(fc.property(deliveries, steps.filter(canUndo), times, (delivery, step, now) => {
      const by = { by: 'mem_x', now, hours: 24, reason: 'No' }
      fc.pre(stepsOf(delivery, { sends: true, receives: true }, now).includes(step))
      const taken = clean({ ...delivery, ...stepFields(delivery, step, by) })
      const back = clean({ ...taken, ...undoFields(delivery, taken, by) })
      expect([back.state, back.due, back.acceptedAt, back.returnReason, back.archived]).toEqual([delivery.state, delivery.due, delivery.acceptedAt, delivery.returnReason, delivery.archived])
      expect(further(deliveryStates, taken, back).state).toBe(delivery.state)
    }))
  })
})

describe('what is refused', () => {
  const refusal = (after: Delivery, { contract = aContract(), before }: { contract?: Contract, before?: Delivery } = {}) => refuseDelivery(contract, { before: before && { ...before }, set: { ...after }, after })?.code

  it('a contract from a seat to itself', () => {
    expect([refuseContract({ from: 'seat_a', to: 'seat_a' })?.code, refuseContract(aContract())]).toEqual(['handoff-to-itself', undefined])
  })

  it('a new delivery under an archived contract, not one already under way', () => {
    const contract = aContract({ archived: true })
    expect([refusal(aDelivery(), { contract }), refusal(aDelivery({ state: 'accepted' }), { contract, before: aDelivery() })]).toEqual(['contract-archived', undefined])
  })

  it('ends that are not the contract\'s, and a time it does not give', () => {
    expect([refusal(aDelivery({ to: 'seat_c' })), refusal(aDelivery({ from: 'seat_b', to: 'seat_a' })), refusal(aDelivery({ due: day + 1 }))]).toEqual(['wrong-ends', 'wrong-ends', 'wrong-due'])
    fc.assert(fc.property(times, fc.integer({ min: 1, max: 8784 }), (sentAt, hours) => {
      expect(refusal(aDelivery({ sentAt, due: dueAfter(sentAt, hours) }), { contract: aContract({ hours }) })).toBeUndefined()
    }))
  })

  it('more time taken without sending anew', () => {
    expect(refusal(aDelivery({ due: 9 * day, stateAt: 5 }), { before: aDelivery() })).toBe('wrong-due')
    expect(refusal(aDelivery({ due: 9 * day, stateAt: 8 * day }), { before: aDelivery() })).toBeUndefined()
  })

  it('a return with no reason', () => {
    expect(['', '  ', undefined, 'No address'].map(returnReason => refusal(aDelivery({ state: 'returned', returnReason }), { before: aDelivery() }))).toEqual(['no-return-reason', 'no-return-reason', 'no-return-reason', undefined])
  })

  it('what has come through too many agents in a row', () => {
    expect([hopLimit, hopLimit + 1].map(hops => refusal(aDelivery({ hops })))).toEqual([undefined, 'too-many-hops'])
  })

  it('what an agent has sent anew too often; a person may send it on', () => {
    const anew = (by: string, more: Partial<Delivery>) => refusal(aDelivery({ stateBy: by, stateAt: 5, due: day + 5, ...more }), { before: aDelivery({ state: 'returned' }) })
    expect([hopLimit, hopLimit + 1].map(reopened => anew('seat_a', { reopened }))).toEqual([undefined, 'too-many-hops'])
    expect(anew('seat_a', { reopened: 1, hops: hopLimit })).toBe('too-many-hops')
    expect(anew('mem_a', { reopened: hopLimit + 1 })).toBeUndefined()
  })
})

describe('what an agent puts in the place of a missed one', () => {
  it('has a name of its own that says what it replaces, however often', () => {
    expect(['delivery_1', 'delivery_1.again2', 'delivery_1.again9'].map(renewedId)).toEqual(['delivery_1.again2', 'delivery_1.again3', 'delivery_1.again10'])
    expect(['delivery_1', 'delivery_agent.seat_x.again'].map(missedId)).toEqual([undefined, undefined])
    fc.assert(fc.property(fc.integer({ min: 1, max: 12 }), (times) => {
      const id = Array.from({ length: times }).reduce<string>(renewedId, 'delivery_agent.seat_x.one')
      expect(missedId(renewedId(id))).toBe(id)
    }))
  })
})

describe('agents that send to each other', () => {
  const isAgent = (id: string) => id.startsWith('seat_')

  it('count one more than what they have open from an agent; what people sent counts for nothing', () => {
    expect(hopsOf([], isAgent)).toBe(0)
    expect(hopsOf([aDelivery({ sentBy: 'mem_a', hops: 3 })], isAgent)).toBe(0)
    expect(hopsOf([aDelivery({ sentBy: 'seat_x' }), aDelivery({ sentBy: 'seat_y', hops: 2 }), aDelivery({ sentBy: 'seat_z', hops: 7, state: 'verified' })], isAgent)).toBe(3)
  })

  it('stop at the limit, however they pass it round', () => {
    const passed = [aDelivery({ sentBy: 'seat_x', hops: 0 })]
    while (!isTooFar(passed.at(-1)?.hops))
      passed.push(aDelivery({ sentBy: 'seat_x', hops: hopsOf(passed.slice(-1), isAgent) }))
    expect(passed).toHaveLength(hopLimit + 2)
  })
})

describe('the health of a contract', () => {
  const now = 30 * day

  it('counts what happened in the last seven days when it happened, in time only to the last moment', () => {
    const at = (sentAt: number, more: Partial<Delivery> = {}) => aDelivery({ sentAt, due: sentAt + day, ...more })
    expect(healthOf([], now)).toEqual({ sent: 0, inTime: 0, returned: 0, expired: 0 })
    expect(healthOf([
      at(now - 8 * day),
      at(now - 7.5 * day),
      at(now - 2 * day, { state: 'accepted', acceptedAt: now - day }),
      at(now - 2 * day, { state: 'done', acceptedAt: now - day + 1 }),
      at(now - 2 * day, { state: 'returned', stateAt: now - 2 * day }),
      at(now - day, { archived: true }),
      at(now),
    ], now)).toEqual({ sent: 5, inTime: 1, returned: 1, expired: 2 })
  })

  it('never counts one both as in time and as expired', () => {
    fc.assert(fc.property(deliveries, times, (delivery, at) => {
      const { inTime, expired } = healthOf([delivery], at)
      expect(inTime + expired).toBeLessThanOrEqual(1)
    }))
  })
})

it('a seat\'s dependents are who gets something from it, each once; archived contracts bind nobody', () => {
  const bonds = [aContract(), aContract(), aContract({ to: 'seat_c' }), aContract({ from: 'seat_d', to: 'seat_a' }), aContract({ to: 'seat_e', archived: true })]
  expect(dependentsOf('seat_a', bonds)).toEqual({ dependents: ['seat_b', 'seat_c'], dependsOn: ['seat_d'] })
  const seats = fc.constantFrom('a', 'b', 'c')
  fc.assert(fc.property(fc.array(fc.record({ from: seats, to: seats })), seats, seats, (contracts, one, other) => {
    expect(dependentsOf(one, contracts).dependents.includes(other)).toBe(dependentsOf(other, contracts).dependsOn.includes(one))
  }))
})
