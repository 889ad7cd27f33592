import type { Review } from '../record/review.ts'
import type { Seat } from '../record/seat.ts'
import type { DemoSeatName } from './seats.ts'

type DemoReview = Pick<Review, 'verdict' | 'reason' | 'stage' | 'authority' | 'evidence'> & { daysAgo: number }

/** An agent's way so far, oldest first; `reviewInDays` is counted from the day the demo came in, `value` is a KPI's title. */
interface DemoLife { reviewInDays?: number, cost?: number, value?: string, reviews: DemoReview[] }

const start = (daysAgo: number): DemoReview => ({ daysAgo, verdict: 'start', stage: 'pilot', authority: 'draft' })
const raise = (daysAgo: number, stage: Seat['stage'], authority: Seat['authority'], reason: string): DemoReview => ({ daysAgo, verdict: 'raise', stage, authority, reason })
function promote(daysAgo: number, measure: string, cadence: string, handoff: string): DemoReview {
  return { daysAgo, verdict: 'promote', stage: 'production', authority: 'draft', evidence: { owner: 'The managing director', measure, cadence, handoff } }
}

/** One agent is ready to be promoted, one pilot is overdue, and one in production has lost what was agreed about it. */
export const demoLives: Partial<Record<DemoSeatName, DemoLife>> = {
  scout: {
    reviewInDays: 10,
    cost: 180,
    value: 'Dealers worth calling',
    reviews: [start(120), promote(62, 'Dealers worth calling, goal ≥ 25', 'Leadership, Mondays 09:00', 'A dealer worth calling, with Sales lead'), raise(45, 'production', 'approve', 'Theo called twenty of its dealers and found none wrong.'), raise(20, 'production', 'bounded', 'It may write to dealers we know, ten a day.')],
  },
  harbor: {
    reviewInDays: 24,
    cost: 320,
    value: 'Answers sent without help',
    reviews: [start(100), promote(55, 'Answers sent without help, goal ≥ 70%', 'Delivery, Wednesdays 14:00', 'A question no rule answers, with Customer lead'), raise(30, 'production', 'approve', 'Priya changes fewer than one answer in thirty.')],
  },
  ledger: {
    reviewInDays: -3,
    cost: 90,
    value: 'Payments matched',
    reviews: [start(150), promote(110, 'Payments matched, goal ≥ 120', 'Leadership, Mondays 09:00', 'Payments it cannot match, with Finance lead'), raise(80, 'production', 'approve', 'No wrong match in a month.'), raise(60, 'production', 'bounded', 'It may match what is equal to the cent.')],
  },
  tern: { reviewInDays: -6, cost: 60, value: 'Kilometres per delivery', reviews: [start(42), { daysAgo: 14, verdict: 'extend', stage: 'pilot', authority: 'draft', reason: 'Close to its goal: four more weeks.' }] },
  prism: { reviewInDays: 12, cost: 140, value: 'Forecast error', reviews: [start(60), raise(15, 'pilot', 'approve', 'Noor orders by its forecast, after a look.')] },
  beacon: { reviews: [start(70), { daysAgo: 12, verdict: 'pause', stage: 'paused', authority: 'draft', reason: 'It thanked a rider for a complaint.' }] },
  flint: { reviews: [start(130), { daysAgo: 75, verdict: 'retire', stage: 'retired', authority: 'draft', reason: 'Nobody used the price list.' }] },
}
