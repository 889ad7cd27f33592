import { cut } from './text.ts'

/** As long as a seat's responsibilities, or a procedure's steps, may be. */
const longest = 8000
/** More of an agent's definition than this is left out. */
export const mostParts = 12

/** A long text in parts that fit, cut between lines where it can be; one part more than {@link mostParts} says there is more still. */
export function inParts(text: string): string[] {
  const parts: string[] = []
  for (let rest = text; rest && parts.length <= mostParts;) {
    const part = partOf(rest)
    parts.push(part)
    rest = rest.slice(part.length).trimStart()
  }
  return parts
}

function partOf(text: string): string {
  const most = cut(text, longest)
  const line = text.length > longest ? most.lastIndexOf('\n') : -1
  return line > longest / 2 ? most.slice(0, line).trimEnd() : most
}
