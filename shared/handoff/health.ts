import type { Delivery } from '../record/delivery.ts'
import { acceptedAt, hour, isMissed } from './state.ts'

/** What happened under a contract in the last seven days, each counted when it happened. */
export interface Health { sent: number, inTime: number, returned: number, expired: number }

const healthSpan = 7 * 24 * hour

/** Put away ones count: what was missed was missed. */
export function healthOf(deliveries: readonly Delivery[], now: number): Health {
  const lately = (at: number | undefined) => at !== undefined && at > now - healthSpan && at <= now
  const count = (fits: (delivery: Delivery) => boolean) => deliveries.filter(fits).length
  const inTime = (delivery: Delivery) => {
    const at = acceptedAt(delivery)
    return lately(at) && (at ?? 0) <= delivery.due
  }
  return {
    sent: count(({ sentAt }) => lately(sentAt)),
    inTime: count(inTime),
    returned: count(({ state, stateAt }) => state === 'returned' && lately(stateAt)),
    expired: count(delivery => isMissed(delivery, now) && lately(delivery.due)),
  }
}
