import type { z } from 'zod'
import type { ScoreCell } from '#shared/kpi/scorecard.ts'
import type { Kpi } from '#shared/record/kpi.ts'
import type { Org } from '#shared/record/org.ts'
import type { Sheet } from '#shared/record/sheet.ts'
import type { Team } from '#shared/record/team.ts'
import type { StoredDoc } from '../store/port.ts'
import type { Desk } from './desk.ts'
import type { kpiView, periodView } from './view.ts'
import { cellEntries } from '#shared/kpi/cell.ts'
import { dueTimes, slotsOf } from '#shared/kpi/due.ts'
import { lastPeriods, periodOf } from '#shared/kpi/period.ts'
import { quartersOf } from '#shared/kpi/quarter.ts'
import { scorecardLength, scoreCell } from '#shared/kpi/scorecard.ts'
import { sheetId } from '#shared/record/ids.ts'

/** The seat's KPIs with their goals and last scores. */
export async function readKpis(desk: Desk, teams: readonly Team[]): Promise<z.infer<typeof kpiView>[]> {
  const kpis = (await desk.children(desk.agent.seat, 'kpi')).filter(({ body }) => !body.archived)
  const views = []
  for (const kpi of kpis)
    views.push(await readKpi(desk, kpi, teams))
  return views
}

async function readKpi(desk: Desk, doc: StoredDoc, teams: readonly Team[]): Promise<z.infer<typeof kpiView>> {
  const kpi = doc.body as unknown as Kpi
  const current = periodOf(kpi.cadence, desk.today, desk.org)
  const cells = await cellsOf(desk, doc.id, kpi, lastPeriods(current, scorecardLength, desk.org))
  const dueAt = dueTimes(desk.org, slotsOf(desk.agent.seat, teams))
  const periods = []
  for (const cell of cells(dueAt))
    periods.push(await readCell(desk, cell, dueAt(cell.period)))
  const { unit, currency, decimals, better, cadence } = kpi
  return { id: doc.id, title: await desk.quote.needed(doc, 'title'), unit, currency, decimals, better, cadence, note: await desk.quote.field(doc, 'note'), current, periods }
}

/** The cells of some periods, as everybody sees them, once it is said when each is due. */
export async function cellsOf(desk: Desk, id: string, kpi: Kpi, periods: readonly string[]): Promise<(dueAt: (period: string) => number) => ScoreCell[]> {
  const docs = await desk.docs(quartersOf(periods).map(quarter => sheetId(id, quarter)))
  const sheets = new Map(docs.map(doc => [doc.id, doc.body as unknown as Sheet]))
  const agents = new Set<string>()
  for (const { writer } of [...sheets.values()].flatMap(sheet => periods.flatMap(period => cellEntries(sheet, period)))) {
    if (await desk.quote.isAgent(writer))
      agents.add(writer)
  }
  const calendar: Org = desk.org
  const sheetOf = (quarter: string) => sheets.get(sheetId(id, quarter))
  return dueAt => periods.map(period => scoreCell({ kpi, sheetOf, periods, calendar, isAgent: writer => agents.has(writer), agentSeat: true, dueAt, now: desk.now }, period))
}

async function readCell({ quote, agent }: Desk, { period, status, goal, entry: counted }: ScoreCell, due: number): Promise<z.infer<typeof periodView>> {
  const { writer, entry } = counted ?? {}
  const said = async (text: string | undefined) => writer && text ? quote.said(writer, text) : undefined
  return {
    period,
    status,
    due: new Date(due).toISOString(),
    goal,
    value: entry?.value,
    reportedBy: writer,
    yours: writer === agent.seat,
    evidence: await said(entry?.note),
    unavailable: await said(entry?.unavailable),
  }
}
