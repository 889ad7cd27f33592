import type { ProblemCode } from './plan.ts'
import { parseDocument } from 'yaml'
import { looseFields } from './looseFields.ts'
import { isTooDeep } from './nesting.ts'

/** The fields before the text of a Markdown file. `problem` says why they were read line by line instead of as YAML. */
export interface FrontMatter { fields: ReadonlyMap<string, unknown>, body: string, problem?: ProblemCode }

/** Front matter is a page at most; what is longer is read line by line, up to here. */
const longest = 64_000
/** More uses of anchors than this is an attack. */
const maxAliases = 100
const fence = /^---[ \t]*$/
const closing = /^(?:---|\.\.\.)[ \t]*$/

/** Front matter between two lines of `---`; undefined for a text that has none. Throws nothing. */
export function readFrontMatter(text: string): FrontMatter | undefined {
  // A byte order mark is white space here, and goes with it.
  const lines = text.replace(/\r\n?/g, '\n').trimStart().split('\n')
  if (!fence.test(lines[0] ?? ''))
    return undefined
  const end = lines.findIndex((line, at) => at > 0 && closing.test(line))
  const last = end > 0 ? end : unclosedEnd(lines)
  const head = lines.slice(1, last).join('\n')
  const body = lines.slice(end > 0 ? last + 1 : last).join('\n')
  const strict = end > 0 && head.length <= longest ? strictFields(head) : undefined
  if (strict)
    return { fields: strict, body }
  const fields = looseFields(head.slice(0, longest))
  return fields.size ? { fields, body, problem: end > 0 ? 'bad-front-matter' : 'unclosed-front-matter' } : undefined
}

/** Without a closing line, front matter ends where the lines no longer look like it. */
function unclosedEnd(lines: readonly string[]): number {
  const end = lines.findIndex((line, at) => at > 0 && !/^(?:[\w-]+[ \t]*:|[ \t]+\S|-[ \t]|#)/.test(line))
  return end < 0 ? lines.length : end
}

/** Undefined where it is no YAML, no map, or a bomb. */
function strictFields(head: string): ReadonlyMap<string, unknown> | undefined {
  if (isTooDeep(head))
    return undefined
  try {
    const document = parseDocument(head, { uniqueKeys: false, logLevel: 'silent' })
    const value: unknown = document.errors.length ? undefined : document.toJS({ maxAliasCount: maxAliases })
    const isFields = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isFields && isTree(value) ? new Map(Object.entries(value)) : undefined
  }
  catch {
    return undefined
  }
}

/** Not a circle, which an anchor can make of its own holder. */
function isTree(value: unknown, above: readonly unknown[] = []): boolean {
  if (typeof value !== 'object' || value === null)
    return true
  return !above.includes(value) && Object.values(value).every(inner => isTree(inner, [...above, value]))
}
