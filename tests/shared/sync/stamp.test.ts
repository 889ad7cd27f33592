import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createClock, isAhead, isStamp, makeStamp, maxAhead, nextStamp, stampTime } from '#shared/sync/stamp.ts'

const times = fc.integer({ min: 0, max: 36 ** 8 })
const nodes = fc.string({ unit: fc.constantFrom(...'09azk'), minLength: 6, maxLength: 6 })
const counts = fc.constantFrom(0, 1, 35, 36, 46_654, 46_655)
const stamps = fc.tuple(times, counts, nodes).map(([time, count, node]) => makeStamp(time, count, node))

describe('a stamp', () => {
  it('keeps its time, and one of a later time is greater', () => {
    fc.assert(fc.property(times, times, counts, counts, nodes, nodes, (one, other, c, d, n, m) => {
      const [left, right] = [makeStamp(one, c, n), makeStamp(other, d, m)]
      expect([isStamp(left), stampTime(left)]).toEqual([true, one])
      if (one !== other)
        expect(left < right).toBe(one < other)
      else if (c !== d)
        expect(left < right).toBe(c < d)
    }))
  })

  it.each(['', '0'.repeat(19), '000000000000-00000', '000000000000-0000000', '00000000000A-000000', ' 000000000000-000000', '000000000000-000000\n', 5, null, undefined, {}])('is not %j', (text) => {
    expect(isStamp(text)).toBe(false)
  })

  it('is ahead when it claims more than a minute past the server\'s time', () => {
    const server = 1_800_000_000_000
    expect([0, maxAhead, maxAhead + 1].map(ahead => isAhead(makeStamp(server + ahead, 0, 'aaaaaa'), server))).toEqual([false, false, true])
  })
})

describe('the next stamp', () => {
  it('is greater than everything seen, whatever the wall clock says', () => {
    fc.assert(fc.property(times, nodes, fc.array(fc.option(stamps, { nil: undefined })), (now, node, seen) => {
      const next = nextStamp(now, node, ...seen)
      expect(isStamp(next)).toBe(true)
      expect(stampTime(next)).toBeGreaterThanOrEqual(now)
      expect(seen.every(stamp => !stamp || next > stamp)).toBe(true)
    }))
  })

  it('is the wall clock\'s, counted from zero, where nothing seen is as late', () => {
    fc.assert(fc.property(times, nodes, (now, node) => {
      expect(nextStamp(now + 1, node, makeStamp(now, 46_655, node))).toBe(makeStamp(now + 1, 0, node))
    }))
  })

  it('goes on to the next millisecond when a millisecond\'s count is spent', () => {
    expect(nextStamp(5, 'aaaaaa', makeStamp(5, 46_655, 'zzzzzz'))).toBe(makeStamp(6, 0, 'aaaaaa'))
  })
})

describe('a clock', () => {
  /** What a replica may live through: its wall clock set anywhere, a stamp seen, a stamp given. */
  const events = fc.array(fc.oneof(
    times.map(time => ({ set: time })),
    stamps.map(stamp => ({ see: stamp })),
    fc.constant({ give: true }),
  ))

  it('never gives a stamp that is not greater than all before, also when it is set back', () => {
    fc.assert(fc.property(events, nodes, stamps, (lived, node, start) => {
      let wall = 0
      const clock = createClock(() => wall, node, start)
      let top = start
      for (const event of lived) {
        if ('set' in event)
          wall = event.set
        const stamp = 'see' in event ? event.see : 'give' in event ? clock.next() : top
        if ('give' in event)
          expect(stamp > top).toBe(true)
        if ('see' in event)
          clock.see(stamp)
        top = stamp > top ? stamp : top
        expect(clock.last()).toBe(top)
      }
    }))
  })

  it('passes what it is handed along with its own', () => {
    const clock = createClock(() => 10, 'aaaaaa')
    const far = makeStamp(99, 7, 'zzzzzz')
    expect(clock.next(undefined, far)).toBe(makeStamp(99, 8, 'aaaaaa'))
    expect(clock.next()).toBe(makeStamp(99, 9, 'aaaaaa'))
  })

  it('forgets nothing it saw when it is shown something older, or nothing', () => {
    const clock = createClock(() => 10, 'aaaaaa', makeStamp(50, 0, 'bbbbbb'))
    clock.see(makeStamp(40, 0, 'bbbbbb'))
    clock.see(undefined)
    expect(clock.last()).toBe(makeStamp(50, 0, 'bbbbbb'))
  })

  it('pulled back stands where the server does, and stays where it was when it was not ahead', () => {
    fc.assert(fc.property(stamps, times, nodes, (start, server, node) => {
      const clock = createClock(() => 0, node, start)
      clock.pullBack(server)
      expect(clock.last()).toBe(isAhead(start, server) ? makeStamp(server, 0, node) : start)
      expect(isAhead(clock.last(), server)).toBe(false)
      clock.pullBack(server)
      expect(isAhead(clock.last(), server)).toBe(false)
    }))
  })

  it('pulled back gives no stamp a second time, however its wall leapt', () => {
    const server = 1_000_000
    const offsets = fc.array(fc.tuple(fc.constantFrom(0, 20_000, 40_000, 59_000, 61_000, 90_000, 86_400_000), fc.boolean()), { maxLength: 20 })
    fc.assert(fc.property(offsets, (steps) => {
      const wall = { offset: 0 }
      const clock = createClock(() => server + wall.offset, 'aaaaaa')
      const given = steps.map(([offset, isPulled]) => {
        wall.offset = offset
        const stamp = clock.next()
        clock.see(makeStamp(server + offset / 2, 0, 'bbbbbb'))
        if (isPulled && isAhead(stamp, server)) {
          clock.pullBack(server)
          wall.offset = 0
        }
        return stamp
      })
      expect(new Set(given).size).toBe(given.length)
    }))
  })

  it('that gave nothing yet has nothing to take back', () => {
    const clock = createClock(() => 0, 'aaaaaa')
    clock.pullBack(5)
    expect(clock.last()).toBe('')
  })
})
