import type { Bye, Frame, StreamMessage } from '#shared/sync/wire.ts'
import type { ReadTx, Store, StoredDoc } from '../store/port.ts'
import { collectionOf } from '#shared/record/envelope.ts'
import { toWire } from './sight.ts'

/** One open stream of one member. `send` answers false when the reader is too slow. */
export interface Listener {
  member: string
  /** Whose sign-in it was, so that signing out ends it. */
  session: string
  send: (message: StreamMessage) => boolean
  end: (bye: Bye) => void
}

/** Tells the open streams of this process what changed. A hint: correctness comes from the sequence. */
export interface Hub {
  /** This process moved the org's head to this. */
  changed: (org: string, head: number) => void
  /** Asks the store how far its orgs are: the net under a lost word from another process. */
  poll: () => Promise<void>
  /** Registers a stream from the given head on; answers how to let go. */
  listen: (org: string, head: number, listener: Listener) => () => void
  endSession: (session: string) => void
  heartbeat: () => void
  endAll: (bye: Bye['bye']) => void
  count: (org?: string, member?: string) => number
}

interface Room { sent: number, head: number, listeners: Set<Listener>, reading: boolean }

/** Frames over this many records travel as a poke, to be pulled. */
const mostInFrame = 100

export function createHub(store: Store, now: () => number): Hub {
  const rooms = new Map<string, Room>()

  async function flush(org: string, room: Room) {
    room.reading = true
    while (room.sent < room.head && room.listeners.size > 0) {
      const [after, upTo] = [room.sent, room.head]
      const span = await store.glance(tx => readSpan(tx, org, after, upTo)).catch(() => undefined)
      const forAll = span && frameForAll(span, after, upTo, now())
      for (const listener of [...room.listeners]) {
        // Who left in an unread span is not known: all come back by the door, where it is asked.
        if (!span)
          drop(room, listener, 'slow')
        else if (span.docs.some(doc => doc.id === listener.member && doc.body.state === 'left'))
          drop(room, listener, 'gone')
        else
          deliver(room, listener, forAll ?? frameFor(listener.member, after, upTo, span.docs, now()))
      }
      room.sent = upTo
    }
    room.reading = false
  }

  function move(org: string, head: number) {
    const room = rooms.get(org)
    if (!room || head <= room.head)
      return
    room.head = head
    if (!room.reading)
      void flush(org, room)
  }

  store.fanout.listen(move)
  return {
    changed: (org, head) => {
      move(org, head)
      store.fanout.tell(org, head)
    },
    poll: async () => {
      for (const { org, seq } of await store.glance(tx => tx.heads([...rooms.keys()])).catch(() => []))
        move(org, seq)
    },
    listen: (org, head, listener) => {
      const room = rooms.get(org) ?? { sent: head, head, listeners: new Set<Listener>(), reading: false }
      rooms.set(org, room)
      room.listeners.add(listener)
      if (room.sent > head)
        deliver(room, listener, { p: room.sent, s: room.sent, now: now() })
      if (head > room.head) {
        room.head = head
        if (!room.reading)
          void flush(org, room)
      }
      return () => {
        room.listeners.delete(listener)
        if (room.listeners.size === 0 && rooms.get(org) === room)
          rooms.delete(org)
      }
    },
    endSession: session => each(rooms, (room, listener) => listener.session === session && drop(room, listener, 'session')),
    heartbeat: () => {
      for (const room of rooms.values()) {
        const beat = { p: room.sent, s: room.sent, now: now() }
        if (!room.reading)
          room.listeners.forEach(listener => deliver(room, listener, beat))
      }
    },
    endAll: bye => each(rooms, (room, listener) => drop(room, listener, bye)),
    count: (org, member) => {
      const asked = org === undefined ? [...rooms.values()] : [rooms.get(org)]
      return asked.reduce((sum, room) => sum + (member === undefined ? room?.listeners.size ?? 0 : [...room?.listeners ?? []].filter(listener => listener.member === member).length), 0)
    },
  }
}

function each(rooms: Map<string, Room>, act: (room: Room, listener: Listener) => unknown): void {
  for (const room of rooms.values())
    [...room.listeners].forEach(listener => act(room, listener))
}

function deliver(room: Room, listener: Listener, frame: Frame): void {
  if (!listener.send(frame))
    drop(room, listener, 'slow')
}

/** Out of the room first: a reader who dawdles over the goodbye is sent nothing after it. */
function drop(room: Room, listener: Listener, bye: Bye['bye']): void {
  room.listeners.delete(listener)
  listener.end({ bye })
}

/** What changed in a span, and up to which number tombstones were gone when all of it had been read. */
async function readSpan(tx: ReadTx, org: string, after: number, upTo: number) {
  const docs = await tx.docsBetween(org, after, upTo)
  return { docs, purged: (await tx.orgSync(org))?.purgedSeq ?? 0 }
}

/** One frame for all, where everybody may see all of it, or only a pull can tell what else is gone. */
function frameForAll({ docs, purged }: { docs: readonly StoredDoc[], purged: number }, p: number, s: number, now: number): Frame | undefined {
  if (p < purged)
    return { p, s, now, poke: true }
  return docs.every(doc => doc.audience === '') ? frameFor('', p, s, docs, now) : undefined
}

/** The same span for everybody; each gets the records they may see. */
function frameFor(member: string, p: number, s: number, docs: readonly StoredDoc[], now: number): Frame {
  if (docs.length > mostInFrame)
    return { p, s, now, poke: true }
  const seen = docs.flatMap((doc) => {
    const wire = toWire(doc, member)
    return wire ? [{ ...wire, c: collectionOf(doc.kind) }] : []
  })
  return { p, s, now, docs: seen }
}
