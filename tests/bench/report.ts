import os from 'node:os'

export interface Figure {
  what: string
  unit: string
  median: number
  /** This figure over its baseline or peer in the same run. */
  ratio?: number
  against?: string
  /** What it must stay under or over, in words. */
  budget?: string
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle] as number : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}

export function printFigures(figures: readonly Figure[], json: boolean): void {
  const machine = { cpus: os.cpus().length, cpu: os.cpus()[0]?.model ?? '', load: os.loadavg()[0], node: process.version }
  if (json)
    return console.log(JSON.stringify({ machine, figures }))
  console.log(`${machine.cpus} × ${machine.cpu}, load ${machine.load?.toFixed(1)}, Node ${machine.node}; medians\n`)
  for (const { what, unit, median: value, ratio, against, budget } of figures) {
    const shown = value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2)
    console.log(`${what.padEnd(58)} ${shown.padStart(10)} ${unit}${ratio === undefined ? '' : `  (${ratio.toFixed(2)} × ${against})`}${budget ? `  [${budget}]` : ''}`)
  }
}
