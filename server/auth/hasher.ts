import { Buffer } from 'node:buffer'
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { Problem } from '../domain/problem.ts'

export interface Hasher {
  hash: (password: string) => Promise<string>
  verify: (input: { hash: string, password: string }) => Promise<boolean>
}

/** OWASP's floor for scrypt: 16 MB and about 0.15 s a password. */
const cost = { N: 2 ** 14, r: 8, p: 5 }
const keyLength = 64
const mostParallel = 2
const mostWaiting = 100

/** Hashes as `scrypt$N$r$p$salt$key`. At most two run at once, so that a burst of sign-ins cannot take the memory. */
export function createHasher(): Hasher {
  const inTurn = createTurns()
  return {
    hash: async (password) => {
      const salt = randomBytes(16)
      const key = await inTurn(() => derive(password, salt, cost))
      return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$')
    },
    verify: async ({ hash, password }) => {
      const [name, N, r, p, salt = '', stored = ''] = hash.split('$')
      const expected = Buffer.from(stored, 'base64url')
      if (name !== 'scrypt' || expected.length !== keyLength)
        return false
      const key = await inTurn(() => derive(password, Buffer.from(salt, 'base64url'), { N: Number(N), r: Number(r), p: Number(p) }))
      return timingSafeEqual(key, expected)
    },
  }
}

function derive(password: string, salt: Buffer, { N, r, p }: typeof cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, keyLength, { N, r, p, maxmem: 256 * N * r + 2 ** 20 }, (error, key) => error ? reject(error) : resolve(key))
  })
}

/** Runs at most {@link mostParallel} at a time; beyond {@link mostWaiting} in line it says so at once. */
function createTurns() {
  const waiting: (() => void)[] = []
  let running = 0
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= mostParallel) {
      if (waiting.length >= mostWaiting)
        throw new Problem('busy', { retryAfter: 10 })
      await new Promise<void>(resolve => waiting.push(resolve))
    }
    else {
      running += 1
    }
    try {
      return await work()
    }
    finally {
      const next = waiting.shift()
      if (next)
        next()
      else
        running -= 1
    }
  }
}
