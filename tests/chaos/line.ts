import type { AddressInfo, Socket } from 'node:net'
import { connect, createServer } from 'node:net'

/** One phone's way to the servers, in bytes: it freezes, breaks and swallows answers as radio does. */
export interface Line {
  url: string
  /** Nothing moves for this long, ms; both ends believe in the connection, new ones are taken and stay silent. */
  freeze: (ms: number) => void
  /** Answers are swallowed for this long, ms; then the connections break. */
  deafen: (ms: number) => void
  /** The connections break after so many more bytes of answers. */
  cutAfter: (bytes: number) => void
  reset: () => void
  heal: () => void
  close: () => Promise<void>
}

interface Pair { near: Socket, far?: Socket }
interface State { frozen: boolean, deaf: boolean, left: number, timers: Set<NodeJS.Timeout> }

/** `nextPort` names the server of the next connection: in turn, where there are two. */
export async function aLine(nextPort: () => number): Promise<Line> {
  const pairs = new Set<Pair>()
  const state: State = { frozen: false, deaf: false, left: Infinity, timers: new Set() }
  const door = createServer((near) => {
    const pair: Pair = { near }
    pairs.add(pair)
    near.on('error', () => {})
    near.on('close', () => end(pair))
    if (!state.frozen)
      join(pair)
  })

  function end(pair: Pair) {
    pairs.delete(pair)
    pair.near.destroy()
    pair.far?.destroy()
  }

  function join(pair: Pair) {
    const { near } = pair
    const far = connect(nextPort(), '127.0.0.1')
    pair.far = far
    far.on('error', () => {})
    far.on('close', () => end(pair))
    near.on('data', bytes => void far.write(bytes))
    far.on('data', bytes => down(pair, bytes))
  }

  function down(pair: Pair, bytes: Buffer) {
    if (state.deaf)
      return
    state.left -= bytes.length
    if (state.left > 0)
      return void pair.near.write(bytes)
    pair.near.write(bytes.subarray(0, Math.max(0, state.left + bytes.length)), () => end(pair))
    state.left = Infinity
  }

  function reset() {
    [...pairs].forEach(end)
  }

  function later(ms: number, act: () => void) {
    const timer = setTimeout(() => {
      state.timers.delete(timer)
      act()
    }, ms)
    state.timers.add(timer)
  }

  function thaw() {
    state.frozen = false
    for (const pair of pairs) {
      if (!pair.far)
        join(pair)
      pair.near.resume()
      pair.far?.resume()
    }
  }

  function heal() {
    state.timers.forEach(clearTimeout)
    state.timers.clear()
    state.left = Infinity
    if (state.deaf)
      reset()
    state.deaf = false
    if (state.frozen)
      thaw()
  }

  await new Promise<void>(resolve => door.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
    freeze: (ms) => {
      state.frozen = true
      pairs.forEach(({ near, far }) => [near, far].forEach(socket => socket?.pause()))
      later(ms, thaw)
    },
    deafen: (ms) => {
      state.deaf = true
      later(ms, heal)
    },
    cutAfter: (bytes) => {
      state.left = bytes
    },
    reset,
    heal,
    close: async () => {
      heal()
      reset()
      await new Promise<void>(resolve => door.close(() => resolve()))
    },
  }
}
