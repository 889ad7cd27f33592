import type { Express } from 'express'
import type { HttpDeps } from './deps.ts'
import type { Limits } from './limits.ts'
import compression from 'compression'
import express from 'express'
import { agentRoutes } from '../agents/routes.ts'
import { Problem } from '../domain/problem.ts'
import { syncRoutes } from '../sync/routes.ts'
import { accountRoutes } from './account.ts'
import { agentKeyRoutes } from './agentKeys.ts'
import { arrival } from './arrival.ts'
import { clientFiles } from './client.ts'
import { demoRoutes } from './demo.ts'
import { guard } from './guard.ts'
import { secureHeaders } from './headers.ts'
import { healthRoutes } from './health.ts'
import { acceptRoutes, inviteRoutes } from './invites.ts'
import { createLimits } from './limits.ts'
import { actorOf } from './locals.ts'
import { memberRoutes } from './members.ts'
import { orgRoutes } from './orgs.ts'
import { refuseDeep } from './parse.ts'
import { problemHandler } from './problem.ts'
import { reminderRoutes } from './reminders.ts'
import { requestLog } from './requestLog.ts'
import { roomRoutes } from './rooms.ts'
import { requireMember, withSession } from './session.ts'

const json = (limit: string) => [express.json({ limit, strict: true }), refuseDeep]

export function createApp(deps: HttpDeps): Express {
  const { publicUrl, trustProxy, dist } = deps.config
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', trustProxy.length > 0 ? trustProxy : false)
  app.set('query parser', 'simple')
  app.set('etag', false)
  app.use(arrival(publicUrl), requestLog(deps.log), ...secureHeaders(publicUrl))
  app.use(compressed())
  const limits = createLimits(deps.limits)
  app.use(agentRoutes(deps, limits))
  app.use('/api', api(deps, limits))
  app.use(clientFiles(dist))
  app.use(() => {
    throw new Problem('not-found')
  })
  app.use(problemHandler(deps.log))
  return app
}

/** All but streams: those are sent as they come, and stay open too long to be wrapped for nothing. */
function compressed(): express.RequestHandler {
  const compress = compression()
  return (req, res, next) => req.path.endsWith('/stream') ? next() : compress(req, res, next)
}

/** Who is asking is known before the body is read; a large body only from a member. */
function api(deps: HttpDeps, limits: Limits): express.Router {
  const router = express.Router()
  router.use((_req, res, next) => {
    res.setHeader('Cache-Control', 'no-store')
    next()
  })
  router.use(healthRoutes(deps), guard(deps.config.publicUrl), withSession(deps, limits))
  const member = requireMember(deps, req => req.get('x-org') ?? '')
  router.use('/sync', member, ...json('1mb'))
  // Anew when the body is whole: it may take its time, and a right end meanwhile.
  router.post('/sync/push', member)
  router.use('/sync', syncRoutes(deps.sync, actorOf))
  router.use(...json('16kb'))
  router.use('/account', accountRoutes(deps, limits))
  router.use(orgRoutes(deps, limits), inviteRoutes(deps), memberRoutes(deps), demoRoutes(deps), agentKeyRoutes(deps), reminderRoutes(deps), acceptRoutes(deps, limits), roomRoutes(deps))
  router.use(() => {
    throw new Problem('not-found')
  })
  return router
}
