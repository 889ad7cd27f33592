/** The server with one promise taken out, as text to replace in a file when it is loaded. */
export interface Mutant {
  store: 'sqlite' | 'postgres'
  file: string
  from: string
  to: string
  /** How PostgreSQL runs beside it. */
  flags?: string[]
}

/** A setting the server refuses to run with, and the refusal taken out. */
const unsafe = (setting: string): Mutant => ({ store: 'postgres', file: 'server/store/postgres.ts', from: `['${setting}', 'off']`, to: `['${setting}', 'never']`, flags: ['-c', `${setting}=off`] })

/** Each must lose what it acknowledged, or the power was never cut. */
export const mutants: Record<string, Mutant> = {
  'synchronous-normal': { store: 'sqlite', file: 'server/store/sqlite.ts', from: `'synchronous = FULL'`, to: `'synchronous = NORMAL'` },
  'synchronous-off': { store: 'sqlite', file: 'server/store/sqlite.ts', from: `'synchronous = FULL'`, to: `'synchronous = OFF'` },
  'secret-not-flushed': { store: 'sqlite', file: 'server/config.ts', from: ', flush: true', to: '' },
  'synchronous-commit-off': unsafe('synchronous_commit'),
  'fsync-off': unsafe('fsync'),
}
