import type { Response } from 'express'

/** Server-sent events to one reader. */
export interface Events {
  /** Answers false where the reader is too slow. */
  send: (event: string) => boolean
  /** Sends a last one; who dawdles over it is cut off. */
  end: (event: string) => void
}

/** A reader this far behind is too slow, bytes. */
const mostBuffered = 256 * 1024
/** How long somebody may take to read the goodbye, ms. */
const farewell = 5000

/** Opens the answer as a stream. It stays open for hours, so it lets go of all that only brought the request here. */
export function openEvents(res: Response): Events {
  res.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  })
  // Sent by themselves the headers become one text; sent with the first event, Node keeps them in ninety pieces.
  res.flushHeaders()
  res.req.next = undefined
  return {
    send: (event) => {
      res.write(event)
      return res.writableLength < mostBuffered
    },
    end: (event) => {
      res.end(event)
      const cut = setTimeout(() => res.destroy(), farewell)
      res.once('close', () => clearTimeout(cut))
    },
  }
}

/** One event in the words of the wire. */
export const eventOf = (text: string): string => `data: ${text}\n\n`
