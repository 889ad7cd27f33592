/** One line: runs of white space become a space; control characters and halves of characters cannot be stored and go. */
export function oneLine(text: string): string {
  return text.replace(/(?!\s)\p{Cc}/gu, '').replace(/\p{Cs}/gu, '\uFFFD').replace(/\s+/g, ' ').trim()
}

/** Text of any number of lines, without what cannot be stored. */
export function manyLines(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/(?![\n\t])\p{Cc}/gu, '').replace(/\p{Cs}/gu, '\uFFFD').trim()
}

/** Whether {@link oneLine} and {@link manyLines} leave something of the text out. */
export const hasUnprintable = (text: string) => /(?!\s)\p{Cc}|\p{Cs}/u.test(text)

/** Up to `max` UTF-16 units, never ending in half a character. */
export function cut(text: string, max: number): string {
  return text.length <= max ? text : text.slice(0, max).replace(/\p{Cs}$/u, '').trimEnd()
}

/** Markdown links as their words. */
export const withoutLinks = (text: string) => text.replace(/\[([^\][]*)\]\([^()\s]*\)/g, '$1')

/** The form in which two spellings of a name or heading are the same. */
export const folded = (text: string) => oneLine(text).toLowerCase().replace(/[\s_-]+/g, ' ').trim()

/** A key of at most 300 characters; longer ones keep their beginning and a hash of the whole. */
export function importKey(source: string, name: string): string {
  const key = `${oneLine(source)}:${oneLine(name)}`
  return key.length <= 300 ? key : `${cut(key, 280)}~${hashOf(key)}`
}

/** FNV-1a, for telling names apart: not a secret. */
export function hashOf(text: string): string {
  let hash = 0x811C9DC5
  for (const char of text)
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193)
  return (hash >>> 0).toString(36)
}
