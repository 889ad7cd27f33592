import type { Applied } from '#shared/import/apply.ts'
import type { ImportPlan, Problem, ProblemCode } from '#shared/import/plan.ts'

const kinds = ['seat', 'member', 'team', 'procedure', 'kpi'] as const

export interface Preview { plan: ImportPlan, applied: Applied }
export interface CountRow { what: typeof kinds[number] | 'score', added: number, changed: number, whole: number }

/** What an import brings, by kind; numbers are counted as the file has them, their sheets are nobody's concern. */
export function countsOf({ plan, applied }: Preview): CountRow[] {
  const whole = { seat: plan.seats.length, member: plan.people.length, team: plan.teams.length, procedure: plan.seats.reduce((sum, { more = [] }) => sum + more.length, 0), kpi: plan.kpis.length }
  const rows: CountRow[] = kinds.map(what => ({
    what,
    added: applied.add.filter(({ kind }) => kind === what).length,
    changed: applied.set.filter(({ kind }) => kind === what).length,
    whole: whole[what],
  }))
  const cells = [...applied.add.map(({ kind, body }) => ({ kind, fields: body })), ...applied.set]
    .filter(({ kind }) => kind === 'sheet')
    .reduce((sum, { fields }) => sum + Object.keys(fields).filter(field => field.startsWith('cell/')).length, 0)
  return [...rows, { what: 'score' as const, added: cells, changed: 0, whole: plan.scores.length }].filter(row => row.whole + row.added + row.changed > 0)
}

/** What could not be placed, by reason, the most frequent first; every row of the file is kept in it. */
export function problemGroups({ plan, applied }: Preview): { code: ProblemCode, rows: Problem[] }[] {
  const groups = Map.groupBy([...plan.problems, ...applied.problems], ({ code }) => code)
  return [...groups].map(([code, rows]) => ({ code, rows })).sort((a, b) => b.rows.length - a.rows.length)
}

/** How many records would be written. */
export const writesIn = ({ applied }: Preview): number => applied.add.length + applied.set.length
