import type { TallyLine } from '../issue/tally.ts'
import type { Held } from '../lifecycle/around.ts'
import type { Ballot } from '../record/ballot.ts'
import type { Issue } from '../record/issue.ts'
import { tally } from '../issue/tally.ts'

/**
 * The order in which a meeting talks about what it voted on: that of its last vote, the issues of a re-vote among
 * themselves in the order of that, where they stood before. `closed` are the meeting's own rounds that are over.
 */
export function votedOrder(closed: readonly Held<'round'>[], ballots: readonly Ballot[], issue: (id: string) => Issue | undefined): TallyLine[] {
  const linesOf = ({ id, d }: Held<'round'>) => tally(d, ballots.filter(({ round }) => round === id), issue).lines
  const inTime = [...closed].sort((one, other) => one.d.openedAt - other.d.openedAt || (one.id < other.id ? -1 : 1))
  const base = inTime.findLast(({ d }) => !d.tieOf) ?? inTime.at(-1)
  if (!base)
    return []
  const lines = linesOf(base)
  for (const again of revotesOf(base.id, inTime)) {
    const decided = linesOf(again).map(line => lines.find(one => one.issue === line.issue)).filter(line => line !== undefined)
    const places = lines.flatMap((line, place) => decided.includes(line) ? [place] : []).slice(0, decided.length)
    places.forEach((place, index) => lines[place] = decided[index] ?? lines[place] as TallyLine)
  }
  return lines
}

/** The re-votes that go back to a round, also those among what tied again. */
function revotesOf(base: string, inTime: readonly Held<'round'>[]): Held<'round'>[] {
  const family = new Set([base])
  return inTime.filter(({ id, d }) => d.tieOf && family.has(d.tieOf) && family.add(id))
}
