import type { Ends } from '#shared/handoff/step.ts'
import type { Delivery } from '#shared/record/delivery.ts'
import type { Rec } from '../db/types.ts'
import { healthOf } from '#shared/handoff/health.ts'
import { acceptedAt, isOver, isUnaccepted, standingOf } from '#shared/handoff/state.ts'
import { formatMoment } from '../text/format.ts'
import { t } from '../text/t.ts'

export type DeliveryRec = Rec<'delivery'>
export type ContractRec = Rec<'contract'>
export type HandoffShelf = 'mine' | 'out' | 'over'
export const handoffShelves: readonly HandoffShelf[] = ['mine', 'out', 'over']

/** Where a delivery stands for somebody at these ends: theirs to act on, another's, or settled for now. */
export function handoffShelfOf(delivery: Delivery, { sends, receives }: Ends): HandoffShelf | undefined {
  if (delivery.archived || (!sends && !receives))
    return undefined
  if (isOver(delivery))
    return 'over'
  const isBack = delivery.state === 'returned' || delivery.state === 'done'
  const isMine = isBack ? sends : receives
  return isMine ? 'mine' : isBack ? 'over' : 'out'
}

/** What nobody accepted first, then what is due first; what is settled, the last word first. */
export function compareHandoffs(now: number): (one: DeliveryRec, other: DeliveryRec) => number {
  const ended = ({ d }: DeliveryRec) => d.state === 'sent' || d.state === 'accepted' ? 0 : d.stateAt ?? 0
  return (one, other) => Number(isUnaccepted(other.d, now)) - Number(isUnaccepted(one.d, now)) || ended(other) - ended(one) || one.d.due - other.d.due
}

/** From whom to whom, and what is known of its time, in one line. */
export function handoffWords(delivery: Delivery, { now, faceOf, nameOf }: { now: number, faceOf: (seat: string) => string, nameOf: (id: string | undefined) => string }): string {
  const standing = standingOf(delivery, now)
  const when = formatMoment(delivery.due, now)
  const time = standing === 'offered' ? t('handoff.acceptBy', { when }) : standing === 'expired' ? t('handoff.wasDue', { when }) : ''
  const said = !time && delivery.stateBy && delivery.stateAt !== undefined ? t('handoff.said', { name: nameOf(delivery.stateBy), when: formatMoment(delivery.stateAt, now) }) : ''
  const late = (acceptedAt(delivery) ?? 0) > delivery.due ? t('handoff.acceptedLate') : ''
  return [t('handoff.way', { from: faceOf(delivery.from), to: faceOf(delivery.to) }), time, late, said].filter(Boolean).join(' · ')
}

/** How a contract went in the last seven days, in one line. */
export function healthWords(deliveries: readonly Delivery[], now: number): string {
  const health = healthOf(deliveries, now)
  const parts = (['inTime', 'returned', 'expired'] as const).filter(part => health[part] > 0).map(part => t(`contract.health.${part}`, { n: health[part] }))
  return health.sent || parts.length ? [t('contract.health.sent', { n: health.sent }), ...parts].join(' · ') : t('contract.quiet')
}
