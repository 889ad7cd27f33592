import type { Delivery } from '#shared/record/delivery.ts'
import type { Body } from '#shared/record/envelope.ts'
import type { FieldWrites } from '#shared/sync/merge.ts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { handoffSteps, stepFields, stepsOf } from '#shared/handoff/step.ts'
import { mergeFields } from '#shared/sync/merge.ts'
import { makeStamp } from '#shared/sync/stamp.ts'

interface Written { by: string, at: number, fields: Body }

const sent: Delivery = { contract: 'c', from: 's1', to: 's2', title: 'Order', sentBy: 'cleo', sentAt: 1, due: 9e6, state: 'sent', stateBy: 'cleo', stateAt: 1 }
const accepted: Delivery = { ...sent, state: 'accepted', acceptedAt: 5, stateBy: 'base', stateAt: 5 }
const done: Delivery = { ...accepted, state: 'done', stateBy: 'base', stateAt: 6 }
const stampOf = ({ by, at }: Written) => makeStamp(at, 0, by.padEnd(6, '0'))

/** A record that several wrote on apart, each having seen only `base`, in the order their writes arrive. */
function merged(base: Delivery, writes: readonly Written[]): Body {
  const log: { by: string, set: FieldWrites, lost: FieldWrites }[] = []
  let stored = { body: { ...base } as Body, stamps: Object.fromEntries(Object.keys(base).map(field => [field, makeStamp(1, 0, 'base00')])) }
  for (const write of writes) {
    const set = Object.fromEntries(Object.entries(write.fields).map(([field, value]) => [field, [value, stampOf(write)] as const]))
    const had = (field: string, stamp: string) => log.find(change => change.set[field]?.[1] === stamp || change.lost[field]?.[1] === stamp)
    const { body, stamps, taken, lost } = mergeFields('delivery', stored, set, write.by, {
      movedBy: field => log.findLast(change => field in change.set)?.by,
      fate: (field, stamp) => {
        const change = had(field, stamp)
        return change && (change.lost[field]?.[1] === stamp ? 'lost' : 'taken')
      },
    })
    stored = { body, stamps }
    log.push({ by: write.by, set: taken, lost: Object.fromEntries(Object.entries(lost).map(([field, [value, stamp]]) => [field, [value, stamp] as const])) })
  }
  return stored.body
}

const bases = fc.constantFrom(sent, accepted, done)
/** Some steps of both ends, each by somebody of their own at a time of their own. */
const apart = bases.chain(base => fc.record({
  base: fc.constant(base),
  steps: fc.uniqueArray(fc.record({ pick: fc.nat(handoffSteps.length), at: fc.integer({ min: 10, max: 60 }) }), { minLength: 2, maxLength: 4, selector: ({ at }) => at }),
})).map(({ base, steps }) => ({
  base,
  writes: steps.flatMap(({ pick, at }, n): Written[] => {
    const open = stepsOf(base, { sends: true, receives: true }, 0)
    const step = open[pick % open.length]
    return step ? [{ by: `w${n}`, at, fields: stepFields(base, step, { by: `w${n}`, now: at, hours: 4, reason: 'No address' }) }] : []
  }),
}))

const stateOf = ({ state, stateBy, stateAt }: Body) => ({ state, stateBy, stateAt })

describe('a handoff that several took a step of apart', () => {
  it('[M17] tells who brought about the state that stands, and when, in any order of arrival', () => {
    fc.assert(fc.property(apart.chain(story => fc.record({ story: fc.constant(story), order: fc.shuffledSubarray(story.writes, { minLength: story.writes.length }) })), ({ story: { base }, order }) => {
      const said = [stateOf({ ...base }), ...order.map(({ fields }) => stateOf(fields))]
      expect(said).toContainEqual(stateOf(merged(base, order)))
    }))
  })

  it('[M17] of two says the same whoever arrives first, and again when both are sent once more', () => {
    fc.assert(fc.property(apart, ({ base, writes }) => {
      const two = writes.slice(0, 2)
      const once = merged(base, two)
      expect(stateOf(merged(base, [...two].reverse()))).toEqual(stateOf(once))
      expect(merged(base, [...two, ...two])).toEqual(once)
    }))
  })

  it('[M17] accepted on one phone and returned later on another, it was accepted by who accepted it', () => {
    const [accepts, returns]: Written[] = [
      { by: 'ana', at: 20, fields: stepFields(sent, 'accept', { by: 'ana', now: 20, hours: 4 }) },
      { by: 'ben', at: 30, fields: stepFields(sent, 'return', { by: 'ben', now: 30, hours: 4, reason: 'No address' }) },
    ]
    for (const order of [[accepts, returns], [returns, accepts]] as Written[][])
      expect(merged(sent, order)).toMatchObject({ state: 'accepted', stateBy: 'ana', stateAt: 20 })
  })
})
