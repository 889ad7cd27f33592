import { vi } from 'vitest'

/** Waits until a check holds, however slow the machine: what it wants has to come, not to come in time. */
export const until = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, { timeout: 20_000 })
