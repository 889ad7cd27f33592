/** Tells other processes that an org moved on. A hint: a lost word costs time, never data. */
export interface Fanout {
  tell: (org: string, head: number) => void
  /** Called for what other processes told. */
  listen: (heard: (org: string, head: number) => void) => void
  close: () => Promise<void>
}

/** One process has nobody to tell. */
export const alone: Fanout = { tell: () => {}, listen: () => {}, close: async () => {} }
