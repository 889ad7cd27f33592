import { oneLine } from './text.ts'

/** A value of a file's field in words: a list with commas, anything deeper as JSON; '' for nothing. */
export function fieldText(value: unknown): string {
  if (value === null || value === undefined)
    return ''
  if (typeof value === 'string')
    return value.trim()
  if (Array.isArray(value) && value.every(inner => typeof inner !== 'object'))
    return value.map(fieldText).filter(Boolean).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** The texts of a list, or of a text with commas. */
export function fieldList(value: unknown): string[] {
  const parts: unknown[] = Array.isArray(value) ? value : fieldText(value).split(/[,\n]/)
  return parts.map(part => oneLine(fieldText(part)).replace(/^- /, '')).filter(Boolean)
}

/** Every field but those named, one a line: what a seat has no place for is kept in its words. An empty list says something: no tools are not all tools. */
export function otherFields(fields: ReadonlyMap<string, unknown>, used: readonly string[]): string {
  return [...fields]
    .filter(([key]) => !used.includes(key))
    .map(([key, value]) => ({ key, words: Array.isArray(value) && !value.length ? '[]' : fieldText(value) }))
    .flatMap(({ key, words }) => words ? [`${key}: ${words}`] : [])
    .join('\n')
}
