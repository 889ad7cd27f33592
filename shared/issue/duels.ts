import type { Dots } from '../record/ballot.ts'

const at = (table: readonly (readonly number[])[], row: number, column: number) => table[row]?.[column] ?? 0

/**
 * For each issue how many others it beats, by Schulze's method (M. Schulze, "A new monotonic, clone-independent,
 * reversal symmetric, and condorcet-consistent single-winner election method", 2011), path strength by winning votes.
 * A ballot says nothing of a pair in which it leaves one out.
 */
export function duelsWon(issues: readonly string[], ballots: readonly Dots[]): Map<string, number> {
  const strength = strongestPaths(issues.map(one => issues.map(other => prefer(ballots, one, other))))
  return new Map(issues.map((issue, one) => [issue, issues.filter((_, other) => at(strength, one, other) > at(strength, other, one)).length]))
}

/** How many ballots rank one before the other. */
function prefer(ballots: readonly Dots[], one: string, other: string): number {
  return ballots.filter(ranks => (ranks[one] ?? Number.NaN) < (ranks[other] ?? Number.NaN)).length
}

function strongestPaths(wins: readonly (readonly number[])[]): number[][] {
  const paths = wins.map((row, one) => row.map((won, other) => won > at(wins, other, one) ? won : 0))
  for (let over = 0; over < paths.length; over++) {
    for (const row of paths) {
      for (let to = 0; to < row.length; to++)
        row[to] = Math.max(row[to] ?? 0, Math.min(row[over] ?? 0, at(paths, over, to)))
    }
  }
  return paths
}
