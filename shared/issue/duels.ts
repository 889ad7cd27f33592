import type { Dots } from '../record/ballot.ts'

interface Table { size: number, cells: Uint32Array }

const at = ({ size, cells }: Table, row: number, column: number) => cells[row * size + column] ?? 0

/**
 * For each issue how many others it beats, by Schulze's method (M. Schulze, "A new monotonic, clone-independent,
 * reversal symmetric, and condorcet-consistent single-winner election method", 2011), path strength by winning votes.
 * A ballot says nothing of a pair in which it leaves one out.
 */
export function duelsWon(issues: readonly string[], ballots: readonly Dots[]): Map<string, number> {
  const strength = strongestPaths(preferences(issues, ballots))
  return new Map(issues.map((issue, one) => [issue, issues.filter((_, other) => at(strength, one, other) > at(strength, other, one)).length]))
}

/** How many ballots rank the row's issue before the column's. A long list of a large company is millions of pairs: numbers alone in the inner loop. */
function preferences(issues: readonly string[], ballots: readonly Dots[]): Table {
  const size = issues.length
  const cells = new Uint32Array(size * size)
  for (const ballot of ballots) {
    const ranked = issues.map((issue, place) => ({ place, rank: ballot[issue] ?? 0 })).filter(({ rank }) => rank > 0).sort((one, other) => one.rank - other.rank)
    const [places, ranks] = [Uint32Array.from(ranked, ({ place }) => place), Uint32Array.from(ranked, ({ rank }) => rank)]
    for (const [one, { place, rank }] of ranked.entries()) {
      for (let other = one + 1; other < places.length; other++)
        cells[place * size + (places[other] ?? 0)]! += rank < (ranks[other] ?? 0) ? 1 : 0
    }
  }
  return { size, cells }
}

function strongestPaths(wins: Table): Table {
  const { size } = wins
  const cells = wins.cells.map((won, cell) => won > at(wins, cell % size, Math.floor(cell / size)) ? won : 0)
  const paths = { size, cells }
  for (let over = 0; over < size; over++) {
    for (let row = 0; row < size; row++) {
      const first = at(paths, row, over)
      for (let to = 0; to < size; to++) {
        const way = Math.min(first, at(paths, over, to))
        if (way > at(paths, row, to))
          cells[row * size + to] = way
      }
    }
  }
  return paths
}
