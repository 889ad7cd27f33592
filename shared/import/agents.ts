import type { AgentFile, CompanyFile } from './agentFiles.ts'
import type { ImportFile } from './importFile.ts'
import type { ImportOptions, ImportPlan, PlannedSeat, Problem } from './plan.ts'
import { cards, readAgentFile } from './agentFiles.ts'
import { planTeams } from './agentTeams.ts'
import { grouped } from './grouped.ts'
import { baseOf, inOrder } from './importFile.ts'
import { placeSeats } from './placeSeats.ts'
import { ImportRefused, maxFileSize, refuseRows } from './refused.ts'
import { folded } from './text.ts'

type Placed = ReturnType<typeof placeSeats>

/** What the keys of a company's seats begin with: two companies may both have a `ceo`. */
const sourceOf = (slug: string) => `agents/${slug.replaceAll(':', ' ')}`

/**
 * Agents out of any number of files: Markdown with front matter, whole companies with `reportsTo`, A2A
 * AgentCards, in one plan. Whatever is none of them is listed; the order of the files does not matter.
 */
export function planAgents(files: readonly ImportFile[], options: ImportOptions): ImportPlan {
  refuseFiles(files)
  const read = inOrder(files).map(readAgentFile)
  const companies = read.filter(file => file.part === 'company')
  const agents = withoutCopies(read.filter(file => file.part === 'agent'))
  const placed = [...bySource(agents.kept, companies)].map(([source, some]) => placeSeats(some.map(({ draft }) => placeUnder(draft, options)), source))
  const seats = placed.flatMap(group => group.seats)
  const teams = planTeams(read.filter(file => file.part === 'team'), companies, seats)
  const problems = [...read.flatMap(file => file.problems), ...agents.problems, ...placed.flatMap(group => group.problems), ...sameTitles(placed), ...teams.problems]
  return {
    format: 'agents',
    source: 'agents',
    wholes: companies.map(({ slug }) => sourceOf(slug)),
    ...options.seatId && { agentsUnder: options.seatId },
    seats,
    people: [],
    teams: teams.teams,
    kpis: [],
    scores: [],
    problems,
    rows: files.length,
  }
}

function refuseFiles(files: readonly ImportFile[]): void {
  refuseRows(files.length)
  if (!files.some(({ text }) => text === undefined || text.trim()))
    throw new ImportRefused('empty')
  if (files.reduce((sum, { text = '' }) => sum + text.length, 0) > maxFileSize)
    throw new ImportRefused('too-big')
}

/** Agents of their own, cards and each company have keys that begin apart. */
function bySource(agents: readonly AgentFile[], companies: readonly CompanyFile[]): Map<string, AgentFile[]> {
  const slugOf = (home: string) => companies.find(company => company.home === home)?.slug ?? (baseOf(home) || 'company')
  return grouped(agents, ({ home }) => home === undefined ? 'agents' : home === cards ? 'a2a' : sourceOf(slugOf(home)))
}

/** With a seat chosen for them, agents without a manager have a place. */
function placeUnder(draft: AgentFile['draft'], { seatId }: ImportOptions): AgentFile['draft'] {
  return draft.manager === undefined && seatId ? { ...draft, manager: null } : draft
}

/** The same agent in the same words a second time is left out and listed. */
function withoutCopies(agents: readonly AgentFile[]): { kept: AgentFile[], problems: Problem[] } {
  const first = new Map<string, AgentFile>()
  const kept: AgentFile[] = []
  const problems: Problem[] = []
  for (const agent of agents) {
    const { draft } = agent
    const name = JSON.stringify([agent.home ?? null, draft.id, agent.text])
    const before = first.get(name)
    if (before) {
      problems.push({ row: draft.row, code: 'same-file', about: String(before.draft.row), text: draft.text })
    }
    else {
      first.set(name, agent)
      kept.push(agent)
    }
  }
  return { kept, problems }
}

/** Agents of one name that are not one agent, once each. */
function sameTitles(placed: readonly Placed[]): Problem[] {
  const said = new Set(placed.flatMap(({ problems }) => problems.filter(({ code }) => code === 'repeated-id').map(({ row }) => row)))
  const named = grouped(placed.flatMap(({ seats }) => seats).filter(({ row }) => !said.has(row)), ({ title }) => folded(title))
  const clash = ({ row, title, key }: PlannedSeat): Problem => ({ row, code: 'same-title', about: title, text: key })
  return [...named.values()].flatMap(seats => seats.length > 1 ? seats.map(clash) : [])
}
