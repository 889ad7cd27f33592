/**
 * A list in an order of this voter's own: the same on all their phones, and one that goes leaves the others as they stood.
 * So no issue is first on everybody's screen.
 */
export function shuffledFor(issues: readonly string[], round: string, voter: string): string[] {
  const drawn = new Map(issues.map(issue => [issue, drawOf(`${round}\n${voter}\n${issue}`)]))
  const draw = (issue: string) => drawn.get(issue) ?? 0
  return [...issues].sort((one, other) => draw(one) - draw(other) || (one < other ? -1 : 1))
}

/** A number of 32 bits that texts which differ in one letter share by chance alone: FNV-1a, its bits mixed as MurmurHash3 ends. */
function drawOf(text: string): number {
  let hash = 0x811C9DC5
  for (let at = 0; at < text.length; at++)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85EBCA6B)
  hash = Math.imul(hash ^ (hash >>> 13), 0xC2B2AE35)
  return (hash ^ (hash >>> 16)) >>> 0
}
