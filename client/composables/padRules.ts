import type { NumberReading } from '#shared/kpi/numberText.ts'
import type { ScoreCell } from '#shared/kpi/scorecard.ts'
import type { KpiRow } from './useRows.ts'
import { parseNumber, separatorsOf } from '#shared/kpi/numberText.ts'
import { formatNumber } from '../text/format.ts'
import { locale } from '../text/intl.ts'

/** One number the pad asks for. */
export interface PadStop { id: string, period: string }

const times = 5
const enough = 4

/** The numbers still missing: the running periods first, then what is overdue, the newest first. */
export function missingStops(rows: readonly KpiRow[]): PadStop[] {
  const running = rows.filter(row => !row.current.entry).map(row => ({ id: row.id, period: row.period }))
  const overdue = rows.flatMap(row => row.cells.slice(0, -1).reverse().filter(cell => cell.status === 'stale').map(cell => ({ id: row.id, period: cell.period })))
  return [...running, ...overdue]
}

/** What was typed, read in the person's locale; the sign of a unit may stand with it. */
export function readNumber(text: string): NumberReading {
  return parseNumber(text.replace(/[%٪\p{Sc}]/gu, ''), separatorsOf(locale()))
}

/** A value as the person would type it. */
export const typedNumber = (value: number) => formatNumber(value, 6, { useGrouping: false })

export function toggleSign(text: string): string {
  return /^[-−–]/.test(text) ? text.slice(1) : `-${text}`
}

export const erase = (text: string) => [...text].slice(0, -1).join('')

/** Whether a value is five times what is usual over the periods in view; with under four of them nothing is usual yet. */
export function isOutlier(value: number, cells: readonly ScoreCell[]): boolean {
  const sizes = numbersOf(cells).map(Math.abs).sort((a, b) => a - b)
  const median = ((sizes[Math.floor((sizes.length - 1) / 2)] ?? 0) + (sizes[Math.ceil((sizes.length - 1) / 2)] ?? 0)) / 2
  return sizes.length >= enough && median > 0 && Math.abs(value) >= median * times
}

/** The last few cells with a number before a period, the newest first. */
export function lastNumbers(row: KpiRow, period: string, count: number): ScoreCell[] {
  const before = row.cells.slice(0, row.cells.findIndex(cell => cell.period === period))
  return before.filter(cell => typeof cell.entry?.entry.value === 'number').slice(-count).reverse()
}

function numbersOf(cells: readonly ScoreCell[]): number[] {
  return cells.flatMap(cell => typeof cell.entry?.entry.value === 'number' ? [cell.entry.entry.value] : [])
}
