import { inCycle } from './chain.ts'

/** What the tree needs of a seat. `importNote` without a manager says that an import could not place it. */
export interface TreeSeat {
  id: string
  title: string
  reportsTo?: string
  importNote?: string
  archived?: boolean
}

/** `level` counts a root as 1, and an unplaced seat too. */
export interface ChartNode<S extends TreeSeat = TreeSeat> { seat: S, level: number, children: ChartNode<S>[] }

/** Every seat that is not archived is in it exactly once; `unplaced` ones ("no place yet") keep what reports to them. */
export interface Chart<S extends TreeSeat = TreeSeat> { roots: ChartNode<S>[], unplaced: ChartNode<S>[] }

/**
 * The chart of any seats, however broken: a seat whose manager is missing or archived, that reports to itself,
 * or that is part of a circle is unplaced. Siblings are in the bytewise order of their titles.
 */
export function buildChart<S extends TreeSeat>(seats: readonly S[]): Chart<S> {
  const live = seats.filter(seat => !seat.archived).sort(compareTitles)
  const byId = new Map(live.map(seat => [seat.id, seat]))
  const circles = inCycle(byId)
  const nodes = new Map(live.map(seat => [seat.id, { seat, level: 1, children: [] } as ChartNode<S>]))
  const chart: Chart<S> = { roots: [], unplaced: [] }
  for (const node of nodes.values()) {
    const above = circles.has(node.seat.id) ? undefined : nodes.get(node.seat.reportsTo ?? '')
    const isRoot = !node.seat.reportsTo && !node.seat.importNote
    ;(above?.children ?? (isRoot ? chart.roots : chart.unplaced)).push(node)
  }
  for (const node of walk([...chart.roots, ...chart.unplaced]))
    node.children.forEach(child => child.level = node.level + 1)
  return chart
}

/** Every node under these, themselves included, each manager before its reports. */
export function* walk<S extends TreeSeat>(tops: readonly ChartNode<S>[]): Generator<ChartNode<S>> {
  const open = [...tops].reverse()
  for (let node = open.pop(); node; node = open.pop()) {
    yield node
    open.push(...[...node.children].reverse())
  }
}

/** How many seats each level has, roots first; unplaced seats have no level. */
export function levelSizes(chart: Chart): number[] {
  const sizes: number[] = []
  for (const { level } of walk(chart.roots))
    sizes[level - 1] = (sizes[level - 1] ?? 0) + 1
  return sizes
}

/** The ids of these seats and of everything that reports to them, however far down. */
export function subtree(seats: readonly Pick<TreeSeat, 'id' | 'reportsTo'>[], ids: readonly string[]): Set<string> {
  const reports = new Map<string, string[]>()
  for (const { id, reportsTo = '' } of seats)
    reports.set(reportsTo, (reports.get(reportsTo) ?? []).concat(id))
  const known = new Set(seats.map(seat => seat.id))
  const found = new Set(ids.filter(id => known.has(id)))
  for (const id of found)
    reports.get(id)?.forEach(report => found.add(report))
  return found
}

/** The order of siblings: bytewise by title, then by id, the same on every replica. */
export function compareTitles(one: Pick<TreeSeat, 'id' | 'title'>, other: Pick<TreeSeat, 'id' | 'title'>): number {
  const [left, right] = one.title === other.title ? [one.id, other.id] : [one.title, other.title]
  return left < right ? -1 : Number(left > right)
}
