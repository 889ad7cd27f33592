import type { Calendar } from '../kpi/period.ts'
import type { Cadence, Kpi } from '../record/kpi.ts'
import type { ImportFile } from './importFile.ts'
import { planAgents } from './agents.ts'
import { planLongSeries } from './longSeries.ts'
import { planOrganogram } from './organogram.ts'
import { planPosts } from './posts.ts'
import { refuseSize } from './refused.ts'
import { planRoleMap } from './roleMap.ts'
import { planSeatTable } from './seatTable.ts'
import { planWideSeries } from './wideSeries.ts'

export type Format = 'role-map' | 'organogram' | 'posts' | 'seats' | 'kpi-long' | 'kpi-wide' | 'agents'

/** A record's number in the file, the header being 1; its key where the file is a map; its file where there are several. */
export type Row = number | string

export type ProblemCode
  = | 'unknown-manager' | 'ambiguous-manager' | 'reports-to-itself' | 'in-a-cycle' | 'no-manager'
    | 'repeated-id' | 'blank' | 'too-long' | 'unprintable' | 'unknown-kind' | 'agent-with-holder' | 'not-a-seat'
    | 'not-a-number' | 'not-weekly' | 'unreadable-date' | 'same-period' | 'no-seat'
    | 'broken-quotes' | 'extra-cells' | 'unknown-column'
    | 'not-an-agent' | 'company-goal' | 'bad-front-matter' | 'unclosed-front-matter' | 'same-file' | 'same-title' | 'continued'
    | 'on-its-own' | 'not-read' | 'unknown-in-team'
    // Known only where the plan meets the records:
    | 'unknown-seat' | 'unknown-owner' | 'cannot-hold' | 'other-kind' | 'other-cadence' | 'typed-by-hand' | 'title-taken'

/** What could not be placed as the file has it. `about` names the id, column or period; `text` is the row in its own words. */
export interface Problem { row: Row, code: ProblemCode, about: string, text: string }

/**
 * A seat to be. In `reportsToKey` and `holderKey`, null is what the file says (a top seat, a vacancy);
 * undefined is that it does not say, which leaves alone what is there.
 */
export interface PlannedSeat {
  row: Row
  key: string
  title: string
  kind: 'human' | 'agent'
  accountability: string
  reportsToKey?: string | null
  holderKey?: string | null
  /** The owner's name, for an agent. */
  ownerName?: string
  archived?: true
  responsibilities?: string
  /** What is too long for them, in parts that become procedures. */
  more?: string[]
  note?: string
}

export interface PlannedPerson { key: string, name: string }
export interface PlannedTeam { name: string, seatKeys: string[], leadKey?: string }

/** `seatName` is what the file calls the seat; `seatId` the one chosen for what the file does not name, or nobody knows. */
export interface PlannedKpi {
  row: Row
  key: string
  title: string
  seatId?: string
  seatName?: string
  cadence: Cadence
  unit: Kpi['unit']
  decimals: number
}

export interface PlannedScore { row: Row, kpiKey: string, period: string, value: number, note?: string }

/** What an import would do, before it meets the records. Every row is in a seat, a score or a problem. */
export interface ImportPlan {
  format: Format
  /** What its keys begin with: seats with other beginnings are none of this file's business. */
  source: string
  /** Where a plan joins several sources: those it has the whole of. */
  wholes?: string[]
  /** The seat that agents report to which report to none of their own; where people moved them since, they stay. */
  agentsUnder?: string
  seats: PlannedSeat[]
  people: PlannedPerson[]
  teams: PlannedTeam[]
  kpis: PlannedKpi[]
  scores: PlannedScore[]
  problems: Problem[]
  rows: number
}

export interface ImportOptions {
  calendar: Calendar
  /** A name for the file that stays when the file changes; made from the file where absent. */
  source?: string
  /** The seat for what the file gives none: KPIs belong to it, agents report to it. */
  seatId?: string
  /** How often the numbers come, where the dates should not decide. */
  cadence?: Cadence
}

/** Reads one file or several into one plan. Several are agents: what is something else is listed. */
export function planFiles(format: Format, files: readonly ImportFile[], options: ImportOptions): ImportPlan {
  const [only, ...others] = files
  return format === 'agents' || others.length ? planAgents(files, options) : planImport(format, only?.text ?? '', options)
}

/** Reads a file into a plan. Writes nothing; throws nothing but `ImportRefused`. */
export function planImport(format: Format, text: string, options: ImportOptions): ImportPlan {
  refuseSize(text)
  switch (format) {
    case 'role-map': return planRoleMap(text, options)
    case 'organogram': return planOrganogram(text, options)
    case 'posts': return planPosts(text, options)
    case 'seats': return planSeatTable(text, options)
    case 'kpi-long': return planLongSeries(text, options)
    case 'kpi-wide': return planWideSeries(text, options)
    case 'agents': return planAgents([{ path: 'agent.md', text }], options)
  }
}
