import type { CivilDate } from '../kpi/civil.ts'
import type { Seat } from '../record/seat.ts'
import { dayNumber } from '../kpi/civil.ts'
import { dayAgain } from '../tasks/todo.ts'

/** Whether a seat's next look is asked for: an agent's that is neither only planned nor retired. */
export const isReviewed = (seat: Seat) => seat.kind === 'agent' && !seat.archived && seat.stage !== undefined && seat.stage !== 'planned' && seat.stage !== 'retired'

/** Days past the day its review was due: 0 on that day, negative before; undefined where none is set or asked for. */
export function daysOverdue(seat: Seat, today: CivilDate): number | undefined {
  return isReviewed(seat) && seat.nextReview ? dayNumber(today) - dayNumber(seat.nextReview) : undefined
}

/** When a seat looked at today is looked at again: in its own rhythm, a month where it has none. */
export const nextReviewDay = (seat: Pick<Seat, 'reviewEvery'>, today: CivilDate) => dayAgain(today, seat.reviewEvery ?? 'month')
