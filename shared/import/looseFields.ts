/**
 * Front matter that is no YAML, line by line: `key: the rest of the line`, further lines belonging to the key
 * above. Quotes around a value and the marks of a block go.
 */
export function looseFields(head: string): ReadonlyMap<string, string> {
  const found = new Map<string, string[]>()
  let lines: string[] | undefined
  for (const line of head.split('\n')) {
    const [, key, rest = ''] = /^(\w[\w-]*)[ \t]*:(.*)$/.exec(line) ?? []
    if (key)
      found.set(key, lines = [rest.trim().replace(/^[|>][+-]?$/, '')])
    else
      lines?.push(line.trim())
  }
  return new Map([...found].map(([key, values]) => [key, unquoted(values.filter(Boolean).join('\n'))]))
}

function unquoted(text: string): string {
  return /^(["']).*\1$/s.test(text) && text.length > 1 ? text.slice(1, -1) : text
}
