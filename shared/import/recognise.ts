import type { Format } from './plan.ts'
import Papa from 'papaparse/papaparse.js'
import { readAgentCard } from './agentCard.ts'
import { scoreColumns } from './longSeries.ts'
import { dayOrderOf, readWhen } from './readDate.ts'
import { seatColumns } from './seatTable.ts'
import { columnOf } from './table.ts'

const roleMapName = /\.(?:ya?ml|json)$/i
const agentName = /\.(?:md|markdown|mdx)$/i
const roleMapField = /^[{\s]*["']?(?:reports_to|role|manager_role_slug)["']?\s*:|[{,]\s*["']?(?:reports_to|role|manager_role_slug)["']?\s*:/m

/** The format of a file, by its name and its beginning; undefined where it is none of ours. */
export function recogniseFormat(fileName: string, text: string): Format | undefined {
  const beginning = text.slice(0, 100_000).replace(/^\uFEFF/, '')
  if (agentName.test(fileName) || readAgentCard(text))
    return 'agents'
  if (roleMapName.test(fileName))
    return roleMapField.test(beginning) ? 'role-map' : undefined
  if (/^---[ \t]*\r?\n/.test(beginning))
    return 'agents'
  const rows = Papa.parse(beginning, { delimitersToGuess: [',', ';', '\t', '|'], preview: 60 }).data.filter(cells => cells.some(cell => cell.trim()))
  const [header = [], ...others] = rows
  return tableFormat(header) ?? (isWide(header, others) ? 'kpi-wide' : undefined)
}

function tableFormat(header: readonly string[]): Format | undefined {
  const has = (...names: string[]) => columnOf(header, names) >= 0
  if (has('Post Unique Reference') && has('Reports to Senior Post'))
    return 'organogram'
  if (has('id') && has('parentId') && has('jobTitle'))
    return 'posts'
  if (has(...scoreColumns.kpi) && has(...scoreColumns.when) && has(...scoreColumns.value))
    return 'kpi-long'
  return has(...seatColumns.title) ? 'seats' : undefined
}

/** A day or period at the start of the rows, and something beside it. */
function isWide(header: readonly string[], rows: readonly string[][]): boolean {
  const firsts = rows.map(([first = '']) => first)
  const order = dayOrderOf(firsts) ?? 'day-first'
  return header.length > 1 && firsts.some(first => readWhen(first, order) !== undefined)
}
