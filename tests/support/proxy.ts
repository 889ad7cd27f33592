import type { AddressInfo } from 'node:net'
import type { TestServer } from './server.ts'
import { createServer, request } from 'node:http'

/** A load balancer in front of several servers: each request goes to the next one in turn. */
export interface Proxy extends Pick<TestServer, 'url'> {
  /** How many requests each server was given. */
  given: readonly number[]
  close: () => Promise<void>
}

/** As the real ones do: who cannot be reached is passed over, an answer that breaks off breaks off here too. */
export async function aProxy(ports: readonly number[]): Promise<Proxy> {
  const [given, turn] = [ports.map(() => 0), { next: 0 }]
  const server = createServer(async (req, res) => {
    const parts: Uint8Array[] = []
    for await (const part of req)
      parts.push(part as Uint8Array)
    const pass = (left: number) => {
      const at = turn.next++ % ports.length
      const onward = request({ host: '127.0.0.1', port: ports[at], method: req.method, path: req.url, headers: { ...req.headers, 'x-forwarded-for': req.socket.remoteAddress } })
      onward.once('response', (answer) => {
        res.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.on('error', () => res.destroy())
        answer.pipe(res)
      })
      onward.once('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ECONNREFUSED' && left > 0)
          return pass(left - 1)
        if (res.headersSent)
          return res.destroy()
        return res.writeHead(502).end('no server answered')
      })
      res.once('close', () => onward.destroy())
      given[at] = (given[at] ?? 0) + 1
      onward.end(Buffer.concat(parts))
    }
    pass(ports.length - 1)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const close = async () => {
    const closed = new Promise(resolve => server.close(resolve))
    server.closeAllConnections()
    await closed
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, given, close }
}
