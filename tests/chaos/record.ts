/** What one run came to. */
export interface RunRecord {
  seed: number
  edits: number
  /** Fields the server said it has taken. */
  acks: number
  faults: Record<string, number>
  kills: number
  conflicts: number
  refusals: number
  /** From the healing of everything until all replicas were equal, ms. */
  convergence: number
  /** What was wrong, the first first; empty where nothing was. */
  divergences: string[]
}

export interface Total extends Omit<RunRecord, 'seed' | 'convergence' | 'divergences'> {
  runs: number
  convergence: { median: number, worst: number }
  /** Runs in which something was wrong. */
  divergences: number
}

export function totalOf(records: readonly RunRecord[]): Total {
  const sum = (of: (record: RunRecord) => number) => records.reduce((so, record) => so + of(record), 0)
  const times = records.map(({ convergence }) => convergence).sort((a, b) => a - b)
  const names = [...new Set(records.flatMap(({ faults }) => Object.keys(faults)))].sort()
  return {
    runs: records.length,
    edits: sum(({ edits }) => edits),
    acks: sum(({ acks }) => acks),
    faults: Object.fromEntries(names.map(name => [name, sum(({ faults }) => faults[name] ?? 0)])),
    kills: sum(({ kills }) => kills),
    conflicts: sum(({ conflicts }) => conflicts),
    refusals: sum(({ refusals }) => refusals),
    convergence: { median: times[Math.floor(times.length / 2)] ?? 0, worst: times.at(-1) ?? 0 },
    divergences: records.filter(({ divergences }) => divergences.length > 0).length,
  }
}

/** From so many runs on each kind of trouble must have come up: a single run may miss one. */
const telling = 5

/** Why a total proves nothing, where it does not: there must have been something to get wrong. */
export function refuseIdle({ runs, edits, conflicts, refusals, faults }: Total): string | undefined {
  const happened = Object.values(faults).reduce((sum, count) => sum + count, 0)
  if (runs < telling)
    return edits > 0 && happened > 0 ? undefined : 'no edits or no faults: nothing was tried'
  const idle = Object.entries({ edits: edits / 40, faults: happened / 10, conflicts: conflicts * 2, refusals: refusals * 2, tabs: faults['second tab opened'] ?? 0, absences: (faults['away longer than tombstones live'] ?? 0) * 3 }).find(([, each]) => each < runs)
  return idle && `too few ${idle[0]} for ${runs} runs: nothing was tried`
}

export function lineOf(total: Total): string {
  const { runs, edits, acks, faults, kills, conflicts, refusals, convergence, divergences } = total
  const happened = Object.values(faults).reduce((sum, count) => sum + count, 0)
  const kinds = Object.entries(faults).map(([name, count]) => `${name} ${count}`).join(', ')
  return `${runs} runs, ${edits} edits, ${acks} fields acknowledged, ${happened} faults (${kinds}), ${kills} kills, ${conflicts} conflicts, ${refusals} refusals, convergence ${convergence.median} ms median and ${convergence.worst} ms worst, ${divergences} divergences`
}
