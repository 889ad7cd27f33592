import os from 'node:os'
import process from 'node:process'

export interface Figure {
  what: string
  unit: string
  median: number
  /** This figure over its baseline or peer in the same run. */
  ratio?: number
  against?: string
  aims?: Aim[]
}

/** What a figure or its ratio should come to; bounds are inclusive. */
export interface Aim { of: 'median' | 'ratio', least?: number, most?: number }

export interface Report {
  machine: { cpus: number, cpu: string, memory: string, platform: string, node: string, loadAtStart: number }
  runs: number
  sections: Record<string, Figure[]>
  /** Sections that broke, and how. */
  failed: Record<string, string>
  /** What was left out, and why. */
  left: string[]
}

export function machineNow(): Report['machine'] {
  return {
    cpus: os.cpus().length,
    cpu: os.cpus()[0]?.model ?? '',
    memory: `${Math.round(os.totalmem() / 2 ** 30)} GB`,
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    loadAtStart: Number((os.loadavg()[0] ?? 0).toFixed(2)),
  }
}

export const median = (values: readonly number[]) => percentile(values, 50)

/** Between the two nearest values where the place lies between them. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const place = (sorted.length - 1) * percent / 100
  const [low, high] = [sorted[Math.floor(place)] ?? Number.NaN, sorted[Math.ceil(place)] ?? Number.NaN]
  return low + (high - low) * (place - Math.floor(place))
}

export function isMet(figure: Figure, { of, least = -Infinity, most = Infinity }: Aim): boolean {
  const value = figure[of] ?? Number.NaN
  return value >= least && value <= most
}

export function printReport(report: Report, json: boolean): void {
  if (json)
    return console.log(JSON.stringify({ ...report, sections: withVerdicts(report.sections) }))
  const { cpus, cpu, memory, platform, node, loadAtStart } = report.machine
  console.log(`${cpus} × ${cpu}, ${memory}, ${platform}, load at start ${loadAtStart}, Node ${node}; medians of ${report.runs}`)
  for (const [name, figures] of Object.entries(report.sections)) {
    console.log(`\n${name}`)
    figures.forEach(figure => console.log(`  ${lineOf(figure)}`))
  }
  for (const [name, error] of Object.entries(report.failed))
    console.log(`\n${name}\n  FAILED: ${error}`)
  report.left.forEach(text => console.log(`\nLEFT OUT: ${text}`))
}

function withVerdicts(sections: Report['sections']) {
  const judged = (figure: Figure) => ({ ...figure, ...figure.aims && { aims: figure.aims.map(aim => ({ ...aim, met: isMet(figure, aim) })) } })
  return Object.fromEntries(Object.entries(sections).map(([name, figures]) => [name, figures.map(judged)]))
}

function lineOf(figure: Figure): string {
  const { what, unit, ratio, against, aims = [] } = figure
  const parts = [`${what.padEnd(74)} ${shown(figure.median).padStart(9)} ${unit}`]
  if (ratio !== undefined)
    parts.push(`${ratio.toFixed(2)} × ${against}`)
  parts.push(...aims.map(aim => `${wordsOf(aim)}: ${isMet(figure, aim) ? 'met' : 'MISSED'}`))
  return parts.join(' · ')
}

function wordsOf({ of, least, most }: Aim): string {
  const bound = least === undefined ? `≤ ${shown(most ?? 0)}` : `≥ ${shown(least)}`
  return `aim ${bound}${of === 'ratio' ? ' ×' : ''}`
}

function shown(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 100)
    return Math.round(value).toLocaleString('en')
  return value.toFixed(2)
}
