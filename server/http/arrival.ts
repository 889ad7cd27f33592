import type { RequestHandler } from 'express'
import { randomUUID } from 'node:crypto'
import { locals } from './locals.ts'

const forged = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port', 'x-real-ip', 'forwarded', 'x-client-ip', 'x-internal-client-ip', 'x-user-id', 'true-client-ip', 'cf-connecting-ip']

/**
 * First of all: a request id, the client's address and our own origin as the trusted proxies tell
 * them. After this no header about any of it is left for anybody to believe.
 */
export function arrival(publicUrl: string | undefined): RequestHandler {
  return (req, res, next) => {
    Object.assign(locals(res), {
      requestId: randomUUID(),
      address: req.ip ?? 'unknown',
      origin: publicUrl ?? `${req.protocol}://${req.get('host') ?? 'localhost'}`,
    })
    for (const name of forged)
      delete req.headers[name]
    res.setHeader('X-Request-Id', locals(res).requestId)
    next()
  }
}
