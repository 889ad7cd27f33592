import type { Response } from 'express'
import { EventEmitter } from 'node:events'

interface EventAnswer { write: (text: string) => void, end?: () => void, closed?: boolean }

/** An answer that events are sent down, with nothing of the network in it. Closes when it is ended. */
export function anEventAnswer({ write, end = () => {}, closed = false }: EventAnswer): Response {
  const res = Object.assign(new EventEmitter(), {
    closed,
    writableLength: 0,
    req: {},
    writeHead: () => {},
    flushHeaders: () => {},
    write: (text: string) => write(text),
    end: (text?: string) => {
      if (text !== undefined)
        write(text)
      end()
      res.emit('close')
    },
    destroy: () => {},
  })
  return res as unknown as Response
}
