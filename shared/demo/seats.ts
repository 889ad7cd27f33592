import type { Seat } from '../record/seat.ts'
import type { DemoPerson } from './people.ts'

interface DemoSeat {
  title: string
  accountability: string
  reportsTo?: string
  holder?: DemoPerson
  agent?: Pick<Seat, 'stage' | 'authority' | `may/${string}`>
}

/** A small maker of city bicycles. Managers come before their reports. */
export const demoSeats = {
  director: {
    title: 'Managing director',
    holder: 'me',
    accountability: 'The company earns money every quarter and keeps enough cash to choose its own pace.',
  },
  sales: {
    title: 'Sales lead',
    holder: 'theo',
    reportsTo: 'director',
    accountability: 'Enough of the right dealers and riders order every week to keep the workshop full.',
  },
  marketing: {
    title: 'Marketing lead',
    reportsTo: 'director',
    accountability: 'Riders in our cities know us and ask for us by name.',
  },
  customers: {
    title: 'Customer lead',
    holder: 'priya',
    reportsTo: 'director',
    accountability: 'Every rider gets an answer the same day and would recommend us to a friend.',
  },
  operations: {
    title: 'Operations lead',
    holder: 'noor',
    reportsTo: 'director',
    accountability: 'What we promise leaves the house complete and on the promised day.',
  },
  finance: {
    title: 'Finance lead',
    holder: 'jonas',
    reportsTo: 'director',
    accountability: 'The numbers are right, early, and understood by whoever has to act on them.',
  },
  product: {
    title: 'Product lead',
    holder: 'amara',
    reportsTo: 'director',
    accountability: 'Each bicycle we launch is safer, lighter to own and easier to repair than the last.',
  },
  warehouse: {
    title: 'Warehouse lead',
    holder: 'luca',
    reportsTo: 'operations',
    accountability: 'Parts are where the list says they are, and nobody gets hurt moving them.',
  },
  scout: {
    title: 'Scout',
    reportsTo: 'sales',
    agent: { 'stage': 'production', 'authority': 'bounded', 'may/send_handoff': 10 },
    accountability: 'The sales lead starts each week with dealers worth calling, and why.',
  },
  quill: {
    title: 'Quill',
    reportsTo: 'sales',
    agent: { stage: 'planned', authority: 'draft' },
    accountability: 'Every enquiry from a dealer has a first offer ready for review within the hour.',
  },
  flint: {
    title: 'Flint',
    reportsTo: 'marketing',
    agent: { stage: 'retired', authority: 'draft' },
    accountability: 'Competitors’ prices are known each Monday.',
  },
  harbor: {
    title: 'Harbor',
    reportsTo: 'customers',
    agent: { stage: 'production', authority: 'approve' },
    accountability: 'Everyday questions are answered correctly in minutes, and hard ones reach a person at once.',
  },
  beacon: {
    title: 'Beacon',
    reportsTo: 'customers',
    agent: { stage: 'paused', authority: 'draft' },
    accountability: 'Every public review gets a reply that sounds like us.',
  },
  tern: {
    title: 'Tern',
    reportsTo: 'operations',
    agent: { stage: 'pilot', authority: 'draft' },
    accountability: 'Delivery rounds are planned each morning with no van driving twice down the same street.',
  },
  ledger: {
    title: 'Ledger',
    reportsTo: 'finance',
    agent: { 'stage': 'production', 'authority': 'bounded', 'may/raise_issue': 2, 'may/send_handoff': 20 },
    accountability: 'Every payment is matched to its invoice before the finance lead asks.',
  },
  prism: {
    title: 'Prism',
    reportsTo: 'operations',
    agent: { stage: 'pilot', authority: 'approve' },
    accountability: 'Purchasing knows six weeks ahead which parts will run short.',
  },
} as const satisfies Record<string, DemoSeat>

export type DemoSeatName = keyof typeof demoSeats

/** The two teams: weekday 1 is Monday. */
export const demoTeams: { name: string, lead: DemoSeatName, slot: { weekday: number, time: string, minutes: number }, seats: DemoSeatName[] }[] = [
  {
    name: 'Leadership',
    lead: 'director',
    slot: { weekday: 1, time: '09:00', minutes: 90 },
    seats: ['director', 'sales', 'marketing', 'customers', 'operations', 'finance', 'product', 'scout', 'ledger'],
  },
  {
    name: 'Delivery',
    lead: 'operations',
    slot: { weekday: 3, time: '14:00', minutes: 60 },
    seats: ['operations', 'warehouse', 'customers', 'harbor', 'beacon', 'tern', 'prism'],
  },
]
