import type { Chart, ChartNode } from '#shared/chart/tree.ts'
import { foldText } from '#shared/chart/search.ts'
import { walk } from '#shared/chart/tree.ts'

/** One visible line of the outline. `expanded` is undefined where nothing is below; `above` is the line it hangs from. */
export interface OutlineRow {
  id: string
  title: string
  level: number
  setsize: number
  posinset: number
  below: number
  expanded?: boolean
  above?: string
}

/** The line that gathers the seats without a place; no seat's id is like it. */
export const unplacedId = ':unplaced'

/** A chart up to this size is shown whole at first; a larger one down to its second level. */
const wholeUpTo = 60

export function firstOpen(chart: Chart): Set<string> {
  const all = [...walk(chart.roots)]
  const opened = all.length <= wholeUpTo ? all : chart.roots
  return new Set(opened.filter(node => node.children.length).map(node => node.seat.id))
}

/** The lines to show, from top to bottom; the gathered ones come last, one level down. */
export function outlineRows(chart: Chart, open: ReadonlySet<string>, unplacedTitle: string): OutlineRow[] {
  const rows: OutlineRow[] = []
  const tops = chart.roots.length + Number(chart.unplaced.length > 0)
  addRows(rows, chart.roots, { level: 1, setsize: tops, open })
  if (chart.unplaced.length) {
    const expanded = open.has(unplacedId)
    rows.push({ id: unplacedId, title: unplacedTitle, level: 1, setsize: tops, posinset: tops, below: chart.unplaced.length, expanded })
    if (expanded)
      addRows(rows, chart.unplaced, { level: 2, setsize: chart.unplaced.length, open, above: unplacedId })
  }
  return rows
}

interface Branch { level: number, setsize: number, open: ReadonlySet<string>, above?: string }

function addRows(rows: OutlineRow[], nodes: readonly ChartNode[], { level, setsize, open, above }: Branch): void {
  nodes.forEach(({ seat, children }, index) => {
    const expanded = children.length ? open.has(seat.id) : undefined
    rows.push({ id: seat.id, title: seat.title, level, setsize, posinset: index + 1, below: children.length, expanded, above })
    if (expanded)
      addRows(rows, children, { level: level + 1, setsize: children.length, open, above: seat.id })
  })
}

/** The next line after `from` whose title begins with what was typed; the same letter again goes on to the next. */
export function typedRow(rows: readonly OutlineRow[], from: number, typed: string): number {
  const letters = [...typed]
  const again = letters.every(letter => letter === letters[0])
  const wanted = foldText(again ? letters[0] ?? '' : typed)
  const start = again ? from + 1 : from
  const order = rows.map((_, step) => (start + step) % rows.length)
  return order.find(index => wanted && foldText(rows[index]?.title ?? '').startsWith(wanted)) ?? from
}
