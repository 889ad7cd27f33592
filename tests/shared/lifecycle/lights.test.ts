import { describe, expect, it } from 'vitest'
import { hasGoal, isFlagged, lightsOf, missingLights } from '#shared/lifecycle/lights.ts'
import { aBot, aContract, aKpi, around, aSheet, aTeam, bot, lookup } from './build.ts'

const reviewed = { nextReview: '2026-12-01' }
function lit(seat = aBot(reviewed), known: Parameters<typeof around>[0] = {}) {
  return lightsOf({ id: bot, seat, around: around(known), lookup })
}
const missing = (...input: Parameters<typeof lit>) => lit(...input).flatMap(state => state.on ? [] : [state.missing])

describe('the four lights', () => {
  it('are on where somebody owns it, a number measures it, a team reviews it and a person takes its work', () => {
    expect(lit()).toEqual([
      { light: 'owner', on: true, proof: 'ana' },
      { light: 'measure', on: true, proof: 'k1' },
      { light: 'cadence', on: true, proof: 't1' },
      { light: 'handoff', on: true, proof: 'c1' },
    ])
  })

  it.each([
    ['nobody', undefined],
    ['somebody who left', 'leo'],
    ['somebody who only looks on', 'vic'],
    ['another agent', 'other'],
  ])('the owner\'s is out with %s', (_who, owner) => {
    expect(missing(aBot({ ...reviewed, owner }))).toEqual(['no-owner'])
  })

  it.each([
    ['no KPI', { kpi: [] }, 'no-kpi'],
    ['an archived KPI', { kpi: [aKpi({ archived: true })] }, 'no-kpi'],
    ['a KPI of another seat', { kpi: [aKpi({ seat: 'sales' })] }, 'no-kpi'],
    ['a KPI with no goal', { kpi: [aKpi({ 'goal/0': undefined })] }, 'no-goal'],
    ['a goal that ended', { kpi: [aKpi({ 'goal/2026-W40': { kind: 'none' } })] }, 'no-goal'],
    ['no score yet', { sheet: [] }, 'no-score'],
    ['only what could not be reported', { sheet: [aSheet(null)] }, 'no-score'],
    ['no team', { team: [] }, 'no-team'],
    ['an archived team', { team: [aTeam({ archived: true })] }, 'no-team'],
    ['a team that never meets', { team: [aTeam({ slot: undefined })] }, 'no-slot'],
    ['no contract', { contract: [] }, 'no-contract'],
    ['an archived contract', { contract: [aContract({ archived: true })] }, 'no-contract'],
    ['a contract with an agent', { contract: [aContract({ to: 'other' })] }, 'no-contract'],
  ] as const)('with %s one is out, and what is missing is named', (_what, known, why) => {
    expect(missing(undefined, known as never)).toEqual([why])
  })

  it('the cadence\'s is out with no next review', () => {
    expect(missing(aBot())).toEqual(['no-review'])
  })

  it('the handoff\'s is on in either direction, and zero is a score', () => {
    expect(missing(undefined, { contract: [aContract({ from: 'sales', to: bot })], sheet: [aSheet(0)] })).toEqual([])
  })

  it('a goal that starts again holds', () => {
    expect(hasGoal(aKpi({ 'goal/2026-W40': { kind: 'none' }, 'goal/2026-W44': { kind: 'atMost', target: 1 } }))).toBe(true)
  })

  it('a light that goes out in production flags the seat; elsewhere it only holds back', () => {
    const out = lit(undefined, { kpi: [] })
    expect(missingLights(out)).toEqual(['measure'])
    expect([isFlagged(aBot({ stage: 'production' }), out), isFlagged(aBot(), out), isFlagged(aBot({ stage: 'production' }), lit())]).toEqual([true, false, false])
  })
})
