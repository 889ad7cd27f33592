import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { createServer, request } from 'node:http'

export interface Door { url: string, close: () => Promise<void> }

/** An address in front of the server that adds the key and leaves all else as it came: the suite has nowhere to put one. */
export async function withKey(to: string, key: string): Promise<Door> {
  const { hostname, port } = new URL(to)
  const door = createServer((req, res) => {
    const onward = request({ hostname, port, path: req.url, method: req.method, headers: { ...req.headers, authorization: `Bearer ${key}` } }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(res)
    })
    onward.on('error', () => res.destroy())
    res.on('close', () => onward.destroy())
    req.pipe(onward)
  })
  door.listen(0, '127.0.0.1')
  await once(door, 'listening')
  return {
    url: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
    close: async () => {
      door.closeAllConnections()
      door.close()
      await once(door, 'close')
    },
  }
}
