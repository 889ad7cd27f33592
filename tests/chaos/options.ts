import { parseArgs } from 'node:util'

export interface ChaosOptions {
  runs: number
  seed: number
  store: 'sqlite' | 'postgres'
  processes: number
  steps: number
  /** Quiet time at the end in which nobody may ask for anything, ms. */
  quiet: number
  /** Stops with the first run after this many seconds, however many were asked for. */
  seconds: number
  /** The name of a mutant to run with, or '' for the code as it is. */
  mutant: string
}

export const usage = 'npm run chaos -- [--runs N] [--seed S] [--store sqlite|postgres] [--processes 1|2] [--steps N] [--quiet MS] [--seconds N] [--mutant NAME]'

/** Reads the command line; answers a sentence where it makes no sense. */
export function readOptions(args: readonly string[]): ChaosOptions | string {
  const text = { type: 'string' } as const
  try {
    const { values } = parseArgs({ args: [...args], options: { runs: text, seed: text, store: text, processes: text, steps: text, quiet: text, seconds: text, mutant: text } })
    const number = (name: 'runs' | 'seed' | 'processes' | 'steps' | 'quiet' | 'seconds', usual: number) => Number(values[name] ?? usual)
    const options = {
      runs: number('runs', 10),
      seed: number('seed', 1),
      store: values.store === 'postgres' ? 'postgres' as const : 'sqlite' as const,
      processes: number('processes', 1),
      steps: number('steps', 360),
      quiet: number('quiet', 1000),
      seconds: number('seconds', 1e9),
      mutant: values.mutant ?? '',
    }
    return refuse(options, values.store) ?? options
  }
  catch (error) {
    return (error as Error).message
  }
}

function refuse({ runs, seed, store, processes, steps, quiet, seconds }: ChaosOptions, named: string | undefined): string | undefined {
  if (![runs, seed, steps, quiet, seconds].every(number => Number.isInteger(number) && number >= 0) || ![1, 2].includes(processes))
    return usage
  if (named !== undefined && named !== store)
    return usage
  return store === 'sqlite' && processes > 1 ? 'One process holds an SQLite file: several need --store postgres.' : undefined
}
