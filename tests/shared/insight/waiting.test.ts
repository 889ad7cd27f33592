import type { Delivery } from '#shared/record/delivery.ts'
import type { Todo } from '#shared/record/todo.ts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { waitingOnOthers } from '#shared/insight/waiting.ts'
import { deliveryStates, todoStates } from '#shared/record/workState.ts'

const day = 86_400_000
const dayOf = (instant: number) => new Date(instant).toISOString().slice(0, 10)
const now = Date.UTC(2026, 10, 18)
const aTodo = (id: string, more: Partial<Todo> = {}) => ({ id, d: { title: id, owner: 'ana', asker: 'ana', askedAt: 1, due: '2026-11-20', state: 'open', ...more } as Todo })
const aDelivery = (id: string, more: Partial<Delivery> = {}) => ({ id, d: { contract: 'c', from: 'sales', to: 'works', title: id, sentBy: 'ana', sentAt: now, due: now + day, state: 'sent', ...more } as Delivery })
const lines = (todos: ReturnType<typeof aTodo>[], deliveries: ReturnType<typeof aDelivery>[] = []) => waitingOnOthers(todos, deliveries, now, dayOf).map(({ id, what, who, whom }) => [id, what, who, whom].join(' '))

describe('waiting on others', () => {
  it('is a to-do asked of another until it is verified, and one that waits for something outside', () => {
    expect(lines([
      aTodo('own'),
      aTodo('own-done', { state: 'done' }),
      aTodo('bank', { waitsFor: 'the bank' }),
      aTodo('asked', { asker: 'mara' }),
      aTodo('asked-done', { asker: 'mara', state: 'done' }),
      aTodo('asked-verified', { asker: 'mara', state: 'verified' }),
      aTodo('away', { asker: 'mara', archived: true }),
    ])).toEqual(['asked do mara ana', 'asked-done verify ana mara', 'bank outside ana the bank'])
  })

  it('is a delivery nobody accepted yet, one that is accepted and not done, and one that is done and not verified', () => {
    expect(lines([], [
      aDelivery('new'),
      aDelivery('late', { due: now - 1 }),
      aDelivery('accepted', { state: 'accepted' }),
      aDelivery('done', { state: 'done' }),
      aDelivery('returned', { state: 'returned' }),
      aDelivery('verified', { state: 'verified' }),
      aDelivery('away', { archived: true }),
    ])).toEqual(['late late sales works', 'accepted finish sales works', 'done verify works sales', 'new accept sales works'])
  })

  it('counts each once, the longest due first, whatever the order they come in', () => {
    const todo = fc.record({ state: fc.constantFrom(...todoStates), asker: fc.constantFrom('ana', 'mara'), due: fc.constantFrom('2026-11-10', '2026-11-19', '2026-11-30') })
    const delivery = fc.record({ state: fc.constantFrom(...deliveryStates), due: fc.integer({ min: now - 9 * day, max: now + 9 * day }) })
    fc.assert(fc.property(fc.array(todo, { maxLength: 6 }), fc.array(delivery, { maxLength: 6 }), (todos, deliveries) => {
      const [some, more] = [todos.map((one, n) => aTodo(`t${n}`, one)), deliveries.map((one, n) => aDelivery(`d${n}`, one))]
      const found = waitingOnOthers(some, more, now, dayOf)
      expect(found).toEqual(waitingOnOthers([...some].reverse(), [...more].reverse(), now, dayOf))
      expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
      expect(found.map(one => one.day)).toEqual(found.map(one => one.day).sort())
      expect(found.filter(({ kind }) => kind === 'delivery')).toHaveLength(deliveries.filter(({ state }) => state !== 'returned' && state !== 'verified').length)
    }))
  })
})
