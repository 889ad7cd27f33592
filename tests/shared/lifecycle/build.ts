import type { Known } from '#shared/lifecycle/around.ts'
import type { Bodies } from '#shared/record/envelope.ts'
import type { Seat } from '#shared/record/seat.ts'
import { aroundSeat, nothingKnown } from '#shared/lifecycle/around.ts'

export const bot = 'seat_bot'
export const evidence = { owner: 'Ana', measure: 'Bookings', cadence: 'Mondays', handoff: 'Leads' }
export const aBot = (more: Partial<Seat> = {}): Seat => ({ kind: 'agent', title: 'Scout', accountability: 'Books meetings', owner: 'ana', stage: 'pilot', authority: 'draft', ...more })

const people: Record<string, Bodies['member']> = {
  ana: { name: 'Ana', role: 'member', state: 'active' },
  leo: { name: 'Leo', role: 'member', state: 'left' },
  vic: { name: 'Vic', role: 'viewer', state: 'active' },
}
const seats: Record<string, Seat> = {
  sales: { kind: 'human', title: 'Sales', accountability: 'Sells' },
  other: aBot({ title: 'Other' }),
}
export const lookup = { seat: (id: string) => seats[id], member: (id: string) => people[id] }

export const aKpi = (more: Partial<Bodies['kpi']> = {}): Bodies['kpi'] => ({ 'seat': bot, 'title': 'Bookings', 'unit': 'number', 'decimals': 0, 'better': 'up', 'cadence': 'week', 'rollUp': 'sum', 'goal/0': { kind: 'atLeast', target: 3 }, ...more })
export const aTeam = (more: Partial<Bodies['team']> = {}): Bodies['team'] => ({ name: 'Sales', slot: { weekday: 1, time: '09:00', minutes: 60 }, [`seat/${bot}` as const]: true, ...more })
export const aContract = (more: Partial<Bodies['contract']> = {}): Bodies['contract'] => ({ from: bot, to: 'sales', passes: 'Leads', must: 'Call them', hours: 24, onMiss: 'Ask', ...more })
export const aSheet = (value: number | null): Bodies['sheet'] => ({ 'kpi': 'k1', 'quarter': '2026-Q4', 'cell/2026-W46/ana': value === null ? { value, at: 1, source: 'hand', unavailable: 'Down' } : { value, at: 1, source: 'hand' } })
export const aReview = (more: Partial<Bodies['review']> = {}): Bodies['review'] => ({ seat: bot, by: 'ana', at: 1, verdict: 'keep', ...more })

const held = <T>(prefix: string, records: readonly T[]) => records.map((d, n) => ({ id: `${prefix}${n + 1}`, d }))

/** What stands around the bot's seat; by default all that its lights need. */
export function around({ kpi = [aKpi()], sheet = [aSheet(4)], team = [aTeam()], contract = [aContract()], review = [], todo = [], priority = [] }: { [K in keyof Known]?: Bodies[K][] } = {}) {
  return aroundSeat(bot, { ...nothingKnown, kpi: held('k', kpi), sheet: held('s', sheet), team: held('t', team), contract: held('c', contract), review: held('r', review), todo: held('d', todo), priority: held('p', priority) })
}
