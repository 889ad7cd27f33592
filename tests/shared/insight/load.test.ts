import type { OpenWork } from '#shared/insight/load.ts'
import type { Issue } from '#shared/record/issue.ts'
import type { Seat } from '#shared/record/seat.ts'
import type { Todo } from '#shared/record/todo.ts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openLoad, topSeat } from '#shared/insight/load.ts'

const aSeat = (id: string, more: Partial<Seat> = {}) => ({ id, d: { kind: 'human', title: id, accountability: 'A', ...more } as Seat })
const seats = [aSeat('ceo', { holder: 'mara' }), aSeat('sales', { reportsTo: 'ceo', holder: 'ana' }), aSeat('vacant', { reportsTo: 'ceo' }), aSeat('bot', { kind: 'agent', owner: 'ana', stage: 'pilot', reportsTo: 'sales' })]
const aTodo = (owner: string, more: Partial<Todo> = {}): Todo => ({ title: 'Call', owner, asker: 'mara', askedAt: 1, due: '2026-11-20', state: 'open', ...more })
const anIssue = (more: Partial<Issue> = {}): Issue => ({ title: 'Late', state: 'open', horizon: 'now', raisedBy: 'mara', raisedAt: 1, ...more })
const load = (more: Partial<OpenWork>) => openLoad({ seats, teams: [{ id: 'team', d: { name: 'Sales', lead: 'sales' } }], todos: [], issues: [], priorities: [], seatOfKpi: kpi => kpi === 'kpi_1' ? 'bot' : undefined, ...more })
const on = (more: Partial<OpenWork>) => Object.fromEntries(load(more).bySeat)

describe('open work', () => {
  it('sits on a person\'s seat, on the agent\'s that owns the to-do, on an issue\'s seat, else its KPI\'s, else its team\'s lead', () => {
    expect(on({ todos: [aTodo('mara'), aTodo('ana'), aTodo('bot')] })).toEqual({ ceo: 1, sales: 1, bot: 1 })
    expect(on({ issues: [anIssue({ seat: 'vacant', kpi: 'kpi_1' }), anIssue({ kpi: 'kpi_1', team: 'team' }), anIssue({ team: 'team' })] })).toEqual({ vacant: 1, bot: 1, sales: 1 })
  })

  it('of somebody with several seats sits on the highest', () => {
    expect(on({ seats: [...seats, aSeat('below', { reportsTo: 'sales', holder: 'mara' })], todos: [aTodo('mara')] })).toEqual({ ceo: 1 })
  })

  it('counts in the whole though it sits on no seat', () => {
    expect(load({ todos: [aTodo('nobody'), aTodo('mara')], issues: [anIssue()] })).toMatchObject({ total: 3 })
  })

  it('is neither done nor solved, neither put away nor only drafted', () => {
    expect(load({ todos: [aTodo('mara', { state: 'done' }), aTodo('mara', { archived: true })], issues: [anIssue({ state: 'solved' }), anIssue({ archived: true }), anIssue({ draft: true })] }).total).toBe(0)
  })

  it('on all seats together is never more than there is', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('mara', 'ana', 'bot', 'nobody', 'vacant')), (owners) => {
      const { bySeat, total } = load({ todos: owners.map(owner => aTodo(owner)) })
      expect([...bySeat.values()].reduce((sum, count) => sum + count, 0)).toBe(owners.filter(owner => owner !== 'nobody').length)
      expect(total).toBe(owners.length)
    }))
  })
})

describe('the top seat', () => {
  it('is the one without a manager that has the most below it', () => {
    expect(topSeat([aSeat('a'), ...seats])).toBe('ceo')
    expect(topSeat([])).toBeUndefined()
    expect(topSeat([aSeat('old', { archived: true }), aSeat('b'), aSeat('a')])).toBe('a')
  })
})
