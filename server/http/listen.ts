import type { Express } from 'express'
import type { AddressInfo, Socket } from 'node:net'
import { createServer } from 'node:http'

/** An open door. `close` lets requests under way finish, for `patience` ms at most, and cuts idle lines at once. */
export interface Door { port: number, close: (patience: number) => Promise<void> }

/** A line on which nothing moves is cut after this, ms; a stream's heartbeat moves. */
const stillness = 120_000

/** Starts serving; a client that dawdles over its request or its answer is cut off, one that reads a stream is not. */
export function listen(app: Express, { port, host }: { port: number, host: string }): Promise<Door> {
  const server = createServer({
    headersTimeout: 10_000,
    requestTimeout: 30_000,
    connectionsCheckingInterval: 1000,
    keepAliveTimeout: 65_000,
    maxHeaderSize: 16_384,
  }, app)
  server.timeout = stillness
  server.maxRequestsPerSocket = 1000
  server.maxConnections = 12_000
  // Browsers open lines ahead of need; Node does not count one that never carried a request as idle.
  const underWay = new Map<Socket, number>()
  const state = { closing: false }
  server.on('connection', (socket) => {
    underWay.set(socket, 0)
    socket.once('close', () => underWay.delete(socket))
  })
  server.prependListener('request', ({ socket }, res) => {
    underWay.set(socket, (underWay.get(socket) ?? 0) + 1)
    res.once('close', () => {
      const left = (underWay.get(socket) ?? 1) - 1
      underWay.set(socket, left)
      if (state.closing && left === 0)
        socket.end()
    })
  })

  async function close(patience: number) {
    state.closing = true
    const closed = new Promise<void>(resolve => server.close(() => resolve()))
    underWay.forEach((count, socket) => count === 0 && socket.destroy())
    const force = setTimeout(() => server.closeAllConnections(), patience)
    await closed
    clearTimeout(force)
  }

  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve({ port: (server.address() as AddressInfo).port, close }))
  })
}
