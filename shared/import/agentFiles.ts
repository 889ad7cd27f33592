import type { AgentRead } from './agentMarkdown.ts'
import type { FrontMatter } from './frontMatter.ts'
import type { ImportFile } from './importFile.ts'
import type { Problem } from './plan.ts'
import { draftOfCard, readAgentCard } from './agentCard.ts'
import { readAgentMarkdown } from './agentMarkdown.ts'
import { fieldList, fieldText } from './fieldText.ts'
import { readFrontMatter } from './frontMatter.ts'
import { baseOf, folderOf, pathFrom } from './importFile.ts'
import { recogniseFormat } from './recognise.ts'
import { rowText } from './table.ts'
import { cut, oneLine } from './text.ts'

/** `home` is the folder of the agent's company, `card` for a card, undefined for an agent of its own. */
export interface AgentFile extends AgentRead { part: 'agent', home?: string, text: string }
/** What a COMPANY.md says: `slug` is what its seats' keys begin with. */
export interface CompanyFile { part: 'company', home: string, slug: string, name: string, problems: Problem[] }
/** What a TEAM.md says; the seats by the paths of their files. */
export interface TeamFile { part: 'team', home: string, name: string, lead: string, members: string[], path: string, problems: Problem[] }
interface OtherFile { part: 'other', problems: Problem[] }
export type ReadFile = AgentFile | CompanyFile | TeamFile | OtherFile

/** A card's home; no folder has such a name. */
export const cards = '/cards'
const tables = /\.(?:csv|tsv|json|ya?ml)$/i
const others = /^(?:SKILL|TASK|PROJECT)\.md$/i

/** What one of several files is. Every file is an agent, part of a company, or a problem that names it. */
export function readAgentFile({ path, text }: ImportFile): ReadFile {
  if (text === undefined)
    return other(path, 'not-read', '', '')
  const card = readAgentCard(text)
  if (card)
    return { part: 'agent', home: cards, text, draft: draftOfCard(path, card), problems: [] }
  const matter = readFrontMatter(text)
  if (matter)
    return readMarkdown(path, text, matter)
  const table = tables.test(path) && recogniseFormat(path, text)
  return table ? other(path, 'on-its-own', table, '') : other(path, 'not-an-agent', '', firstLine(text))
}

function readMarkdown(path: string, text: string, matter: FrontMatter): ReadFile {
  const base = baseOf(path)
  const words = rowText([fieldText(matter.fields.get('name')), fieldText(matter.fields.get('description'))])
  if (/^COMPANY\.md$/i.test(base))
    return companyOf(path, matter)
  if (/^TEAM\.md$/i.test(base))
    return teamOf(path, matter)
  const home = homeOf(path)
  const isAgent = home !== undefined || (!others.test(base) && (matter.fields.has('name') || /(?:^|\/)agents\/[^/]+$/i.test(path)))
  if (!isAgent)
    return other(path, 'not-an-agent', '', words || firstLine(matter.body))
  return { part: 'agent', ...home !== undefined && { home }, text, ...readAgentMarkdown(path, matter, home === undefined ? undefined : baseOf(folderOf(path))) }
}

/** The company of `…/agents/<slug>/AGENTS.md`. */
function homeOf(path: string): string | undefined {
  if (!/^[^/]+\/AGENTS\.md$/i.test(path) && !/(?:^|\/)agents\/[^/]+\/AGENTS\.md$/i.test(path))
    return undefined
  const folder = folderOf(folderOf(path))
  return /^agents$/i.test(baseOf(folder)) ? folderOf(folder) : folder
}

/** Its goals have no record to go to yet: each is listed. */
function companyOf(path: string, { fields, problem }: FrontMatter): CompanyFile {
  const home = folderOf(path)
  const name = oneLine(fieldText(fields.get('name'))) || baseOf(home)
  const goals: unknown = fields.get('goals')
  const list = (code: Problem['code'], about: string, text: string): Problem => ({ row: path, code, about, text: cut(text, 300) })
  return {
    part: 'company',
    home,
    slug: oneLine(fieldText(fields.get('slug'))) || baseOf(home) || name,
    name,
    problems: [...problem ? [list(problem, '', name)] : [], ...(Array.isArray(goals) ? goals : []).map(goal => list('company-goal', name, oneLine(fieldText(goal))))],
  }
}

function teamOf(path: string, { fields, problem }: FrontMatter): TeamFile {
  const folder = folderOf(path)
  const manager = oneLine(fieldText(fields.get('manager')))
  const name = oneLine(fieldText(fields.get('name'))) || baseOf(folder)
  return {
    part: 'team',
    home: /^teams$/i.test(baseOf(folderOf(folder))) ? folderOf(folderOf(folder)) : folderOf(folder),
    name,
    lead: manager && pathFrom(folder, manager),
    members: fieldList(fields.get('includes')).map(included => pathFrom(folder, included)),
    path,
    problems: problem ? [{ row: path, code: problem, about: '', text: name }] : [],
  }
}

function other(path: string, code: Problem['code'], about: string, text: string): OtherFile {
  return { part: 'other', problems: [{ row: path, code, about: cut(oneLine(about), 300), text: cut(oneLine(text), 300) }] }
}

function firstLine(text: string): string {
  return text.trimStart().slice(0, 300).split('\n')[0] ?? ''
}
