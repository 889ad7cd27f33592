import type { Headline } from '../record/headline.ts'
import type { Milestone } from '../record/priority.ts'
import type { Repeat, Track } from '../record/workState.ts'
import type { DemoPerson } from './people.ts'
import type { DemoSeatName } from './seats.ts'

/** `inDays` is counted from the day the demo came in; `asker` is the signed-in member unless said. */
export const demoTodos: { title: string, owner: DemoPerson | DemoSeatName, inDays: number, done?: boolean, every?: Repeat, waitsFor?: string }[] = [
  { title: 'Sign the lease for the second workshop', owner: 'me', inDays: 2 },
  { title: 'Thank the crew for the record week', owner: 'me', inDays: 0 },
  { title: 'Check cash against the plan', owner: 'me', inDays: 5, every: 'month' },
  { title: 'Answer the bank', owner: 'me', inDays: -1, waitsFor: 'the auditor' },
  { title: 'Quote for six cargo bicycles', owner: 'theo', inDays: 3 },
  { title: 'Call the tyre supplier about short deliveries', owner: 'noor', inDays: -2, done: true },
  { title: 'Draft offers for the autumn dealers', owner: 'scout', inDays: 4 },
]

export const demoHeadlines: (Pick<Headline, 'text' | 'about'> & { daysAgo: number })[] = [
  { text: 'A city bought forty bicycles for its postmen', about: 'customer', daysAgo: 2 },
  { text: 'Luca passed his forklift exam', about: 'employee', daysAgo: 4 },
]

/** Dates are counted in days from the quarter's first. */
export const demoPriorities: { seat: DemoSeatName, title: string, doneMeans: string, track: Track, why?: string, milestones: (Pick<Milestone, 'title'> & { done?: boolean })[] }[] = [
  {
    seat: 'director',
    title: 'Open the second workshop',
    doneMeans: 'The first bicycle leaves it with an invoice.',
    track: 'on',
    milestones: [{ title: 'Lease signed' }, { title: 'Two mechanics hired', done: true }, { title: 'Tools delivered' }],
  },
  {
    seat: 'operations',
    title: 'Ship on the promised day',
    doneMeans: 'Four weeks in a row at 98 % or more.',
    track: 'off',
    why: 'Tyres came short three weeks running.',
    milestones: [{ title: 'Second tyre supplier', done: true }, { title: 'Stock list right to the piece' }],
  },
  {
    seat: 'customers',
    title: 'Harbor answers every second question alone',
    doneMeans: 'Half of the week’s questions closed without a person, none reopened.',
    track: 'on',
    milestones: [],
  },
]
