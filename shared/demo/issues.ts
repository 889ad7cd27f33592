import type { Issue } from '../record/issue.ts'
import type { DemoSeatName } from './seats.ts'

interface DemoIssue extends Pick<Issue, 'title' | 'state' | 'horizon' | 'urgency' | 'detail' | 'decision'> {
  team: number
  seat?: DemoSeatName
  /** A KPI's title. */
  kpi?: string
  daysAgo: number
}

/** `team` counts the demo's teams from 0. */
export const demoIssues: readonly DemoIssue[] = [
  { title: 'Orders below goal three weeks running', state: 'open', horizon: 'now', urgency: 2, team: 0, seat: 'sales', kpi: 'Bicycles ordered', daysAgo: 2, detail: 'Dealers in the north wait for the new frame. Do we bring the launch forward or discount the old one?' },
  { title: 'Ledger has gone silent', state: 'identified', horizon: 'now', urgency: 1, team: 0, seat: 'ledger', kpi: 'Payments matched', daysAgo: 5, detail: 'No numbers for over four weeks. Is it matching payments or not?' },
  { title: 'Who answers for marketing until the seat is filled?', state: 'open', horizon: 'now', urgency: 1, team: 0, seat: 'marketing', daysAgo: 9 },
  { title: 'Promote Tern or give it four more weeks?', state: 'discussed', horizon: 'now', team: 1, seat: 'tern', kpi: 'Kilometres per delivery', daysAgo: 12 },
  { title: 'Second supplier for brake parts', state: 'open', horizon: 'later', team: 1, seat: 'operations', daysAgo: 20 },
  { title: 'Leasing for companies', state: 'open', horizon: 'later', team: 0, seat: 'sales', daysAgo: 33 },
  { title: 'Stock above six weeks', state: 'solved', horizon: 'now', team: 1, seat: 'operations', kpi: 'Weeks of stock', daysAgo: 44, decision: 'Noor halves the next two tyre orders; Prism’s forecast is looked at before each order.' },
]
