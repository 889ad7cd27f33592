import type { Delivery } from '../record/delivery.ts'
import type { DeliveryState } from '../record/workState.ts'
import { deliveryStates } from '../record/workState.ts'
import { toState } from '../tasks/progress.ts'
import { dueAfter, standingOf } from './state.ts'

/** What somebody may do about a delivery. */
export const handoffSteps = ['accept', 'done', 'return', 'verify', 'resend', 'renew', 'putAway'] as const
export type HandoffStep = typeof handoffSteps[number]

/** At which ends of a delivery somebody stands. */
export interface Ends { sends: boolean, receives: boolean }

const receiverMay = {
  offered: ['accept', 'return', 'done'],
  expired: ['accept', 'return', 'done'],
  accepted: ['done', 'return'],
  returned: [],
  done: [],
  verified: [],
} as const

const senderMay = {
  offered: [],
  expired: ['renew', 'putAway'],
  accepted: [],
  returned: ['resend', 'putAway'],
  done: ['verify', 'resend'],
  verified: [],
} as const

/** What is open to whoever stands at these ends, the receiver's steps first; nothing once it is put away. */
export function stepsOf(delivery: Delivery, { sends, receives }: Ends, now: number): HandoffStep[] {
  if (delivery.archived)
    return []
  const standing = standingOf(delivery, now)
  return [...receives ? receiverMay[standing] : [], ...sends ? senderMay[standing] : []]
}

const stateAfter: Record<Exclude<HandoffStep, 'renew' | 'putAway'>, DeliveryState> = { accept: 'accepted', return: 'returned', done: 'done', verify: 'verified', resend: 'sent' }

export interface StepTaken { by: string, now: number, hours: number, reason?: string }
/** Fields to set; null empties one. */
export type DeliveryFields = { [F in keyof Delivery]?: Delivery[F] | null }

/** The fields that take a step. Sending anew gives the receiver the whole time once more; `hours` is the contract's. One that is renewed stays as missed, and {@link renewed} goes in its place. */
export function stepFields(delivery: Delivery, step: HandoffStep, { by, now, hours, reason }: StepTaken): DeliveryFields {
  if (step === 'putAway' || step === 'renew')
    return { archived: true }
  const said = { ...toState(deliveryStates, delivery, stateAfter[step]), stateBy: by, stateAt: now }
  switch (step) {
    case 'accept':
    case 'done': return { ...said, ...delivery.acceptedAt === undefined && { acceptedAt: now } }
    case 'return': return { ...said, returnReason: reason?.trim() ?? '', ...delivery.acceptedAt !== undefined && { acceptedAt: null } }
    case 'verify': return said
    case 'resend': return { ...said, due: dueAfter(now, hours), ...delivery.acceptedAt !== undefined && { acceptedAt: null }, ...delivery.returnReason !== undefined && { returnReason: null } }
  }
}

/** The id of what an agent puts in the place of one that nobody accepted, the same however often it asks: `…again2`, `…again3`. */
export function renewedId(id: string): string {
  const [, first = id, times = '1'] = /^(.*)\.again(\d+)$/.exec(id) ?? []
  return `${first}.again${Number(times) + 1}`
}

/** The one that nobody accepted, in the place of which a {@link renewedId} goes; undefined for any other id. */
export function missedId(id: string): string | undefined {
  const [, first, times] = /^(.*)\.again(\d+)$/.exec(id) ?? []
  return first === undefined ? undefined : Number(times) > 2 ? `${first}.again${Number(times) - 1}` : first
}

/** What goes in the place of one that nobody accepted. */
export function renewed({ contract, from, to, title, detail }: Delivery, { by, now, hours }: StepTaken): Delivery {
  return { contract, from, to, title, ...detail && { detail }, sentBy: by, sentAt: now, due: dueAfter(now, hours), state: 'sent' }
}

/** Steps one may take back oneself: what was sent anew is the other end's to answer. */
export const canUndo = (step: HandoffStep) => step !== 'resend' && step !== 'renew'

/** The fields that take back a step one has just taken: as it was before, and said so. */
export function undoFields(before: Delivery, taken: Delivery, { by, now }: Pick<StepTaken, 'by' | 'now'>): DeliveryFields {
  if (taken.state === before.state)
    return { archived: before.archived ?? null }
  const { acceptedAt = null, returnReason = null } = before
  return { ...toState(deliveryStates, taken, before.state), stateBy: by, stateAt: now, acceptedAt, returnReason }
}
