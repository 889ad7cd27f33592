import type { Cell } from './score.ts'
import type { KpiRow } from './useRows.ts'
import { computed, shallowRef } from 'vue'
import { useSnacks } from '../stores/snacks.ts'
import { formatValue } from '../text/format.ts'
import { t } from '../text/t.ts'
import { readNumber, typedNumber } from './padRules.ts'
import { clearScore, writeScore } from './score.ts'
import { useReplica } from './useReplica.ts'

export interface Place { row: number, column: number }

/** A grid of cells worked with the keyboard, as in a spreadsheet: one cell at a time has the focus, typing opens it. */
export function useGrid(rows: () => readonly KpiRow[], moved: () => void) {
  const replica = useReplica()
  const snacks = useSnacks()
  const at = shallowRef<Place>({ row: 0, column: 12 })
  const typed = shallowRef<string>()
  const cell = computed(() => rows()[at.value.row]?.cells[at.value.column])

  function go(row: number, column: number) {
    typed.value = undefined
    at.value = { row: within(row, rows().length), column: within(column, 13) }
    moved()
  }

  function open(text?: string) {
    const value = cell.value?.entry?.entry.value
    typed.value = text ?? (typeof value === 'number' ? typedNumber(value) : '')
    moved()
  }

  /** Writes what was typed; an emptied cell takes this person's own number back. */
  async function commit(text = typed.value): Promise<void> {
    const [row, here] = [rows()[at.value.row], cell.value]
    typed.value = undefined
    if (!row || !here || text === undefined)
      return
    const place = { id: row.id, kpi: row.kpi, period: here.period }
    const reading = readNumber(text)
    if ('value' in reading)
      return reading.value === here.entry?.entry.value ? undefined : say(row, place, reading.value)
    if (reading.refused === 'empty')
      return here.entry ? clearScore(replica, place) : undefined
    snacks.show(t('scorecard.refused', { text }))
  }

  /** A number the device could not keep stays in its cell. */
  async function say({ kpi, unit }: KpiRow, place: Cell, value: number) {
    const here = at.value
    const undo = await writeScore(replica, place, { value }).catch((error) => {
      if (at.value === here)
        typed.value = typedNumber(value)
      throw error
    })
    snacks.show(t('pad.saved', { title: kpi.title, value: formatValue(value, { ...unit, decimals: 6 }) }), { undo: () => void undo() })
  }

  function key(event: KeyboardEvent, forward: 1 | -1) {
    const { row, column } = at.value
    const editing = typed.value !== undefined
    const moves: Record<string, () => void> = {
      Enter: () => editing ? void commit().then(() => go(row + 1, column)) : open(),
      Escape: () => go(row, column),
      F2: () => open(),
      ArrowUp: () => void commit().then(() => go(row - 1, column)),
      ArrowDown: () => void commit().then(() => go(row + 1, column)),
    }
    const still: Record<string, () => void> = {
      ArrowRight: () => go(row, column + forward),
      ArrowLeft: () => go(row, column - forward),
      Home: () => go(event.ctrlKey ? 0 : row, 0),
      End: () => go(event.ctrlKey ? rows().length - 1 : row, 12),
      PageDown: () => go(row + 10, column),
      PageUp: () => go(row - 10, column),
      Delete: () => void commit('').then(moved),
    }
    const move = moves[event.key] ?? (editing ? undefined : still[event.key] ?? (begins(event) ? () => open(event.key) : undefined))
    if (move) {
      event.preventDefault()
      move()
    }
  }

  return { at, typed, go, open, commit, key }
}

function within(index: number, count: number): number {
  return Math.max(0, Math.min(count - 1, index))
}

/** Whether a key begins a number. */
function begins(event: KeyboardEvent): boolean {
  return /^[\p{Nd}.,+\-−]$/u.test(event.key) && !event.ctrlKey && !event.metaKey
}
