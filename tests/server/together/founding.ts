import type { ServerRow } from '../../../server/sync/writeAsServer.ts'

export const roles = { ada: 'admin', dan: 'admin', ben: 'manager', cleo: 'member', vera: 'viewer' } as const
export const bots = ['seat_a', 'seat_b'] as const

/** What people write says which record it stands in, so that nobody is shown it elsewhere unnoticed. */
export const wordsIn = (id: string) => `(words in ${id})`
export const secretOf = /\(words in ([\w.:-]+)\)/g

const entry = { value: 4, at: 1, source: 'hand' }
const slot = { weekday: 1, time: '09:00', minutes: 60 }
const issue = { state: 'open', horizon: 'now', raisedBy: 'ada', raisedAt: 1 }
const todo = { asker: 'ada', askedAt: 1, due: '2026-11-20', state: 'open', every: 'week' }

/** A chief, two sellers, two agents with all four lights on, of which one is in production; every kind of work. */
export function founding(org: string, far: string, now: number): ServerRow[] {
  const at = (id: string) => id + far
  const of = (kind: ServerRow['kind'], id: string, set: ServerRow['set']): ServerRow => ({ kind, id: at(id), set })
  const human = (id: string, holder: string | undefined, above?: string) => of('seat', id, { kind: 'human', title: id, accountability: id, ...holder && { holder }, ...above && { reportsTo: at(above) } })
  return [
    ...Object.entries(roles).map(([id, role]): ServerRow => ({ kind: 'member', id, set: { name: id, role, state: 'active' } })),
    { kind: 'org', id: org, set: { name: 'Acme', timeZone: 'Europe/Berlin', weekStart: 1, yearStart: 1, currency: 'EUR', accountable: 'dan' } },
    human('seat_top', 'ada'),
    human('seat_mid', 'ben', 'seat_top'),
    human('seat_low', undefined, 'seat_mid'),
    human('seat_alone', undefined),
    ...bots.flatMap((bot, n) => {
      const letter = bot.slice(-1)
      const kpi = `kpi_${letter}`
      return [
        of('seat', bot, { kind: 'agent', title: bot, accountability: bot, owner: 'cleo', reportsTo: at('seat_mid'), stage: n ? 'pilot' : 'production', authority: n ? 'draft' : 'full', nextReview: '2026-12-01' }),
        of('team', `team_${letter}`, { name: letter, slot, [`seat/${at(bot)}`]: true, [`seat/${at('seat_mid')}`]: true }),
        of('kpi', kpi, { 'seat': at(bot), 'title': wordsIn(at(kpi)), 'unit': 'number', 'decimals': 0, 'better': 'up', 'cadence': 'week', 'rollUp': 'sum', 'goal/0': { kind: 'atLeast', target: 3 } }),
        { kind: 'sheet', id: `sheet:${at(kpi)}:2026-Q4`, set: { 'kpi': at(kpi), 'quarter': '2026-Q4', 'cell/2026-W45/ada': entry } },
        of('issue', `iss_${letter}`, { ...issue, title: wordsIn(at(`iss_${letter}`)), team: at(`team_${letter}`) }),
        of('todo', `todo_${letter}`, { ...todo, title: wordsIn(at(`todo_${letter}`)), owner: at(bot) }),
        of('procedure', `proc_${letter}`, { seat: at(bot), title: wordsIn(at(`proc_${letter}`)), trigger: 'Monday', steps: 'Look' }),
        of('contract', `contract_${letter}`, { from: at(bot), to: at('seat_mid'), passes: wordsIn(at(`contract_${letter}`)), must: 'Call', hours: 24, onMiss: 'Ask' }),
        of('contract', `contract_to_${letter}`, { from: at('seat_mid'), to: at(bot), passes: wordsIn(at(`contract_to_${letter}`)), must: 'Look', hours: 24, onMiss: 'Ask' }),
        of('delivery', `delivery_${letter}`, { contract: at(`contract_to_${letter}`), from: at('seat_mid'), to: at(bot), title: wordsIn(at(`delivery_${letter}`)), sentBy: 'ben', sentAt: now, due: now + 86_400_000, state: 'sent' }),
      ] satisfies ServerRow[]
    }),
    of('todo', 'todo_cleo', { ...todo, title: wordsIn(at('todo_cleo')), owner: 'cleo' }),
    of('issue', 'iss_none', { ...issue, title: wordsIn(at('iss_none')) }),
    of('priority', 'priority_ada', { seat: at('seat_top'), title: wordsIn(at('priority_ada')), doneMeans: 'Done', quarter: '2026-Q4', due: '2026-12-31', state: 'open' }),
    of('headline', 'headline_ada', { text: wordsIn(at('headline_ada')), about: 'customer', saidBy: 'ada', saidAt: 1 }),
  ]
}
