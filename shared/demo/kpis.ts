import type { Goal, Kpi } from '../record/kpi.ts'
import type { DemoSeatName } from './seats.ts'

interface DemoKpi extends Pick<Kpi, 'title' | 'unit' | 'decimals' | 'better' | 'rollUp'> {
  seat: DemoSeatName
  goal: Goal
  /** 13 weeks, oldest first, the running week last; null where nobody entered anything. */
  weeks: readonly (number | null)[]
}

const number = { unit: 'number', decimals: 0, better: 'up', rollUp: 'sum' } as const
const percent = { unit: 'percent', decimals: 1, better: 'up', rollUp: 'average' } as const
const money = { unit: 'currency', decimals: 0, better: 'up', rollUp: 'last' } as const
const atLeast = (target: number): Goal => ({ kind: 'atLeast', target })
const atMost = (target: number): Goal => ({ kind: 'atMost', target })

/** The first eight are the signed-in member's, by the seat they hold and the agents they own: five are in this week. */
export const demoKpis: readonly DemoKpi[] = [
  { seat: 'director', title: 'Revenue', ...money, rollUp: 'sum', goal: atLeast(85_000), weeks: [82_400, 86_150, 88_900, 84_200, 91_300, 87_750, 90_100, 79_600, 88_400, 92_050, 86_900, 89_300, null] },
  { seat: 'director', title: 'Gross margin', ...percent, goal: atLeast(38), weeks: [38.4, 38.9, 37.6, 38.2, 39.1, 39.4, 38.8, 38.1, 38.6, 39.2, 39, 38.7, null] },
  { seat: 'director', title: 'Cash in the bank', ...money, goal: atLeast(250_000), weeks: [281_000, 276_500, 284_200, 279_900, 268_300, 272_700, 266_100, 259_400, 263_800, 270_200, 265_500, 261_900, 258_300] },
  { seat: 'scout', title: 'Dealers worth calling', ...number, goal: atLeast(25), weeks: [18, 22, 21, 26, 27, 24, 29, 31, 28, 30, 33, 29, 34] },
  { seat: 'harbor', title: 'Answers sent without help', ...percent, goal: atLeast(70), weeks: [61, 64.5, 66, 65.2, 69.8, 71.4, 70.9, 73.5, 72.2, 74.8, 76.1, 75.4, 77] },
  { seat: 'ledger', title: 'Payments matched', ...number, goal: atLeast(120), weeks: [131, 128, 140, 137, 126, 133, 142, 129, null, null, null, null, null] },
  { seat: 'prism', title: 'Forecast error', ...percent, better: 'down', goal: atMost(12), weeks: [null, null, null, null, 19.5, 17.2, 16.8, 14.1, 13.6, 11.9, 12.4, 10.8, 11.2] },
  { seat: 'tern', title: 'Kilometres per delivery', ...number, decimals: 1, better: 'down', rollUp: 'average', goal: atMost(6.5), weeks: [null, null, null, null, null, null, 8.1, 7.6, null, 7, 6.9, 6.4, 6.2] },
  { seat: 'sales', title: 'Bicycles ordered', ...number, goal: atLeast(40), weeks: [44, 41, 46, 43, 39, 42, 47, 45, 41, 38, 35, 33, null] },
  { seat: 'sales', title: 'Time to first reply', unit: 'duration', decimals: 1, better: 'down', rollUp: 'average', goal: atMost(4), weeks: [5.2, 4.6, 4.1, 3.8, 3.5, 3.9, 3.6, 3.2, 4.4, 3.7, 3.1, 2.9, 3] },
  { seat: 'customers', title: 'Returns', ...number, better: 'down', goal: atMost(4), weeks: [3, 5, 2, 4, 3, 1, 2, 0, 3, 2, 4, 1, 0] },
  { seat: 'operations', title: 'Shipped on the promised day', ...percent, goal: atLeast(95), weeks: [93.1, 94.6, 95.2, 96, 95.8, null, 96.4, 94.2, 95.5, 97.1, 96.8, 95.9, null] },
  { seat: 'operations', title: 'Weeks of stock', ...number, decimals: 1, better: 'neither', rollUp: 'last', goal: { kind: 'between', low: 3, high: 6 }, weeks: [4.1, 4.4, 4.9, 5.3, 5.8, 6.2, 6.4, 5.9, 5.1, 4.6, 4.2, 3.8, 3.6] },
  { seat: 'finance', title: 'Overdue invoices', ...money, better: 'down', goal: atMost(20_000), weeks: [24_300, 22_800, 21_150, 19_700, 18_200, 17_900, 16_400, 18_800, 19_100, 17_250, 18_600, 19_400, null] },
  { seat: 'product', title: 'Safety tests passed', unit: 'yesNo', decimals: 0, better: 'up', rollUp: 'last', goal: { kind: 'yesNo', target: true }, weeks: [1, 1, 0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1] },
  { seat: 'warehouse', title: 'Injuries', ...number, better: 'down', goal: atMost(0), weeks: [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0] },
]
