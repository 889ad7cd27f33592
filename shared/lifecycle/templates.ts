import type { CivilDate } from '../kpi/civil.ts'
import type { Kpi } from '../record/kpi.ts'
import type { Seat } from '../record/seat.ts'
import type { Repeat } from '../record/workState.ts'
import { goalKey } from '../kpi/goal.ts'
import { nextReviewDay } from './review.ts'

type TemplateKpi = Pick<Kpi, 'title' | 'unit' | 'decimals' | 'better' | 'rollUp'> & { target: number }

/** A pilot that many companies begin with; the first KPI is what shows its value. */
export interface PilotTemplate { key: string, title: string, accountability: string, reviewEvery: Repeat, kpis: readonly [TemplateKpi, ...TemplateKpi[]] }

const count = { unit: 'number', decimals: 0, better: 'up', rollUp: 'sum' } as const
const share = { unit: 'percent', decimals: 1, better: 'up', rollUp: 'average' } as const
const hours = { unit: 'duration', decimals: 1, better: 'up', rollUp: 'sum' } as const

export const pilotTemplates: readonly PilotTemplate[] = [
  {
    key: 'support',
    title: 'First answers',
    accountability: 'Everyday questions are answered correctly within minutes, and hard ones reach a person at once.',
    reviewEvery: 'month',
    kpis: [{ ...share, title: 'Answers sent without help', target: 60 }, { ...share, title: 'Answers corrected by a person', better: 'down', target: 5 }],
  },
  {
    key: 'leads',
    title: 'Lead research',
    accountability: 'Sales starts each week with companies worth calling, and why.',
    reviewEvery: 'month',
    kpis: [{ ...count, title: 'Companies worth calling', target: 20 }, { ...share, title: 'Called that answered', target: 25 }],
  },
  {
    key: 'invoices',
    title: 'Invoice matching',
    accountability: 'Every payment is matched to its invoice before anybody asks.',
    reviewEvery: 'month',
    kpis: [{ ...share, title: 'Payments matched alone', target: 80 }, { ...count, title: 'Wrong matches', better: 'down', target: 2 }],
  },
  {
    key: 'minutes',
    title: 'Reports and minutes',
    accountability: 'Whoever missed the meeting knows within the hour what was decided and what they owe.',
    reviewEvery: 'month',
    kpis: [{ ...hours, title: 'Hours of writing saved', target: 5 }, { ...share, title: 'Sent without a correction', target: 90 }],
  },
  {
    key: 'hiring',
    title: 'Applications',
    accountability: 'Every applicant hears from us within a day, and a person reads every application that fits.',
    reviewEvery: 'month',
    kpis: [{ ...share, title: 'Answered within a day', target: 95 }, { ...count, title: 'Invited to talk', target: 4 }],
  },
  {
    key: 'code',
    title: 'Code review',
    accountability: 'No change waits longer than an hour for a first review, and what it finds is worth fixing.',
    reviewEvery: 'month',
    kpis: [{ ...share, title: 'Findings that were fixed', target: 50 }, { ...hours, title: 'Hours to the first review', better: 'down', rollUp: 'average', target: 1 }],
  },
]

/** The seat a template makes: a pilot from its first day, with a day on which somebody looks at it. */
export function pilotSeat({ title, accountability, reviewEvery }: Omit<PilotTemplate, 'key' | 'kpis'>, owner: string, reportsTo: string | undefined, today: CivilDate): Seat {
  return { kind: 'agent', title, accountability, owner, ...reportsTo && { reportsTo }, stage: 'pilot', authority: 'draft', reviewEvery, nextReview: nextReviewDay({ reviewEvery }, today) }
}

/** The KPIs a template brings, weekly, each with its goal. */
export function pilotKpis({ kpis }: Pick<PilotTemplate, 'kpis'>, seat: string): Kpi[] {
  return kpis.map(({ target, ...kpi }) => ({ ...kpi, seat, cadence: 'week', [goalKey()]: { kind: kpi.better === 'down' ? 'atMost' : 'atLeast', target } }))
}
