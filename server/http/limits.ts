import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { Problem } from '../domain/problem.ts'

/** How often, in how many seconds. */
export type LimitTable = Record<keyof typeof defaultLimits, [points: number, seconds: number]>

/** An office is one address: what is counted by address alone is wide. */
export const defaultLimits = {
  /** Wrong passwords for one account from one address: nobody can lock somebody out from elsewhere. */
  account: [5, 15 * 60],
  /** Wrong passwords from one address, whatever the account. */
  address: [20, 15 * 60],
  signUp: [60, 60 * 60],
  org: [10, 60 * 60],
  /** Requests of one signed-in person. */
  person: [1200, 60],
  /** Requests nobody signed. */
  stranger: [300, 60],
  /** Calls with one agent's key. */
  key: [120, 60],
  /** Issues an agent's seat raises. */
  raise: [20, 24 * 60 * 60],
  /** Handoffs an agent's seat sends, anew ones among them. */
  send: [50, 24 * 60 * 60],
} satisfies Record<string, [number, number]>

export interface Limits {
  /** Takes a point or throws `too-many`. */
  spend: (limit: keyof LimitTable, key: string) => Promise<void>
  /** Gives a point back: the attempt was a good one. */
  giveBack: (limit: keyof LimitTable, key: string) => Promise<void>
}

/** Counted per process, in memory. */
export function createLimits(table: LimitTable): Limits {
  const limiters = new Map(Object.entries(table).map(([name, [points, duration]]) => [name, new RateLimiterMemory({ keyPrefix: name, points, duration })]))
  const limiter = (name: string) => limiters.get(name) as RateLimiterMemory
  return {
    spend: async (limit, key) => {
      try {
        await limiter(limit).consume(key)
      }
      catch (error) {
        throw error instanceof RateLimiterRes ? new Problem('too-many', { retryAfter: error.msBeforeNext / 1000 }) : error
      }
    },
    giveBack: async (limit, key) => {
      await limiter(limit).reward(key)
    },
  }
}

/** What counts as one address: all of IPv4, of IPv6 the /64 a household gets. */
export function addressKey(address: string): string {
  const v4 = /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address)?.[1]
  if (v4 !== undefined)
    return v4
  const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::')
  const groups = [...head.split(':').filter(Boolean), ...(tail === undefined ? [] : ['0', '0', '0', '0'])]
  return groups.slice(0, 4).map(group => Number.parseInt(group, 16).toString(16)).join(':')
}
