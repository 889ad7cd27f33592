import type { BodyOf } from './define.ts'
import { z } from 'zod'
import { defineRecord, instant, line, prose, ref } from './define.ts'
import { deliveryStates } from './workState.ts'

/** One passing under a contract. That it expired is computed, never stored. */
export const deliveryRecord = defineRecord({
  contract: ref(),
  /** The contract's ends as they were when it was sent. */
  from: ref(),
  to: ref(),
  title: line(300),
  detail: prose().optional(),
  /** A member's id, or an agent seat's. */
  sentBy: ref(),
  sentAt: instant(),
  /** By when it must be accepted, ms. */
  due: instant(),
  state: z.enum(deliveryStates),
  /** Who said so last, and when: a member's id, or an agent seat's. */
  stateBy: ref().optional(),
  stateAt: instant().optional(),
  /** When the receiver first said yes: accepted, or done straight away. */
  acceptedAt: instant().optional(),
  /** Why it was returned. */
  returnReason: line(1000).optional(),
  /** How often it was sent anew; written together with the lower state. */
  reopened: z.number().int().nonnegative().optional(),
  /** Through how many agents in a row it has come. */
  hops: z.number().int().nonnegative().optional(),
  archived: z.boolean().optional(),
  demo: z.boolean().optional(),
})

export type Delivery = BodyOf<typeof deliveryRecord>
