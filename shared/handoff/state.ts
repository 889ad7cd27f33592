import type { Delivery } from '../record/delivery.ts'

/** How a delivery stands at a moment. `offered` and `expired` are both stored as `sent`: the clock tells them apart. */
export type Standing = 'offered' | 'expired' | 'accepted' | 'returned' | 'done' | 'verified'

export const hour = 3_600_000

/** By when a delivery must be accepted: so many hours after it was sent. */
export const dueAfter = (sentAt: number, hours: number) => sentAt + hours * hour

/** How it stands, also with no connection; the last moment still counts as in time. */
export function standingOf(delivery: Pick<Delivery, 'state' | 'due'>, now: number): Standing {
  if (delivery.state === 'sent')
    return now > delivery.due ? 'expired' : 'offered'
  return delivery.state
}

/** When the receiver first said yes; undefined while they have not. One that says less is taken at its last word. */
export function acceptedAt({ state, acceptedAt: said, stateAt }: Pick<Delivery, 'state' | 'acceptedAt' | 'stateAt'>): number | undefined {
  return state === 'sent' || state === 'returned' ? undefined : said ?? stateAt
}

/** Whether nobody had answered when its time was up, whatever came later. */
export function isMissed(delivery: Pick<Delivery, 'state' | 'due' | 'acceptedAt' | 'stateAt'>, now: number): boolean {
  const answered = delivery.state === 'returned' ? delivery.stateAt : acceptedAt(delivery)
  return now > delivery.due && (answered === undefined || answered > delivery.due)
}

/** Still waiting though its time is up: nobody accepted, and nobody has put it away. */
export const isUnaccepted = (delivery: Delivery, now: number) => !delivery.archived && standingOf(delivery, now) === 'expired'

/** Whether nothing is left to do about it, for anybody. */
export const isOver = ({ state, archived }: Pick<Delivery, 'state' | 'archived'>) => archived === true || state === 'verified'
