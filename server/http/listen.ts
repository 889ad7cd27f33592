import type { Express } from 'express'
import type { Server } from 'node:http'
import { createServer } from 'node:http'

/** Starts serving; a client that dawdles over its request is cut off, one that reads a stream is not. */
export function listen(app: Express, { port, host }: { port: number, host: string }): Promise<Server> {
  const server = createServer({
    headersTimeout: 10_000,
    requestTimeout: 30_000,
    connectionsCheckingInterval: 1000,
    keepAliveTimeout: 65_000,
    maxHeaderSize: 16_384,
  }, app)
  server.maxRequestsPerSocket = 1000
  server.maxConnections = 5000
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve(server))
  })
}
