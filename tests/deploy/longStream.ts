import type { TestPerson } from '../support/person.ts'
import { connect } from 'node:http2'

/** What came over a stream, and when, ms after it was opened. */
export interface Heard { frames: { at: number, text: string }[], ended: boolean, close: () => void }

/** Opens somebody's stream over HTTP/2, as a browser does behind TLS. */
export function openLongStream(person: TestPerson, url: string): Heard {
  const session = connect(url, { rejectUnauthorized: false })
  const cookie = [...person.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const started = performance.now()
  const heard: Heard = { frames: [], ended: false, close: () => session.destroy() }
  const stream = session.request({ ':path': '/api/sync/stream', cookie, ...person.headers })
  stream.setEncoding('utf8')
  stream.on('data', (text: string) => heard.frames.push({ at: performance.now() - started, text }))
  for (const over of ['end', 'error'])
    stream.on(over, () => heard.ended = true)
  session.on('error', () => heard.ended = true)
  return heard
}
