import type { Response } from 'express'
import type { RoomView } from '#shared/meeting/room.ts'
import type { Deps } from '../domain/deps.ts'
import type { RoomLink } from '../store/roomLinks.ts'
import type { Events } from '../sync/events.ts'
import { Problem } from '../domain/problem.ts'
import { openRoom } from '../domain/roomLink.ts'
import { eventOf, openEvents } from '../sync/events.ts'
import { readRoom } from '../sync/room.ts'

const mostPerLink = 8

/** `gone` ends the link; after the others a screen comes back. */
type Bye = 'gone' | 'stopping' | 'slow'
interface Screen { events: Events, seen: string }
interface Room { link: RoomLink, screens: Set<Screen>, moved: boolean, reading: boolean, letGo: () => void }

/** The open streams of rooms' screens in this process: a view whenever it changed, and a sign of life between. */
export interface RoomStreams {
  open: (link: RoomLink, res: Response) => Promise<void>
  /** The link of this hash was taken back. */
  end: (hash: string) => void
}

const goodbye = (bye: Bye) => eventOf(JSON.stringify({ bye }))

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
    const screen = { events: openEvents(res), seen: '' }
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
    if (!screen.events.send(eventOf(text))) {
      leave(room, screen)
      screen.events.end(goodbye('slow'))
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
    screens.forEach(({ events }) => events.end(goodbye(bye)))
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
