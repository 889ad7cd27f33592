import type { IncomingMessage } from 'node:http'
import { get } from 'node:http'

/** A line that server-sent events come down. */
export interface Line { close: () => void }

/** Opens a stream with as little client as can be; resolves when its first event is there. */
export function openLine(url: string, headers: Record<string, string>, heard: (event: string) => void): Promise<Line> {
  return new Promise((resolve, reject) => {
    const request = get(url, { headers, agent: false }, (answer) => {
      if (answer.statusCode !== 200)
        return reject(new Error(`${url} answered ${answer.statusCode}`))
      const line = { close: () => void request.destroy() }
      readEvents(answer, (event) => {
        resolve(line)
        heard(event)
      })
    })
    request.on('error', reject)
  })
}

function readEvents(answer: IncomingMessage, heard: (event: string) => void): void {
  const state = { rest: '' }
  answer.setEncoding('utf8')
  answer.on('error', () => {})
  answer.on('data', (text: string) => {
    const events = (state.rest + text).split('\n\n')
    state.rest = events.pop() ?? ''
    events.forEach(heard)
  })
}
