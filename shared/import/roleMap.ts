import type { Document, Pair } from 'yaml'
import type { DraftSeat } from './drafts.ts'
import type { ImportOptions, ImportPlan, Problem } from './plan.ts'
import { isMap, parseDocument } from 'yaml'
import { isTooDeep } from './nesting.ts'
import { placeSeats } from './placeSeats.ts'
import { ImportRefused, refuseRows } from './refused.ts'
import { cut, oneLine, withoutLinks } from './text.ts'

/** More uses of anchors than this is an attack, or no org chart. */
const maxAliases = 100

/**
 * A YAML or JSON map of seats: `key: { name, role, reports_to, manager_role_slug }`, where `reports_to` names
 * a manager's role slug, or `none` for the top.
 */
export function planRoleMap(text: string, options: ImportOptions): ImportPlan {
  const document = readDocument(text)
  const pairs = isMap(document.contents) ? document.contents.items : undefined
  if (!pairs)
    throw new ImportRefused('unreadable')
  if (!pairs.length)
    throw new ImportRefused('empty')
  refuseRows(pairs.length)
  const read = guarded(() => pairs.map(pair => draftOf(pair, document)))
  const drafts = read.filter(draft => 'calledBy' in draft)
  const problems = read.filter(draft => 'code' in draft)
  const placed = placeSeats(drafts, options.source ?? 'role-map')
  return { format: 'role-map', ...placed, problems: [...placed.problems, ...problems], rows: pairs.length }
}

function readDocument(text: string): Document.Parsed {
  if (isTooDeep(text))
    throw new ImportRefused('unreadable')
  const document = guarded(() => parseDocument(text, { uniqueKeys: false, logLevel: 'silent' }))
  if (document.errors.length)
    throw new ImportRefused('unreadable')
  return document
}

/** Deep nesting exhausts the parser's stack and aliases its patience: both are the file's fault. */
function guarded<T>(read: () => T): T {
  try {
    return read()
  }
  catch (error) {
    const bomb = error instanceof ReferenceError && /alias count/i.test(error.message)
    throw new ImportRefused(bomb ? 'too-many-aliases' : 'unreadable')
  }
}

function draftOf(pair: Pair, document: Document): DraftSeat | Problem {
  const key = textOf(plainOf(pair.key, document))
  const value = plainOf(pair.value, document)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { row: cut(key, 300), code: 'not-a-seat', about: cut(key, 300), text: cut(textOf(value), 300) }
  const field = (name: string) => Object.hasOwn(value, name) ? textOf((value as Record<string, unknown>)[name]) : ''
  const slug = field('manager_role_slug')
  const manager = field('reports_to')
  return {
    row: key,
    id: key,
    calledBy: slug ? [slug] : [],
    title: withoutLinks(field('role') || field('title')),
    kind: 'human',
    accountability: field('accountability'),
    holder: field('name') || null,
    manager: manager === 'none' ? null : manager || undefined,
    managerColumn: 'reports_to',
    text: cut([field('role'), field('name'), manager].filter(Boolean).join(' | '), 300),
  }
}

function plainOf(node: unknown, document: Document): unknown {
  const hasPlain = typeof node === 'object' && node !== null && 'toJS' in node && typeof node.toJS === 'function'
  return hasPlain ? (node as { toJS: (document: Document, options: object) => unknown }).toJS(document, { maxAliasCount: maxAliases }) : node
}

function textOf(value: unknown): string {
  if (value === null || value === undefined)
    return ''
  return oneLine(typeof value === 'object' ? JSON.stringify(value) : String(value))
}
