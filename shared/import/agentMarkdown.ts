import type { DraftSeat } from './drafts.ts'
import type { FrontMatter } from './frontMatter.ts'
import type { Problem } from './plan.ts'
import { fieldText, otherFields } from './fieldText.ts'
import { longest } from './fitText.ts'
import { baseOf } from './importFile.ts'
import { rowText } from './table.ts'
import { cut, folded, oneLine } from './text.ts'

const used = ['name', 'description', 'reportsTo', 'reports_to', 'owner']

/** An agent in a Markdown file, and what of it is not as it should be. */
export interface AgentRead { draft: DraftSeat, problems: Problem[] }

/**
 * An agent's definition: `name`, `description`, `reportsTo`; the rest of its fields and its text become the
 * responsibilities. `slug` is what the others of its company call it, where the file's place says so.
 */
export function readAgentMarkdown(path: string, matter: FrontMatter, slug?: string): AgentRead {
  const field = (name: string) => fieldText(matter.fields.get(name))
  const stem = baseOf(path).replace(/\.\w+$/, '')
  const name = oneLine(field('name')) || oneLine(field('title'))
  const id = slug ?? (name || stem)
  const description = field('description') || firstParagraph(matter.body)
  const text = rowText([name || stem, description])
  const names = [id, field('slug'), name, ...slug === undefined ? [stem] : []]
  const draft: DraftSeat = {
    row: path,
    id,
    calledBy: [...new Set(names.flatMap(called => [called, folded(called)]).filter(Boolean))],
    title: name || id,
    kind: 'agent',
    accountability: description,
    responsibilities: responsibilitiesOf(matter, description),
    manager: managerOf(matter.fields),
    managerColumn: 'reportsTo',
    ...field('owner') && { owner: oneLine(field('owner')) },
    text,
  }
  const list = (code: Problem['code'], about: string): Problem => ({ row: path, code, about, text })
  return { draft, problems: [...matter.problem ? [list(matter.problem, '')] : [], ...name ? [] : [list('blank', 'name')]] }
}

/** Null where it says nobody; undefined where it does not say. */
function managerOf(fields: FrontMatter['fields']): string | null | undefined {
  const key = ['reportsTo', 'reports_to'].find(name => fields.has(name))
  if (!key)
    return undefined
  const words = oneLine(fieldText(fields.get(key)))
  return /^(?:none|null|~|-)?$/i.test(words) ? null : words
}

/** A description too long for the sentence is kept here whole. */
function responsibilitiesOf({ fields, body }: FrontMatter, description: string): string {
  const whole = description.length > longest.sentence ? description : ''
  return [otherFields(fields, used), whole, body.trim()].filter(Boolean).join('\n\n')
}

/** The first lines of prose: no heading, list, quote, table or code. */
function firstParagraph(body: string): string {
  const paragraph = body.split(/\n\s*\n/).map(part => part.trim()).find(part => part && !/^(?:[#>|<]|[-*+] |\d+[.)] |```|~~~)/.test(part))
  return cut(oneLine(paragraph ?? ''), longest.sentence)
}
