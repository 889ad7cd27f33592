import type { Kpi } from '#shared/record/kpi.ts'
import type { Org } from '#shared/record/org.ts'
import type { Entry, Sheet } from '#shared/record/sheet.ts'
import type { Agent } from '../domain/agentKeys.ts'
import type { AgentDeps } from './desk.ts'
import { z } from 'zod'
import { cellKey } from '#shared/kpi/cell.ts'
import { isOfOurTime } from '#shared/kpi/civil.ts'
import { cadenceOf, periodRange } from '#shared/kpi/period.ts'
import { quarterOf } from '#shared/kpi/quarter.ts'
import { localDate } from '#shared/kpi/zone.ts'
import { sheetId } from '#shared/record/ids.ts'
import { Problem } from '../domain/problem.ts'
import { atDesk } from './desk.ts'
import { cellsOf } from './readKpis.ts'
import { storedOf, writeAsAgent } from './write.ts'

const where = {
  kpi: z.string().min(1).max(120).describe('The id of a KPI of your seat.'),
  period: z.string().min(4).max(10).describe('The period the score is for, in the KPI\'s cadence: 2026-11-22, 2026-W47, 2026-11, 2026-Q4 or 2026.'),
}
const evidence = z.string().max(1000).regex(/\S/).optional().describe('One line a person can check: where the number comes from.')

export const scoreInput = z.strictObject({ ...where, value: z.number().describe('The score. A yes/no KPI takes 1 or 0.'), evidence })
export const unavailableInput = z.strictObject({ ...where, reason: z.string().max(300).regex(/\S/).describe('Why the number cannot be reported.'), evidence })
export const reported = z.object({
  kpi: z.string(),
  period: z.string(),
  value: z.number().nullable(),
  changed: z.boolean().describe('False where exactly this was reported already.'),
  counts: z.boolean().describe('False where a person\'s value for the period stands before yours.'),
  status: z.enum(['onTrack', 'offTrack', 'noData', 'stale', 'unavailable', 'noGoal']),
})

type Said = Pick<Entry, 'value' | 'unavailable' | 'note'>

/** Reports a score for a period; the same again changes nothing, another value takes its place and both stay in the history. */
export function reportScore(deps: AgentDeps, agent: Agent, { kpi, period, value, evidence }: z.infer<typeof scoreInput>) {
  return report(deps, agent, { kpi, period }, { value, note: evidence })
}

/** Says that a period's number cannot be reported. */
export function reportUnavailable(deps: AgentDeps, agent: Agent, { kpi, period, reason, evidence }: z.infer<typeof unavailableInput>) {
  return report(deps, agent, { kpi, period }, { value: null, unavailable: reason, note: evidence })
}

async function report(deps: AgentDeps, agent: Agent, { kpi: id, period }: { kpi: string, period: string }, said: Said): Promise<z.infer<typeof reported>> {
  const kpi = (await storedOf(deps, agent, 'kpi', id))?.body as Kpi | undefined
  if (!kpi)
    throw new Problem('not-yours')
  const org = (await storedOf(deps, agent, 'org', agent.org))?.body as unknown as Org
  if (kpi.seat === agent.seat)
    refuseReport(kpi, period, said, org, deps.now())
  const quarter = cadenceOf(period) ? quarterOf(period) : ''
  const sheet = (await storedOf(deps, agent, 'sheet', sheetId(id, quarter)))?.body as Sheet | undefined
  const before = sheet?.[cellKey(period, agent.seat)]
  const changed = !before || before.value !== said.value || before.note !== said.note || before.unavailable !== said.unavailable
  if (changed) {
    const entry: Entry = { ...defined(said), value: said.value, at: deps.now(), source: 'agent' }
    const opening = sheet ? {} : { kpi: id, quarter, ...kpi.demo && { demo: true } }
    await writeAsAgent(deps, agent, { kind: 'sheet', id: sheetId(id, quarter), set: { ...opening, [cellKey(period, agent.seat)]: entry } })
  }
  const { status, entry } = await cellNow(deps, agent, id, kpi, period)
  return { kpi: id, period, value: said.value, changed, counts: entry?.writer === agent.seat, status }
}

/** What the rules for everybody leave open: an agent reports in the KPI's own cadence, and nothing that is still to come. */
function refuseReport(kpi: Kpi, period: string, { value }: Said, org: Org, now: number): void {
  if (cadenceOf(period) !== kpi.cadence || !isOfOurTime(period))
    throw new Problem('wrong-period', { fields: ['period'] })
  if (periodRange(period, org).first > localDate(now, org.timeZone))
    throw new Problem('period-ahead', { fields: ['period'] })
  if (kpi.unit === 'yesNo' && value !== null && value !== 0 && value !== 1)
    throw new Problem('bad-value', { fields: ['value'] })
}

function cellNow(deps: AgentDeps, agent: Agent, id: string, kpi: Kpi, period: string) {
  return atDesk(deps, agent, async (desk) => {
    const [cell] = (await cellsOf(desk, id, kpi, [period]))(() => 0)
    if (!cell)
      throw new Error('one period has one cell')
    return cell
  })
}

function defined(said: Said): Partial<Said> {
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
}
