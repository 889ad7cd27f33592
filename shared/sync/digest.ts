import type { Digest } from './wire.ts'

export const digestModulus = 2 ** 32

export const emptyDigest = (): Digest => ({ count: 0, sum: 0 })

/** Adds one record; the order of adding does not matter. FNV-1a over id and version, summed modulo 2³². */
export function addToDigest(digest: Digest, id: string, v: string): void {
  digest.count++
  digest.sum = (digest.sum + hashOf(id, v)) % digestModulus
}

/** Takes away what was added. */
export function takeFromDigest(digest: Digest, id: string, v: string): void {
  digest.count--
  digest.sum = (digest.sum + digestModulus - hashOf(id, v)) % digestModulus
}

/** Both together; one of them may be what changed. */
export const sumOfDigests = (one: Digest, other: Digest): Digest => ({ count: one.count + other.count, sum: (one.sum + other.sum) % digestModulus })

function hashOf(id: string, v: string): number {
  let hash = 0x811C9DC5
  for (const char of `${id}|${v}`)
    hash = Math.imul(hash ^ (char.codePointAt(0) as number), 0x01000193)
  return hash >>> 0
}
