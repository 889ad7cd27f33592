import type { StoreReader } from './storeView.ts'

/** Reads the log as a phone does, by cursor, all the while: what is committed behind its back is missed. */
export interface Witness {
  /** The history was replaced: read from the start. */
  restart: () => void
  stop: () => Promise<void>
  missed: () => readonly string[]
}

const pace = 15

export function aWitness(org: string, reader: () => StoreReader): Witness {
  const state = { at: 0, life: 0, missed: [] as string[], stopped: false }

  async function look() {
    const { at, life } = state
    const seqs = await reader().seqsAfter(org, at).catch(() => [])
    if (life !== state.life || seqs.length === 0)
      return
    const gap = seqs.findIndex((seq, n) => seq !== at + n + 1)
    if (gap >= 0)
      state.missed.push(`a reader at ${at + gap} saw number ${seqs[gap]} next`)
    state.at = seqs.at(-1) ?? at
  }

  async function run() {
    while (!state.stopped) {
      await look()
      await new Promise(resolve => setTimeout(resolve, pace))
    }
  }

  const running = run()
  return {
    restart: () => {
      state.at = 0
      state.life++
    },
    stop: async () => {
      state.stopped = true
      await running
    },
    missed: () => state.missed,
  }
}
