import type { Figure } from './report.ts'

/** What every section is given. */
export interface Bench {
  runs: number
  /** Everything a tenth as large: to see that it runs, not how fast. */
  quick: boolean
  /** The largest sizes too. */
  full: boolean
  /** The others' packages are installed. */
  peers: boolean
  /** Says that something was not measured, and why. */
  leave: (text: string) => void
}

export type Section = (bench: Bench) => Promise<Figure[]>
