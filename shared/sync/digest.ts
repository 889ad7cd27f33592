import type { Digest } from './wire.ts'

export const emptyDigest = (): Digest => ({ count: 0, sum: 0 })

/** Adds one record; the order of adding does not matter. FNV-1a over id and version, summed modulo 2³². */
export function addToDigest(digest: Digest, id: string, v: string): void {
  let hash = 0x811C9DC5
  for (const char of `${id}|${v}`)
    hash = Math.imul(hash ^ (char.codePointAt(0) as number), 0x01000193)
  digest.count++
  digest.sum = (digest.sum + (hash >>> 0)) >>> 0
}
