import type { Step } from './steps.ts'

/** Ben's page is read late, while his own push waits for its answer; on what he sent ada has written more. */
export const overtaken: readonly Step[] = [
  { do: 'edit', phone: 0, what: 'title', on: 0 },
  { do: 'fate', phone: 1, route: 'pull', fate: 'late' },
  { do: 'cut', phone: 1 },
  { do: 'wait', ms: 2000 },
  { do: 'fate', phone: 1, route: 'push', fate: 'slow' },
  { do: 'edit', phone: 1, what: 'title', on: 0 },
  { do: 'edit', phone: 0, what: 'detail', on: 1 },
  { do: 'wait', ms: 9000 },
]

/** Ada closes, opens and, on her other phone, closes once more; the second word comes after the third. */
export const closedTwice: readonly Step[] = [
  { do: 'edit', phone: 0, what: 'close', on: 0 },
  { do: 'wait', ms: 30 },
  { do: 'edit', phone: 0, what: 'open', on: 0 },
  { do: 'edit', phone: 3, what: 'close', on: 0 },
  { do: 'mishap', what: 'fails' },
  { do: 'wait', ms: 5 },
]

/** Two writings, the second while the first is on its way. */
export const twoInARow: readonly Step[] = [
  { do: 'edit', phone: 1, what: 'title', on: 0 },
  { do: 'edit', phone: 1, what: 'title', on: 0 },
]

/** Cleo's clock is set back a day between two runs of the app; what she writes then waits over a third. */
export const setBack: readonly Step[] = [
  { do: 'offline', phone: 2 },
  { do: 'setClock', phone: 2, offset: -86_400_000 },
  { do: 'reopen', phone: 2 },
  { do: 'edit', phone: 2, what: 'detail', on: 1 },
  { do: 'wait', ms: 30 },
  { do: 'reopen', phone: 2 },
  { do: 'wait', ms: 30 },
]

/** A clock forty seconds ahead gave a stamp that only raised an equal value; a day ahead, and pulled back, it comes by the same moment. */
export const pulledBack: readonly Step[] = [
  { do: 'setClock', phone: 3, offset: 40_000 },
  { do: 'edit', phone: 3, what: 'close', on: 0 },
  { do: 'edit', phone: 3, what: 'close', on: 0 },
  { do: 'wait', ms: 600 },
  { do: 'setClock', phone: 3, offset: 86_400_000 },
  { do: 'edit', phone: 3, what: 'open', on: 0 },
]
