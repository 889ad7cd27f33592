import type { Issue } from '../record/issue.ts'

/** So long what was decided has to show in its KPI before anybody is asked. */
export const workedAfter = 28 * 24 * 60 * 60 * 1000

type Solved = Pick<Issue, 'state' | 'kpi' | 'solvedAt' | 'workedAt' | 'archived'>

/** Whether somebody has said that it worked since it was solved last. */
export const hasWorked = ({ state, solvedAt = 0, workedAt }: Solved) => state === 'solved' && workedAt !== undefined && workedAt >= solvedAt

/** Whether it is time to ask of a solved issue if it worked: it was about a KPI, and some weeks have passed. */
export function asksWhetherItWorked(issue: Solved, now: number): boolean {
  const { state, kpi, solvedAt, archived } = issue
  return state === 'solved' && kpi !== undefined && solvedAt !== undefined && !archived && now - solvedAt >= workedAfter && !hasWorked(issue)
}
