import type { Priority } from '#shared/record/priority.ts'
import { expect, it } from 'vitest'
import { milestoneFields, milestonesOf, noteFields, notesOf, trackOf } from '#shared/tasks/priority.ts'

const aPriority = (more: Partial<Priority> = {}): Priority => ({ seat: 'seat_1', title: 'Open in Lyon', doneMeans: 'First invoice paid', quarter: '2026-Q4', due: '2026-12-31', state: 'open', ...more })

it('a priority is on track until somebody says otherwise, and then as last said', () => {
  expect(trackOf(aPriority())).toBe('on')
  const said = aPriority({
    ...noteFields('2026-11-09', 'mem_a', { track: 'off', at: 10, text: 'No site yet' }),
    ...noteFields('2026-11-16', 'mem_b', { track: 'on', at: 30 }),
    ...noteFields('2026-11-16', 'mem_a', { track: 'off', at: 20 }),
  })
  expect(trackOf(said)).toBe('on')
  expect(notesOf(said).map(({ day, writer }) => [day, writer])).toEqual([['2026-11-16', 'mem_b'], ['2026-11-16', 'mem_a'], ['2026-11-09', 'mem_a']])
})

it('milestones come in the order they are due, those without a date last', () => {
  const priority = aPriority({
    ...milestoneFields('c', { title: 'Sign' }),
    ...milestoneFields('b', { title: 'Offer', due: '2026-12-01' }),
    ...milestoneFields('a', { title: 'Visit', due: '2026-11-01', doneAt: 5 }),
  })
  expect(milestonesOf(priority).map(({ key }) => key)).toEqual(['a', 'b', 'c'])
})
