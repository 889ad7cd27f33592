/** One period in a chart: `value` undefined where there is none. */
export interface Point { value: number | undefined, low?: number, high?: number }
export interface Box { width: number, height: number, pad: number }

/** Where each point and each stretch of the goal falls in a box. Gaps split the line: nothing is drawn between points that do not adjoin. */
export function plot(points: readonly Point[], box: Box) {
  const seen = points.flatMap(({ value, low, high }) => [value, low, high]).filter(value => value !== undefined)
  const [bottom, top] = bounds(seen)
  const x = (index: number) => box.pad + (index + 0.5) * (box.width - 2 * box.pad) / Math.max(1, points.length)
  const y = (value: number) => box.height - box.pad - (value - bottom) / (top - bottom) * (box.height - 2 * box.pad)
  const half = (box.width - 2 * box.pad) / Math.max(1, points.length) / 2
  const dots = points.flatMap(({ value }, index) => value === undefined ? [] : [{ index, x: x(index), y: y(value) }])
  const goals = points.flatMap((point, index) => [point.low, point.high].filter(bound => bound !== undefined).map(bound => ({ index, x1: x(index) - half, x2: x(index) + half, y: y(bound) })))
  return { dots, goals, line: pathOf(dots), bottom, top }
}

/** A line through points that follow each other; a missing period begins a new stretch. */
export function pathOf(dots: readonly { index: number, x: number, y: number }[]): string {
  return dots.map(({ index, x, y }, at) => `${at > 0 && dots[at - 1]?.index === index - 1 ? 'L' : 'M'}${round(x)} ${round(y)}`).join('')
}

function bounds(values: readonly number[]): [number, number] {
  const low = values.reduce((least, value) => Math.min(least, value), values[0] ?? 0)
  const high = values.reduce((most, value) => Math.max(most, value), values[0] ?? 1)
  const room = (high - low || Math.abs(high) || 1) * 0.12
  return [low - room, high + room]
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
