import type { Late } from '#shared/meeting/late.ts'
import type { Meeting } from '#shared/record/meeting.ts'
import type { Recap } from '#shared/record/recap.ts'
import type { Company } from './useCompany.ts'
import { computed } from 'vue'
import { quarterOf } from '#shared/kpi/quarter.ts'
import { lateOf } from '#shared/meeting/late.ts'
import { isVoteOf } from '#shared/meeting/report.ts'
import { sheetId } from '#shared/record/ids.ts'
import { useRead, useRecords } from './useLive.ts'

/** What came later than a record: nothing is said before all that could be late was looked at. */
export function useLate(recap: () => Recap, meeting: () => Meeting | undefined, company: Company) {
  const meetings = useRead(() => ({ kind: 'meeting' as const, parent: recap().team }))
  const todo = useRecords({ kind: 'todo' })
  const headline = useRecords(() => ({ kind: 'headline' as const, parent: recap().team }))
  const issue = useRecords({ kind: 'issue' })
  const rounds = useRecords(() => ({ kind: 'round' as const, parent: recap().team }))
  const round = computed(() => rounds.value.filter(({ d }) => isVoteOf(recap().meeting, recap(), d)))
  const ballot = useRecords(() => round.value.length ? { kind: 'ballot' as const, parent: round.value.map(({ id }) => id) } : undefined)
  const sheets = computed(() => [...new Set(recap().scores.map(({ kpi, period }) => sheetId(kpi, quarterOf(period))))])
  const sheet = useRead(() => sheets.value.length ? { kind: 'sheet' as const, ids: sheets.value } : undefined)
  const kpis = useRecords({ kind: 'kpi' })

  const late = computed<Late[]>(() => {
    const held = meeting()
    if (!held || !company.read.value || !meetings.value || (sheets.value.length > 0 && !sheet.value))
      return []
    const seat = [...company.seatBy.value.values()]
    return lateOf(recap(), held, { meeting: meetings.value, todo: todo.value, headline: headline.value, issue: issue.value, round: round.value, ballot: ballot.value, sheet: sheet.value ?? [], seat })
  })
  return { late, kpiOf: (id: string) => kpis.value.find(kpi => kpi.id === id)?.d }
}
