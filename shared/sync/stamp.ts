/**
 * A hybrid-logical-clock token: 9 characters base-36 milliseconds, 3 base-36 counter, `-`, 6 of the
 * clock instance. Compared bytewise, a later stamp is greater.
 */
export type Stamp = string

const shape = /^[0-9a-z]{12}-[0-9a-z]{6}$/

export const isStamp = (text: unknown): text is Stamp => typeof text === 'string' && shape.test(text)

export function makeStamp(time: number, count: number, node: string): Stamp {
  return `${time.toString(36).padStart(9, '0')}${count.toString(36).padStart(3, '0')}-${node}`
}

/** The milliseconds a stamp claims. */
export const stampTime = (stamp: Stamp) => Number.parseInt(stamp.slice(0, 9), 36)
const stampCount = (stamp: Stamp) => Number.parseInt(stamp.slice(9, 12), 36)

/** The next stamp at `now`: greater than everything in `seen`, whatever the wall clock says. */
export function nextStamp(now: number, node: string, ...seen: (Stamp | undefined)[]): Stamp {
  const last = seen.reduce<Stamp>((top, stamp) => stamp && stamp > top ? stamp : top, '')
  if (!last || stampTime(last) < now)
    return makeStamp(now, 0, node)
  const count = stampCount(last) + 1
  return count < 46_656 ? makeStamp(stampTime(last), count, node) : makeStamp(stampTime(last) + 1, 0, node)
}

/** Stamps further ahead of the server than this are refused, never clamped. */
export const maxAhead = 60_000

export const isAhead = (stamp: Stamp, serverNow: number) => stampTime(stamp) > serverNow + maxAhead

/** A clock instance: remembers the greatest stamp it gave or saw. `node` is random per instance. */
export interface Clock {
  now: () => number
  next: (...seen: (Stamp | undefined)[]) => Stamp
  see: (stamp: Stamp | undefined) => void
  last: () => Stamp
  /** Takes back what ran ahead of the server: a clock that was wrong must not win over who writes next. */
  pullBack: (serverNow: number) => void
}

/** Of so many minutes a clock remembers how far in them it came. */
const mostMinutes = 1000
const minuteOf = (time: number) => Math.floor(time / 60_000)

export function createClock(now: () => number, node: string, start: Stamp = ''): Clock {
  let last = start
  /** A clock that was pulled back comes by the same minutes again, and must give no stamp twice. */
  const furthest = new Map<number, Stamp>()
  const furthestIn = (stamp: Stamp) => furthest.get(minuteOf(stampTime(stamp))) ?? ''
  const goOn = (stamp: Stamp) => {
    if (stamp > furthestIn(stamp))
      furthest.set(minuteOf(stampTime(stamp)), stamp)
    if (furthest.size > mostMinutes)
      furthest.delete(furthest.keys().next().value as number)
    return last = stamp
  }
  return {
    now,
    last: () => last,
    see: (stamp) => {
      if (stamp && stamp > last)
        goOn(stamp)
    },
    next: (...seen) => {
      const wanted = nextStamp(now(), node, last, ...seen)
      const given = furthestIn(wanted)
      return goOn(given < wanted ? wanted : nextStamp(now(), node, given))
    },
    pullBack: (serverNow) => {
      if (last && isAhead(last, serverNow))
        last = makeStamp(serverNow, 0, node)
    },
  }
}
