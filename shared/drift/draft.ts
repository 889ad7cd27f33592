import type { Calendar, Period } from '../kpi/period.ts'
import type { ScoreCell } from '../kpi/scorecard.ts'
import type { Status } from '../kpi/status.ts'
import type { Issue } from '../record/issue.ts'
import type { Kpi } from '../record/kpi.ts'
import { periodRange } from '../kpi/period.ts'
import { scorecardLength } from '../kpi/scorecard.ts'
import { startOfDay } from '../kpi/zone.ts'
import { driftId } from '../record/ids.ts'

/** What a draft is made of: the KPI with its cells since its first number, oldest first, the period that made it a drift, and the words of its title. */
export interface DraftInput {
  id: string
  kpi: Kpi
  cells: readonly ScoreCell[]
  at: Period
  title: string
  team: string | undefined
  calendar: Calendar
}

const marks: Record<Status, string> = { onTrack: '✓', offTrack: '▼', noData: ' ', stale: '!', unavailable: '–', noGoal: '·' }

/**
 * The issue a drift drafts, for a person to confirm. Nothing in it depends on who notices or when, so that all who do
 * write the same: it is raised by its KPI, at the start of the period that made it a drift.
 */
export function draftOf({ id, kpi, cells, at, title, team, calendar }: DraftInput): { id: string, body: Issue } {
  const body: Issue = {
    title: title.slice(0, 500),
    detail: stripOf(kpi, cells.slice(0, cells.findIndex(({ period }) => period === at) + 1)),
    state: 'open',
    horizon: 'now',
    seat: kpi.seat,
    kpi: id,
    raisedBy: id,
    raisedAt: startOfDay(periodRange(at, calendar).first, calendar.timeZone),
    draft: true,
    ...team && { team },
    ...kpi.demo && { demo: true },
  }
  return { id: driftId(id, at), body }
}

/** The last 13 periods as text that needs no language: their marks in one line, then each with its value. */
function stripOf(kpi: Pick<Kpi, 'decimals'>, cells: readonly ScoreCell[]): string {
  const shown = cells.slice(-scorecardLength)
  const lines = shown.map(({ period, status, entry }) => [period, marks[status], entry?.entry.value?.toFixed(kpi.decimals)].filter(Boolean).join(' '))
  return [shown.map(({ status }) => marks[status]).join(' '), '', ...lines].join('\n')
}

/** A draft nobody has confirmed or dismissed: not among the team's issues yet. */
export const isUndecided = ({ draft, dismissed, archived }: Issue) => draft === true && dismissed === undefined && !archived
