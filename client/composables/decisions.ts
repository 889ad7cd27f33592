import type { Issue } from '#shared/record/issue.ts'
import type { Recap } from '#shared/record/recap.ts'

/** What was decided about an issue, and when, in ms. */
export interface Decision { issue: string, title: string, decision: string, at: number }

interface Held<D> { id: string, d: D }

/** Every decision of the records and of the issues themselves, each once, the newest first; the issue's own words where both have some. */
export function decisionsIn(issues: readonly Held<Issue>[], recaps: readonly Held<Recap>[]): Decision[] {
  const by = new Map<string, Decision>()
  for (const { d } of recaps) {
    for (const { issue, title, decision = '' } of d.solved)
      by.set(issue, { issue, title, decision, at: d.closedAt })
  }
  for (const { id, d } of issues) {
    if (d.state === 'solved' && d.decision)
      by.set(id, { issue: id, title: d.title, decision: d.decision, at: d.solvedAt ?? d.raisedAt })
  }
  return [...by.values()].sort((one, other) => other.at - one.at || (one.issue < other.issue ? -1 : 1))
}

/** Those that have every word somewhere in title or decision, whatever the case and the accents; none for no word. */
export function searchDecisions(decisions: readonly Decision[], typed: string): Decision[] {
  const words = plain(typed).split(/\s+/).filter(Boolean)
  return words.length ? decisions.filter(({ title, decision }) => words.every(word => plain(`${title} ${decision}`).includes(word))) : []
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
