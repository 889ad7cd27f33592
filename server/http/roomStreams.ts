import type { Response } from 'express'
import type { RoomView } from '#shared/meeting/room.ts'
import type { Deps } from '../domain/deps.ts'
import type { RoomLink } from '../store/roomLinks.ts'
import { Problem } from '../domain/problem.ts'
import { openRoom } from '../domain/roomLink.ts'
import { readRoom } from '../sync/room.ts'

const mostPerLink = 8
/** A reader this far behind is cut off, bytes. */
const mostBuffered = 256 * 1024
/** How long somebody may take to read the goodbye, ms. */
const farewell = 5000

/** `gone` ends the link; after the others a screen comes back. */
type Bye = 'gone' | 'stopping' | 'slow'
interface Screen { res: Response, seen: string }
interface Room { link: RoomLink, screens: Set<Screen>, moved: boolean, reading: boolean, letGo: () => void }

/** The open streams of rooms' screens in this process: a view whenever it changed, and a sign of life between. */
export interface RoomStreams {
  open: (link: RoomLink, res: Response) => Promise<void>
  /** The link of this hash was taken back. */
  end: (hash: string) => void
}

export async function viewOf({ store, now }: Deps, { org, meeting }: RoomLink): Promise<RoomView> {
  const view = await store.read(tx => readRoom(tx, org, meeting, now()))
  if (!view)
    throw new Problem('room-gone')
  return view
}

export function createRoomStreams(deps: Deps): RoomStreams {
  const rooms = new Map<string, Room>()

  async function open(link: RoomLink, res: Response) {
    const head = (await deps.store.glance(tx => tx.orgSync(link.org)))?.seq ?? 0
    // Hung up meanwhile: no event would ever let go of the place.
    if (res.closed)
      return
    const room = rooms.get(link.hash) ?? enter(link, head)
    if (room.screens.size >= mostPerLink)
      throw new Problem('too-many')
    res.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' })
    const screen = { res, seen: '' }
    room.screens.add(screen)
    res.on('close', () => leave(room, screen))
    move(room)
  }

  /** One room listens to its company's feed for all of its screens, as somebody who may see nothing of one's own. */
  function enter(link: RoomLink, head: number): Room {
    const room: Room = { link, screens: new Set(), moved: false, reading: false, letGo: () => {} }
    rooms.set(link.hash, room)
    room.letGo = deps.sync.hub.listen(link.org, head, {
      member: '',
      session: '',
      send: (message) => {
        if ('p' in message && message.p === message.s)
          beat(room)
        else if (!('docs' in message && message.docs?.length === 0))
          move(room)
        return true
      },
      end: ({ bye }) => close(room, bye === 'stopping' ? bye : 'slow'),
    })
    return room
  }

  function beat(room: Room) {
    room.screens.forEach(screen => say(room, screen, JSON.stringify({ now: deps.now() })))
    move(room)
  }

  function move(room: Room) {
    room.moved = true
    if (!room.reading)
      void show(room)
  }

  /** Reads until nothing has moved meanwhile; whoever has not seen what was read is told. */
  async function show(room: Room) {
    room.reading = true
    while (room.moved && room.screens.size > 0) {
      room.moved = false
      const read = await openRoom(deps, room.link.hash).then(link => viewOf(deps, link)).catch((error: unknown) => error instanceof Problem ? 'gone' : 'slow')
      if (typeof read === 'string')
        close(room, read)
      else
        tell(room, read)
    }
    room.reading = false
  }

  function tell(room: Room, view: RoomView) {
    const text = JSON.stringify(view)
    for (const screen of [...room.screens].filter(({ seen }) => seen !== text)) {
      screen.seen = text
      say(room, screen, JSON.stringify({ now: deps.now(), view }))
    }
  }

  function say(room: Room, screen: Screen, text: string) {
    screen.res.write(`data: ${text}\n\n`)
    if (screen.res.writableLength >= mostBuffered) {
      leave(room, screen)
      screen.res.destroy()
    }
  }

  function leave(room: Room, screen: Screen) {
    room.screens.delete(screen)
    if (room.screens.size === 0)
      close(room, 'slow')
  }

  function close(room: Room, bye: Bye) {
    room.letGo()
    if (rooms.get(room.link.hash) === room)
      rooms.delete(room.link.hash)
    const screens = [...room.screens]
    room.screens.clear()
    for (const { res } of screens) {
      res.end(`data: ${JSON.stringify({ bye })}\n\n`)
      const cut = setTimeout(() => res.destroy(), farewell)
      res.once('close', () => clearTimeout(cut))
    }
  }

  return {
    open,
    end: (hash) => {
      const room = rooms.get(hash)
      if (room)
        close(room, 'gone')
    },
  }
}
