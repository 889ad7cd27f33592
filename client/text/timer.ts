import { numberFormat } from './intl.ts'

/** A stretch of time as a clock shows it: `4:07`, `72:30`. */
export function formatTimer(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const plain = numberFormat({ useGrouping: false })
  return `${plain.format(Math.floor(seconds / 60))}:${numberFormat({ minimumIntegerDigits: 2 }).format(seconds % 60)}`
}
