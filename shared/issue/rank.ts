import { generateKeyBetween } from 'fractional-indexing'

/** Random halvings of the gap: 24 of them make it 1 in 16 million that two phones pick the same key. */
const halvings = 24

/**
 * A key that sorts bytewise between two others (undefined at either end), with chance in it, so that two people
 * who put something in one place apart do not pick the same key. `random` fills bytes. Keys out of order: after `before`.
 */
export function rankBetween(before: string | undefined, after: string | undefined, random: (bytes: Uint8Array) => void): string {
  let [low, high] = gapBetween(before, after)
  const bytes = new Uint8Array(halvings / 8)
  random(bytes)
  for (let bit = 0; bit < halvings; bit++) {
    const middle = generateKeyBetween(low, high)
    if (((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1)
      low = middle
    else
      high = middle
  }
  return generateKeyBetween(low, high)
}

/** The ends of a gap; an open one is a whole step wide, so that keys stay short where everything is put last or first. */
function gapBetween(before: string | undefined, after: string | undefined): [string, string] {
  if (before !== undefined && after !== undefined && before < after)
    return [before, after]
  const near = before === undefined ? generateKeyBetween(null, after) : generateKeyBetween(before, null)
  return before === undefined && after !== undefined ? [generateKeyBetween(null, near), near] : [near, generateKeyBetween(near, null)]
}

/** Bytewise, never by a language's order. */
export const compareRanks = (one: string, other: string) => one < other ? -1 : Number(one > other)
