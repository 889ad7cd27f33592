import type { Contract } from '../record/contract.ts'
import type { Delivery } from '../record/delivery.ts'
import type { Procedure } from '../record/procedure.ts'
import type { DemoPerson } from './people.ts'
import type { DemoSeatName } from './seats.ts'

/** `answer.after` is how many hours after it was sent somebody answered. */
interface DemoDelivery extends Pick<Delivery, 'title' | 'detail' | 'state'> {
  hoursAgo: number
  sentBy: DemoPerson | DemoSeatName
  answer?: { by: DemoPerson, after: number }
}

interface DemoContract extends Pick<Contract, 'passes' | 'must' | 'hours' | 'onMiss'> {
  from: DemoSeatName
  to: DemoSeatName
  deliveries: DemoDelivery[]
}

export const demoContracts: DemoContract[] = [
  {
    from: 'scout',
    to: 'sales',
    passes: 'A dealer worth calling',
    must: 'Call within a day and say what came of it.',
    hours: 24,
    onMiss: 'It goes to the managing director.',
    deliveries: [
      { title: 'Hansen Cycles, Aarhus', detail: 'Asked twice about cargo bicycles; four shops.', hoursAgo: 70, sentBy: 'scout', state: 'accepted', answer: { by: 'theo', after: 5 } },
      { title: 'Velo Nord, Kiel', detail: 'Ordered from us in spring, and from others since.', hoursAgo: 40, sentBy: 'scout', state: 'sent' },
    ],
  },
  {
    from: 'harbor',
    to: 'customers',
    passes: 'A question no rule answers',
    must: 'Answer the rider the same day.',
    hours: 4,
    onMiss: 'The rider is told when a person will answer.',
    deliveries: [],
  },
  {
    from: 'operations',
    to: 'prism',
    passes: 'A production plan',
    must: 'Name the parts that will run short, and when.',
    hours: 48,
    onMiss: 'Noor counts the stock herself.',
    deliveries: [{ title: 'Plan for the winter bicycles', hoursAgo: 6, sentBy: 'noor', state: 'sent' }],
  },
]

export const demoProcedures: (Pick<Procedure, 'title' | 'trigger' | 'steps' | 'outputs'> & { seat: DemoSeatName })[] = [
  {
    seat: 'harbor',
    title: 'A refund is asked for',
    trigger: 'A rider asks for their money back.',
    steps: '1. Find the order and its date.\n2. Within 30 days: say yes and pass it to finance.\n3. Later, or with damage: pass it to the customer lead with both sides of the story.',
    outputs: 'An answer the same day, and a note on the order.',
  },
]
