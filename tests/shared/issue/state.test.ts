import type { IssueState } from '#shared/record/issueState.ts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refuseIssueState, stateFields } from '#shared/issue/state.ts'
import { issueStates } from '#shared/record/issueState.ts'
import { further } from '#shared/tasks/progress.ts'

const states = fc.record({ state: fc.constantFrom(...issueStates), reopened: fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined }) })
const mergeState = <S extends { state: IssueState, reopened?: number | undefined }>(one: S, other: S) => further(issueStates, one, other)
const shown = ({ state, reopened = 0 }: { state: IssueState, reopened?: number }) => ({ state, reopened })

describe('two states written apart', () => {
  it('merge to the one further on, unless somebody reopened it', () => {
    expect(mergeState({ state: 'solved' }, { state: 'discussed' }).state).toBe('solved')
    expect(mergeState({ state: 'solved' }, { state: 'open', reopened: 1 }).state).toBe('open')
    expect(mergeState({ state: 'solved', reopened: 1 }, { state: 'open', reopened: 1 }).state).toBe('solved')
  })

  it('merge the same in either direction, in any grouping, and again', () => {
    fc.assert(fc.property(states, states, states, (a, b, c) => {
      expect(shown(mergeState(a, b))).toEqual(shown(mergeState(b, a)))
      expect(shown(mergeState(a, mergeState(b, c)))).toEqual(shown(mergeState(mergeState(a, b), c)))
      expect(mergeState(a, a)).toEqual(a)
    }))
  })
})

describe('taking an issue to a state', () => {
  it('stands against the state it came from, forward or back', () => {
    fc.assert(fc.property(states, fc.constantFrom(...issueStates), (issue, state) => {
      const moved = { ...issue, ...stateFields(issue, state, 7) }
      expect(moved.state).toBe(state)
      expect(mergeState(issue, moved).state).toBe(state)
      expect(mergeState(moved, issue).state).toBe(state)
    }))
  })

  it('counts going back as reopening, and dates the solving', () => {
    expect(stateFields({ state: 'solved', reopened: 1 }, 'open', 7)).toEqual({ state: 'open', reopened: 2 })
    expect(stateFields({ state: 'discussed' }, 'solved', 7)).toEqual({ state: 'solved', solvedAt: 7 })
    expect(stateFields({ state: 'open' }, 'open', 7)).toEqual({ state: 'open' })
  })
})

it('solving needs a decision in words, or a to-do', () => {
  expect(refuseIssueState({}, 'solved', false)).toBe('no-decision')
  expect(refuseIssueState({ decision: ' \n' }, 'solved', false)).toBe('no-decision')
  expect([refuseIssueState({ decision: 'Hire.' }, 'solved', false), refuseIssueState({}, 'solved', true)]).toEqual([undefined, undefined])
  expect(issueStates.slice(0, 3).map(state => refuseIssueState({}, state, false))).toEqual([undefined, undefined, undefined])
})
