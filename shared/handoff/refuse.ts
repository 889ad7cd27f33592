import type { Contract } from '../record/contract.ts'
import type { Delivery } from '../record/delivery.ts'
import type { Body } from '../record/envelope.ts'
import { isTooFar } from './hops.ts'
import { dueAfter } from './state.ts'

export type HandoffCode = 'handoff-to-itself' | 'contract-archived' | 'wrong-ends' | 'wrong-due' | 'too-many-hops' | 'no-return-reason'

export interface HandoffRefusal { code: HandoffCode, fields: string[] }

/** Why a contract cannot be as written. */
export function refuseContract({ from, to }: Pick<Contract, 'from' | 'to'>): HandoffRefusal | undefined {
  return from === to ? { code: 'handoff-to-itself', fields: ['to'] } : undefined
}

/** Why a delivery cannot be as written, under its contract; `before` is undefined for a new one. */
export function refuseDelivery(contract: Contract, { before, set, after }: { before: Body | undefined, set: Body, after: Delivery }): HandoffRefusal | undefined {
  if (!before && contract.archived)
    return { code: 'contract-archived', fields: ['contract'] }
  if (!before && (after.from !== contract.from || after.to !== contract.to))
    return { code: 'wrong-ends', fields: ['from', 'to'] }
  if (set.due !== undefined && set.due !== before?.due && !isAgreed(contract, before ? after.stateAt : after.sentAt, after.due))
    return { code: 'wrong-due', fields: ['due'] }
  if (!before && isTooFar(after.hops))
    return { code: 'too-many-hops', fields: ['hops'] }
  // An agent writes as its seat: two that send one thing to and fro are stopped as two that pass it on.
  if (before && set.state === 'sent' && after.stateBy === after.from && isTooFar((after.hops ?? 0) + (after.reopened ?? 0)))
    return { code: 'too-many-hops', fields: ['reopened'] }
  return set.state === 'returned' && !after.returnReason?.trim() ? { code: 'no-return-reason', fields: ['returnReason'] } : undefined
}

/** So long after it was sent, or sent anew, as the contract says. */
function isAgreed({ hours }: Contract, from: number | undefined, due: number): boolean {
  return from !== undefined && due === dueAfter(from, hours)
}
