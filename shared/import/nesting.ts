/** Deeper than any org chart's file; parsing millions of levels ends the process, which nothing can catch. */
const deepest = 200

const manyIndicators = new RegExp(`^[ \\t]*(?:[-?:][ \\t]+){${deepest}}`, 'm')
const deepIndent = new RegExp(`^ {${deepest * 8}}`, 'm')

/** Whether YAML or JSON text nests too deeply to be parsed, by brackets, list marks or indentation. Quotes are not looked at. */
export function isTooDeep(text: string): boolean {
  return manyIndicators.test(text) || deepIndent.test(text) || bracketDepth(text) > deepest
}

function bracketDepth(text: string): number {
  let depth = 0
  let most = 0
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = bracket === '[' || bracket === '{' ? depth + 1 : Math.max(0, depth - 1)
    most = Math.max(most, depth)
    if (most > deepest)
      break
  }
  return most
}
