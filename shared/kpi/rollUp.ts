import type { Kpi } from '../record/kpi.ts'

/** One number from several, oldest first. Missing ones are left out before: no values give no number, not zero. */
export function rollUp(kind: Kpi['rollUp'], values: readonly number[]): number | undefined {
  if (!values.length)
    return undefined
  switch (kind) {
    case 'sum': return total(values)
    case 'average': return average(values)
    case 'last': return values.at(-1)
    case 'min': return values.reduce((low, value) => Math.min(low, value))
    case 'max': return values.reduce((high, value) => Math.max(high, value))
  }
}

export function average(values: readonly number[]): number | undefined {
  return values.length ? total(values) / values.length : undefined
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
