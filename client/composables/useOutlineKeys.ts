import type { OutlineRow } from './outlineRules.ts'
import { computed, shallowRef } from 'vue'
import { typedRow } from './outlineRules.ts'

interface Outline {
  rows: () => readonly OutlineRow[]
  at: () => string | undefined
  go: (id: string) => void
  setOpen: (id: string, open: boolean) => void
  choose: (id: string) => void
}

/** Letters typed within this time, ms, make one word. */
const oneWord = 700

/** The keys of a tree: arrows move, open and close; Home, End, pages; letters jump; Enter chooses. */
export function useOutlineKeys({ rows, at, go, setOpen, choose }: Outline) {
  const typed = shallowRef({ text: '', at: 0 })
  const index = computed(() => Math.max(0, rows().findIndex(row => row.id === at())))
  const goTo = (to: number) => {
    const row = rows()[Math.max(0, Math.min(rows().length - 1, to))]
    if (row)
      go(row.id)
  }

  function forward(row: OutlineRow): void {
    if (row.expanded)
      goTo(index.value + 1)
    else if (row.expanded === false)
      setOpen(row.id, true)
  }

  function back(row: OutlineRow): void {
    if (row.expanded)
      setOpen(row.id, false)
    else if (row.above)
      go(row.above)
  }

  function jump(letter: string, when: number): void {
    const text = when - typed.value.at < oneWord ? typed.value.text + letter : letter
    typed.value = { text, at: when }
    goTo(typedRow(rows(), index.value, text))
  }

  function key(event: KeyboardEvent, rtl: boolean): void {
    const row = rows()[index.value]
    if (!row || event.ctrlKey || event.metaKey || event.altKey)
      return
    const moves: Record<string, () => void> = {
      ArrowDown: () => goTo(index.value + 1),
      ArrowUp: () => goTo(index.value - 1),
      ArrowRight: () => rtl ? back(row) : forward(row),
      ArrowLeft: () => rtl ? forward(row) : back(row),
      Home: () => goTo(0),
      End: () => goTo(rows().length - 1),
      PageDown: () => goTo(index.value + 10),
      PageUp: () => goTo(index.value - 10),
      Enter: () => choose(row.id),
    }
    const letter = /^[\p{L}\p{N}]$/u.test(event.key)
    const move = moves[event.key] ?? (letter ? () => jump(event.key, event.timeStamp) : undefined)
    if (!move)
      return
    event.preventDefault()
    move()
  }

  return { index, key }
}
