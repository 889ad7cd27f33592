import type { Request, RequestHandler } from 'express'
import type { Log } from '../ops/log.ts'
import { locals } from './locals.ts'

/** One line a request, when it ends. The route's pattern, never its path: a path may hold a token. */
export function requestLog(log: Log): RequestHandler {
  return (req, res, next) => {
    const start = performance.now()
    res.on('close', () => {
      const { requestId, session, agent } = locals(res)
      log.info({ requestId, method: req.method, route: routeOf(req), status: res.statusCode, ms: Math.round(performance.now() - start), person: session?.person.userId, seat: agent?.seat, cut: res.writableFinished ? undefined : true }, 'request')
    })
    next()
  }
}

function routeOf(req: Request): string | undefined {
  const route: unknown = (req.route as { path?: unknown } | undefined)?.path
  return typeof route === 'string' ? route : undefined
}
